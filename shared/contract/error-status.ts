import type { ErrorCode } from '../domain/errors.ts';

/** What an error of the closed set is over HTTP (RFC 9110); other ways to the desk know the code alone. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  CONFLICT: 409,
  ALREADY_DECIDED: 409,
  INVALID_INPUT: 400,
  INTEGRITY_FAILED: 422,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  LIMIT_EXCEEDED: 413,
  CANCELLED: 499,
  STORE_BUSY: 503,
  STORE_READ_ONLY: 503,
  STORE_TOO_NEW: 503,
  SOURCE_BUSY: 503,
  GATEWAY_UNREACHABLE: 502,
  INTERNAL: 500,
};
