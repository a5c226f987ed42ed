/** The closed set of error codes (docs/architecture.md, "Errors"). Nothing else crosses a boundary of the desk. */
export const ERROR_CODES = [
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'CONFLICT',
  'ALREADY_DECIDED',
  'INVALID_INPUT',
  'INTEGRITY_FAILED',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'LIMIT_EXCEEDED',
  'CANCELLED',
  'STORE_BUSY',
  'STORE_READ_ONLY',
  'STORE_TOO_NEW',
  'SOURCE_BUSY',
  'GATEWAY_UNREACHABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts that go with an error, named in snake_case; never free text of an agent unless its name says so. */
export type ErrorDetails = Record<string, unknown>;

/**
 * An error of the desk: its message says what happened, what was kept, and what to do.
 * Tests and callers tell errors apart by `code`, never by the words.
 */
export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
