import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { readPageFiles } from '../../desk/page-files.ts';
import { privateFolder } from '../../desk/private-folder.ts';
import { answerError, setCommonHeaders } from './answer.ts';
import { DOOR } from './door.ts';
import { refusalOf } from './request-rules.ts';
import { type Address, makeRoutes } from './routes.ts';
import { newSecret, OneUseCodes } from './secrets.ts';

const LOOPBACK = '127.0.0.1';
const MOST_CONNECTIONS = 128;
const MOST_HEADERS = 64;
const HEADER_BYTES = 16 * 1024;
const HEADERS_WITHIN_MS = 10_000;

export interface BrowserHostOptions {
  readonly desk: Desk;
  /** The built page. */
  readonly pageFolder: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** Bytes of one upload. */
  readonly uploadLimit: number;
}

export interface BrowserHost {
  readonly port: number;
  /** A fresh address that opens the desk once, within a minute; its secret is in the fragment, which is never sent. */
  freshLink(): string;
  /** The same, for a page of this machine that sends a person on: it leads through the door (door.ts). */
  doorLink(): string;
  /** Ends every connection and removes what was uploaded or not fetched. The desk is its opener's to close. */
  close(): Promise<void>;
}

/** Serves the desk to browsers on this machine, on 127.0.0.1 alone. Its secrets end with it (S30). */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { desk } = options;
  const files = readPageFiles(options.pageFolder);
  const folder = privateFolder(desk.services.home, 'browser');
  const codes = new OneUseCodes<true>(desk.services.clock, desk.services.ids);
  const bearer = newSecret(desk.services.ids);
  const routes = makeRoutes({ desk, files, folder, codes, bearer, uploadLimit: options.uploadLimit });
  let authority = '';
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: 0,
      insecureHTTPParser: false,
      requireHostHeader: false,
    },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  // Nothing here is upgraded; who asks for it is cut off before anything reads what follows.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setCommonHeaders(response);
    const refusal = refusalOf(request, authority);
    if (refusal !== null) {
      response.writeHead(refusal.status, { connection: 'close' });
      response.end();
      return;
    }
    try {
      const address = addressOf(request);
      if (!(await routes(request, response, address)))
        throw new DeskError('NOT_FOUND', 'There is nothing at this address.');
    } catch (error) {
      if (!(error instanceof DeskError)) desk.services.log(`request failed: ${String(error)}`);
      answerError(response, error);
    }
  }

  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  authority = `${LOOPBACK}:${port}`;
  return {
    port,
    freshLink: () => `http://${authority}/#code=${codes.give(true)}`,
    doorLink: () => `http://${authority}${DOOR}#code=${codes.give(true)}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = 'The port cannot be had. Nothing was started. Leave --port out, and the system chooses one.';
      reject(new DeskError('INVALID_INPUT', message, { port, cause: 'code' in cause ? cause.code : null }));
    });
    server.listen(port, LOOPBACK, resolve);
  });
}

/** The path as it was sent, nothing decoded or resolved: what is not exactly known is not there. INVALID_INPUT. */
function addressOf({ url = '' }: IncomingMessage): Address {
  const at = url.indexOf('?');
  const path = at === -1 ? url : url.slice(0, at);
  if (!path.startsWith('/') || path.startsWith('//')) throw new DeskError('INVALID_INPUT', 'This is no path of ours.');
  return { path, query: new URLSearchParams(at === -1 ? '' : url.slice(at + 1)) };
}
