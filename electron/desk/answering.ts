import { ValidationError } from '@orpc/contract';
import { ORPCError } from '@orpc/server';
import { ERROR_STATUS } from '../../shared/contract/error-status.ts';
import { DeskError, ERROR_CODES, type ErrorCode } from '../../shared/domain/errors.ts';

/** Calls slower than this are logged by name. */
export const SLOW_MS = 40;
/** Faults of an input that are told; more do not help anybody. */
const MOST_ISSUES = 20;

const CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/**
 * The error as it leaves the desk: a code of the closed set, a sentence, and details. What is not known is INTERNAL with
 * a plain sentence: its own words go to `log` alone, since they may hold paths or an agent's text.
 */
export function answerOf(error: unknown, call: string, log: (line: string) => void) {
  if (error instanceof DeskError) return answer(error.code, error.message, error.details);
  if (error instanceof ORPCError && CODES.has(error.code)) return error;
  if (isRefusedInput(error)) return refusedInput(error.cause.issues);
  if (error instanceof Error && error.name === 'AbortError') {
    return answer('CANCELLED', 'The call was given up by its caller. What was recorded before is kept.', {});
  }
  log(`${call} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const message = 'Something in the desk failed. What was acknowledged before is kept. Try again; the log says more.';
  return answer('INTERNAL', message, {});
}

function isRefusedInput(error: unknown): error is ORPCError<'BAD_REQUEST', unknown> & { cause: ValidationError } {
  return error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError;
}

/** Says where and why; never repeats the value, which may be long, secret or hostile. */
function refusedInput(issues: ValidationError['issues']) {
  const told = issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({
    path: (path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
    message,
  }));
  const first = told[0];
  const where = first === undefined || first.path === '' ? '' : ` (${first.path}: ${first.message})`;
  return answer('INVALID_INPUT', `The input is not what this call takes${where}. Nothing was done.`, { issues: told });
}

function answer(code: ErrorCode, message: string, details: Record<string, unknown>) {
  return new ORPCError(code, { status: ERROR_STATUS[code], message, data: { details } });
}
