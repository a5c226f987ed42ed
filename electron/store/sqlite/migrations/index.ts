import { ledger } from './0001-ledger.ts';
import { deadlineMoves } from './0002-deadline-moves.ts';
import { judgements } from './0003-judgements.ts';
import { auditLog } from './0004-audit-log.ts';
import { keeping } from './0005-keeping.ts';
import { schedules } from './0006-schedules.ts';
import { logVerdict } from './0007-log-verdict.ts';
import type { Migration } from './migration.ts';

/** All migrations in order; a store's `user_version` is the number of the last that ran. */
export const MIGRATIONS: readonly Migration[] = [
  ledger,
  deadlineMoves,
  judgements,
  auditLog,
  keeping,
  schedules,
  logVerdict,
];
