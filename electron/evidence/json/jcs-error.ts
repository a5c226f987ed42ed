export type JcsErrorCode = 'NOT_FINITE' | 'UNSAFE_INTEGER' | 'MINUS_ZERO' | 'LONE_SURROGATE' | 'NOT_JSON';

/** A value that has no canonical form, or none that the desk may write. */
export class JcsError extends Error {
  override readonly name = 'JcsError';
  readonly code: JcsErrorCode;

  constructor(code: JcsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A string as RFC 8785, 3.2.2.2 has it, which is ECMAScript's own form; LONE_SURROGATE where UTF-8 cannot carry it. */
export function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new JcsError('LONE_SURROGATE', 'a lone surrogate has no canonical form');
  return JSON.stringify(text);
}
