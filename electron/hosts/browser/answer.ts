import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERROR_STATUS } from '../../../shared/contract/error-status.ts';
import { DeskError } from '../../../shared/domain/errors.ts';

/** On every answer of this host, whatever it is (S32). */
export function setCommonHeaders(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** The error as data; one that is not of the closed set says nothing of itself. The connection ends with it. */
export function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error instanceof DeskError ? error : new DeskError('INTERNAL', 'Something in the desk failed.');
  const { code, message, details } = known;
  response.setHeader('connection', 'close');
  answerJson(response, ERROR_STATUS[code], { error: { code, message, details } });
}

/** A small JSON object as the request's body. LIMIT_EXCEEDED, INVALID_INPUT. */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > limit) throw new DeskError('LIMIT_EXCEEDED', 'The request is too large.', { limit });
    parts.push(part as Buffer);
  }
  const value = parse(Buffer.concat(parts).toString('utf8'));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new DeskError('INVALID_INPUT', 'The request is no JSON object.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The body's member as a text of at most `longest` characters. INVALID_INPUT. */
export function textMember(body: Record<string, unknown>, name: string, longest: number): string {
  const value = body[name];
  if (typeof value === 'string' && value.length > 0 && value.length <= longest) return value;
  throw new DeskError('INVALID_INPUT', `The member ${name} is missing or no text.`);
}
