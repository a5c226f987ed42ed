import { DeskError } from '../../../../shared/domain/errors.ts';

const KEPT = 'All that was recorded is kept; it can be read, searched and exported.';

/** What a failure of SQLite means for the desk: try again, or stop writing. */
export interface Failure {
  readonly error: DeskError;
  /** Why nothing more may be written here; null where the next write may well succeed. */
  readonly readOnly: string | null;
}

/** Sorts what a store operation threw. DeskErrors and faults of our own (programming errors) pass as they are. */
export function failureOf(thrown: unknown): Failure | null {
  const code = sqliteCode(thrown);
  if (code === null) return null;
  const cause = { cause: thrown };
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const error = new DeskError(
      'STORE_BUSY',
      'Another program is writing to this ledger. Nothing changed; try again.',
      {},
      cause,
    );
    return { error, readOnly: null };
  }
  const reason = reasonOf(code);
  if (reason === null) return null;
  const error = new DeskError('STORE_READ_ONLY', `This ledger is read-only: ${reason}. ${KEPT}`, { reason }, cause);
  return { error, readOnly: reason };
}

function reasonOf(code: string): string | null {
  if (code.startsWith('SQLITE_FULL')) return 'the disk is full';
  if (code.startsWith('SQLITE_IOERR')) return 'the disk answered with an error';
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return 'its file is damaged';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) return 'its file may not be written';
  if (code.startsWith('SQLITE_CANTOPEN')) return 'its file cannot be opened';
  return null;
}

function sqliteCode(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}
