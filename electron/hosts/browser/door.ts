import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Where a page of this machine may send a person to (a file that only they can read, so that the one-use code stands in
 * no program's arguments, S29). The browser calls that cross-site, so the shell page itself turns it away (S25): the
 * door has nothing in it but a script that goes on to the shell page, which is then same-origin, fragment and all.
 */
export const DOOR = '/open';
const SCRIPT = '/open.js';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>VEX Review Desk</title><script src="${SCRIPT}"></script></html>`;
const GO_ON = "location.replace('/' + location.hash);\n";

/** Answers the door and its script; false for any other address. */
export function serveDoor(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  if (path !== DOOR && path !== SCRIPT) return false;
  response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; frame-ancestors 'none'");
  const [type, text] = path === DOOR ? ['text/html', PAGE] : ['text/javascript', GO_ON];
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
  return true;
}
