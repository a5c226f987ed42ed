import Database from 'better-sqlite3';
import { DeskError } from '../../../../../shared/domain/errors.ts';
import type { LogFailure } from '../../../ledger-store.ts';

/** What is said where `holds` is false; nothing where it is true. */
export function unless(holds: boolean, place: string, code: string, detail: string): LogFailure[] {
  return holds ? [] : [{ place, code, detail }];
}

/** What `check` finds; what it stumbles over is a row that no desk wrote, and said of `place`. */
export function guarded(place: string, check: () => LogFailure[]): LogFailure[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof Database.SqliteError || error instanceof DeskError) throw error;
    return [{ place, code: 'UNREADABLE', detail: 'What is kept there has no form that the desk writes.' }];
  }
}

/** The JSON value of bytes of the desk's own making; undefined where they are none any more. */
export function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
