import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { freshShell, type PageFiles, SHELL } from '../../desk/page-files.ts';
import { serveDoor } from './door.ts';
import { asksForShell } from './request-rules.ts';

/** Answers a file of the map, or the page for any address that a person opens in a window; false where there is none. */
export function serveStatic(
  files: PageFiles,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): boolean {
  if (serveDoor(request, response, path)) return true;
  const isShell =
    path === '/' || path === SHELL || (!files.has(path) && asksForShell(request.headers) && extname(path) === '');
  const file = files.get(isShell ? SHELL : path);
  if (file === undefined) return false;
  const shell = isShell ? freshShell(files) : null;
  if (shell !== null) response.setHeader('content-security-policy', shell.policy);
  const bytes = shell?.bytes ?? file.bytes;
  response.writeHead(200, { 'content-type': file.type, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return true;
}
