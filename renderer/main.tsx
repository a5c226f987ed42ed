// First of all: schemas are made as their modules load.
import './theme/no-eval.ts';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { announceNonce } from './theme/nonce.ts';
import { refuseMarkup } from './theme/trusted-types.ts';
import { connect } from './transport/connect.ts';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './theme/index.css';

refuseMarkup();
announceNonce();

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the desk.');
const root = createRoot(place);
const transport = await connect();
root.render(
  <StrictMode>
    <App transport={transport} />
  </StrictMode>,
);
