import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { asksForShell } from './request-rules.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
};
const SHELL = '/index.html';
const NONCE_PLACE = '__CSP_NONCE__';

interface StaticFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The page's files by their exact paths: whatever is not in the map is not there, however its name is written. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** Reads the built page once. Links are not followed; only the kinds of file that a page has are taken. */
export function readStaticFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  collect(folder, '', files);
  if (!files.has(SHELL)) throw new Error(`The page is missing in ${folder}: build it first.`);
  return files;
}

function collect(folder: string, prefix: string, files: Map<string, StaticFile>): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    const type = TYPES[extname(name)];
    if (stat.isDirectory()) collect(path, `${prefix}/${name}`, files);
    else if (stat.isFile() && type !== undefined) files.set(`${prefix}/${name}`, { type, bytes: readFileSync(path) });
  }
}

/** Answers a file of the map, or the page for any address that a person opens in a window; false where there is none. */
export function serveStatic(files: StaticFiles, request: IncomingMessage, response: ServerResponse, path: string): boolean {
  const isShell = path === '/' || path === SHELL || (!files.has(path) && asksForShell(request.headers) && extname(path) === '');
  const file = files.get(isShell ? SHELL : path);
  if (file === undefined) return false;
  const bytes = isShell ? shellWithNonce(file, response) : file.bytes;
  response.writeHead(200, { 'content-type': file.type, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return true;
}

/** The page with a nonce of its own for its style elements; scripts come from files only. */
function shellWithNonce({ bytes }: StaticFile, response: ServerResponse): Buffer {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('content-security-policy', shellPolicy(nonce));
  return Buffer.from(bytes.toString('utf8').replaceAll(NONCE_PLACE, nonce), 'utf8');
}

/** Nothing but our own files; no markup from text (Trusted Types), no frame around us. */
function shellPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}
