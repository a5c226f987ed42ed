import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

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
export const SHELL = '/index.html';
const NONCE_PLACE = '__CSP_NONCE__';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The page's files by their exact paths: whatever is not in the map is not there, however its name is written. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Reads the built page once. Links are not followed; only the kinds of file that a page has are taken. */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  collect(folder, '', files);
  if (!files.has(SHELL)) throw new Error(`The page is missing in ${folder}: build it first.`);
  return files;
}

function collect(folder: string, prefix: string, files: Map<string, PageFile>): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    const type = TYPES[extname(name)];
    if (stat.isDirectory()) collect(path, `${prefix}/${name}`, files);
    else if (stat.isFile() && type !== undefined) files.set(`${prefix}/${name}`, { type, bytes: readFileSync(path) });
  }
}

/** The page with a nonce of its own for its style elements, and the policy that goes with it; scripts come from files only. */
export function freshShell(files: PageFiles): { bytes: Buffer; policy: string } {
  const nonce = randomBytes(16).toString('base64');
  const text = files.get(SHELL)?.bytes.toString('utf8') ?? '';
  return { bytes: Buffer.from(text.replaceAll(NONCE_PLACE, nonce), 'utf8'), policy: shellPolicy(nonce) };
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
