import type { Session } from 'electron';
import { freshShell, type PageFiles, readPageFiles, SHELL } from '../../desk/page-files.ts';

export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = 'app://desk';
export const PAGE_URL = `${PAGE_ORIGIN}/`;

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Serves the page from a fixed map of files, under its policy: what is not in the map is not there (S2, S3). */
export function servePage(session: Session, folder: string): void {
  const files = readPageFiles(folder);
  session.protocol.handle(PAGE_SCHEME, (request) => answer(files, request));
}

function answer(files: PageFiles, request: Request): Response {
  const path = pathOf(request.url);
  if (request.method !== 'GET' || path === null) return new Response(null, { status: 404, headers: HEADERS });
  const file = files.get(path);
  // The page keeps its own addresses (/t/…, /settings): each of them is the page.
  if (path === SHELL || (file === undefined && !path.includes('.'))) {
    const { bytes, policy } = freshShell(files);
    const headers = { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
    return new Response(new Uint8Array(bytes), { headers });
  }
  if (file === undefined) return new Response(null, { status: 404, headers: HEADERS });
  return new Response(new Uint8Array(file.bytes), { headers: { ...HEADERS, 'content-type': file.type } });
}

/** The path of one of our own addresses, as it stands: nothing is decoded, so that no name is another one in disguise. */
function pathOf(address: string): string | null {
  const rest = address.startsWith(PAGE_URL) ? address.slice(PAGE_ORIGIN.length) : null;
  return rest === null ? null : (/^[^?#]*/.exec(rest)?.[0] ?? null);
}
