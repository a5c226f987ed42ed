import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { DOOR } from './door.ts';

/** Why a request is turned away before anything else looks at it. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 431;
  readonly reason: string;
}

const READS: readonly string[] = ['GET', 'HEAD'];
const METHODS: readonly string[] = [...READS, 'POST', 'PUT'];

/**
 * Judges who sends a request, by its headers alone: null lets it pass. `authority` is our exact host:port. Another
 * Host is a name that was rebound to us (S23); an Origin must be ours, and be there on writes (S24); Sec-Fetch-Site
 * must be same-origin, `none` only on the shell page, which a person opens from outside (S25), and the door in front
 * of it may be come to from anywhere. A preflight fails, since no other origin has business here (S26).
 */
export function refusalOf(
  request: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  authority: string,
): Refusal | null {
  const { method = '', headers } = request;
  if (headers.host !== authority) return { status: 403, reason: 'Host' };
  if (!METHODS.includes(method)) return { status: 405, reason: 'method' };
  const isRead = READS.includes(method);
  const { origin } = headers;
  if (origin === undefined ? !isRead : origin !== `http://${authority}`) return { status: 403, reason: 'Origin' };
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin') return null;
  if (isRead && asksForShell(headers) && (site === 'none' || request.url === DOOR)) return null;
  return { status: 403, reason: 'Sec-Fetch-Site' };
}

/** Whether a page is asked for, in a window of its own: never in a frame. */
export function asksForShell(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
