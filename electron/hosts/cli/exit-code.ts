import type { ErrorCode } from '../../../shared/domain/errors.ts';

/** Exit codes are a promise (docs/guide/command-line.md, "For every command"). */
export const EXIT = {
  done: 0,
  inPart: 1,
  usage: 2,
  conflict: 3,
  unreachable: 4,
  internal: 5,
  unchecked: 6,
  cancelled: 130,
} as const;

const EXIT_OF: Readonly<Record<ErrorCode, number>> = {
  INTEGRITY_FAILED: EXIT.inPart,
  INVALID_INPUT: EXIT.usage,
  NOT_FOUND: EXIT.usage,
  LIMIT_EXCEEDED: EXIT.usage,
  CONFLICT: EXIT.conflict,
  ALREADY_DECIDED: EXIT.conflict,
  ALREADY_EXISTS: EXIT.conflict,
  STORE_BUSY: EXIT.unreachable,
  STORE_READ_ONLY: EXIT.unreachable,
  STORE_TOO_NEW: EXIT.unreachable,
  SOURCE_BUSY: EXIT.unreachable,
  GATEWAY_UNREACHABLE: EXIT.unreachable,
  UNAUTHORIZED: EXIT.unreachable,
  FORBIDDEN: EXIT.unreachable,
  INTERNAL: EXIT.internal,
  CANCELLED: EXIT.cancelled,
};

/** The exit code of an error of the closed set. */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT_OF[code];
}
