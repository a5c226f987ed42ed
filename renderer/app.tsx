import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { NoSession } from './features/frame/no-session.tsx';
import { TransportProvider } from './queries/desk-context.tsx';
import { makeQueryClient } from './queries/query-client.ts';
import { router } from './router.tsx';
import { styleNonce } from './theme/nonce.ts';
import { theme, variables } from './theme/theme.ts';
import type { DeskTransport } from './transport/transport.ts';

const queryClient = makeQueryClient();

/** The whole window: theme, cache, way to the desk, screens. Without a session it says how to get one. */
export function App({ transport }: { transport: DeskTransport | null }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {transport === null ? (
        <NoSession />
      ) : (
        <TransportProvider transport={transport}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </TransportProvider>
      )}
    </MantineProvider>
  );
}
