import { backupContract } from './backup.ts';
import { decisionContract } from './decision.ts';
import { deskContract } from './desk.ts';
import { escalationContract } from './escalation.ts';
import { evidenceContract } from './evidence.ts';
import { jobContract } from './job.ts';
import { keysContract } from './keys.ts';
import { logContract } from './log.ts';
import { profileContract } from './profile.ts';
import { queueContract } from './queue.ts';
import { reportContract } from './report.ts';
import { retentionContract } from './retention.ts';
import { scheduleContract } from './schedule.ts';
import { settingsContract } from './settings.ts';
import { transferContract } from './transfer.ts';

/** All procedures of one ledger: one file an area. */
export const ledgerContract = {
  queue: queueContract,
  escalation: escalationContract,
  evidence: evidenceContract,
  decision: decisionContract,
  transfer: transferContract,
  job: jobContract,
  keys: keysContract,
  log: logContract,
  profile: profileContract,
  report: reportContract,
  retention: retentionContract,
  backup: backupContract,
  schedule: scheduleContract,
  settings: settingsContract,
  desk: deskContract,
};

/**
 * What a host serves: the reviewer's own ledger, and beside it, never mixed, the sample ledger (NOT_FOUND until
 * `main.desk.open_sample`). `open_sample` and `close_sample` belong to `main` alone.
 */
export const contract = { main: ledgerContract, sample: ledgerContract };
export type Contract = typeof contract;
