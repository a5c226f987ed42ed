import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { isLogFile } from '../exports/proven-title.ts';

const LEDGER = /(\.(db|sqlite3?|jsonl|ndjson)|-(wal|shm|journal))$/i;

/** Whether a file is a ledger or a list of records by its name: what only an import reads. */
export function isLedger(name: string): boolean {
  return LEDGER.test(name);
}

/**
 * Whether a file that turned out to be no evidence can only be meant for an import: JSON of records. Anything else is
 * shown as what it is: nothing that this desk knows.
 */
export function isRecords(name: string): boolean {
  return /\.json$/i.test(name);
}

/** Whether an import takes what a file was found to be: of the files of a log a bundle alone, which has records. */
export function canBeImported(kind: EvidenceReport['kind']): boolean {
  return kind === 'bundle' || !isLogFile(kind);
}
