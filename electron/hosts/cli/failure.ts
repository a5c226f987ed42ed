import { ORPCError } from '@orpc/client';
import { DeskError, ERROR_CODES, type ErrorCode, type ErrorDetails } from '../../../shared/domain/errors.ts';

/** An error of the closed set, as the command line tells it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Wrong usage: said like any other error, exit 2. */
export function usageError(message: string, details: ErrorDetails = {}): DeskError {
  return new DeskError('INVALID_INPUT', message, details);
}

/** Whatever was thrown, as an error of the closed set. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DeskError) return { code: error.code, message: error.message, details: error.details };
  if (error instanceof ORPCError) {
    const code = ERROR_CODES.find((known) => known === error.code);
    if (code !== undefined) return { code, message: error.message, details: detailsOf(error.data) };
  }
  if (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  ) {
    return { code: 'INVALID_INPUT', message: error.message, details: {} };
  }
  const words = error instanceof Error ? error.message : String(error);
  return {
    code: 'INTERNAL',
    message: `Something in the desk failed: ${words}. What was acknowledged is kept.`,
    details: {},
  };
}

function detailsOf(data: unknown): ErrorDetails {
  if (typeof data !== 'object' || data === null || !('details' in data)) return {};
  const { details } = data;
  return typeof details === 'object' && details !== null ? { ...details } : {};
}
