import { ORPCError } from '@orpc/client';
import { ERROR_CODES, type ErrorCode, type ErrorDetails } from '../../shared/domain/errors.ts';
import { HostGone } from '../transport/transport.ts';

export interface ErrorFacts {
  /** One of the closed set; `HOST_GONE` where the desk itself could not be reached. */
  readonly code: ErrorCode | 'HOST_GONE';
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What a failed call says, in the desk's own terms; whatever is not of the closed set is INTERNAL. */
export function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof HostGone) return { code: 'HOST_GONE', message: error.message, details: {} };
  if (error instanceof ORPCError && isErrorCode(error.code)) {
    const details: unknown = (error.data as { details?: unknown } | undefined)?.details;
    return { code: error.code, message: error.message, details: (details ?? {}) as ErrorDetails };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), details: {} };
}

function isErrorCode(code: string): code is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(code);
}
