import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import type { PageFiles } from '../../desk/page-files.ts';
import { answerJson, readJsonBody, textMember } from './answer.ts';
import { Downloads } from './downloads.ts';
import { type OneUseCodes, proofOf, sameSecret } from './secrets.ts';
import { serveStatic } from './static-files.ts';
import { Uploads } from './uploads.ts';

/** Calls carry texts, never files. */
const CALL_BYTES = 4 * 1024 * 1024;
const SMALL_BYTES = 16 * 1024;

interface Parts {
  readonly desk: Desk;
  readonly files: PageFiles;
  /** A private folder for uploads and downloads. */
  readonly folder: string;
  readonly codes: OneUseCodes<true>;
  readonly bearer: string;
  readonly uploadLimit: number;
}

export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}
/** Answers the request; false when there is nothing at its address. */
type Routes = (request: IncomingMessage, response: ServerResponse, address: Address) => Promise<boolean>;
type Route = (request: IncomingMessage, address: Address) => Promise<unknown>;

/**
 * The few addresses of this host. Those of data need the bearer in a header (S27, S28); a session begins with a one-use
 * code; the host proves itself to a page that kept a bearer (S30); a download's address is itself a one-use secret.
 */
export function makeRoutes({ desk, files, folder, codes, bearer, uploadLimit }: Parts): Routes {
  const uploads = new Uploads(desk, join(folder, 'uploads'), uploadLimit);
  const downloads = new Downloads(desk, join(folder, 'downloads'));
  const rpc = new RPCHandler(desk.router, { plugins: [new BodyLimitPlugin({ maxBodySize: CALL_BYTES })] });

  const open: Readonly<Record<string, Route>> = {
    'POST /session': async (request) => {
      const code = textMember(await readJsonBody(request, SMALL_BYTES), 'code', 256);
      if (codes.take(code) === null)
        throw new DeskError('UNAUTHORIZED', 'This link has been used, or is too old. Ask for a fresh one.');
      return { bearer };
    },
    'POST /prove': async (request) => {
      const nonce = textMember(await readJsonBody(request, SMALL_BYTES), 'nonce', 256);
      return { proof: proofOf(bearer, nonce) };
    },
  };
  const withBearer: Readonly<Record<string, Route>> = {
    'PUT /files': (request, { query }) => uploads.take(request, query.get('name') ?? ''),
    'POST /targets': async (request) =>
      downloads.makeTarget(textMember(await readJsonBody(request, SMALL_BYTES), 'name', 255)),
    'POST /downloads': async (request) => downloads.makeCode(await stagedIn(request), 'file'),
    'POST /manifests': async (request) => downloads.makeCode(await stagedIn(request), 'manifest'),
    'POST /statements': async (request) => downloads.makeCode(await stagedIn(request), 'statement'),
  };

  return async (request, response, address) => {
    const { path } = address;
    const name = `${request.method} ${path}`;
    const route = own(open, name) ?? own(withBearer, name);
    if (own(withBearer, name) !== undefined || path.startsWith('/rpc/')) checkBearer(request, bearer);
    if (route !== undefined) {
      answerJson(response, 200, await route(request, address));
      return true;
    }
    if (path.startsWith('/rpc/')) return (await rpc.handle(request, response, { prefix: '/rpc' })).matched;
    if (request.method === 'GET' && path.startsWith('/downloads/')) {
      await downloads.send(path.slice('/downloads/'.length), response);
      return true;
    }
    return request.method === 'GET' || request.method === 'HEAD' ? serveStatic(files, request, response, path) : false;
  };
}

async function stagedIn(request: IncomingMessage): Promise<string> {
  return textMember(await readJsonBody(request, SMALL_BYTES), 'staged', 64);
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** UNAUTHORIZED without the bearer of this very process. */
function checkBearer(request: IncomingMessage, bearer: string): void {
  const given = /^Bearer ([A-Za-z0-9_-]{1,256})$/.exec(request.headers.authorization ?? '')?.[1];
  if (given !== undefined && sameSecret(given, bearer)) return;
  throw new DeskError('UNAUTHORIZED', 'This page has no session with this desk. Open a fresh link.');
}
