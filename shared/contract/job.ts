import { z } from 'zod';
import { Instant, Tenant, Uuid, Verdict, WellFormedText } from '../domain/escalation.ts';
import { BackupResult } from './backup.ts';
import { Acting, ErrorCodeSchema, mutation, query } from './base.ts';
import { LogVerified } from './log.ts';
import { RetentionResult } from './retention.ts';
import { ImportResult, Manifest } from './transfer.ts';

export const JobState = z.enum(['running', 'done', 'failed', 'cancelled']);
export const JobKind = z.enum(['import', 'export', 'verify', 'verify-log', 'retention', 'backup']);

/** What a verification of a tenant's evidence found. */
export const VerifyResult = z.strictObject({
  /** Escalations that were judged. */
  judged: z.number().int(),
  verified: z.number().int(),
  failed: z.number().int(),
  unchecked: z.number().int(),
  /** Those judged before whose verdict is another now: at most 1,000, and how many they are in all. */
  changed: z.array(
    z.strictObject({ id: WellFormedText, event: Uuid, before: Verdict, after: Verdict, detail: z.string() }),
  ),
  changed_total: z.number().int(),
});
export type VerifyResult = z.infer<typeof VerifyResult>;

export const Job = z.strictObject({
  job_id: Uuid,
  kind: JobKind,
  state: JobState,
  title: z.string(),
  tenant: Tenant.nullable(),
  started_at: Instant,
  ended_at: Instant.nullable(),
  /** Done so far and, where it is known, of how many. */
  progress: z.strictObject({ done: z.number().int(), total: z.number().int().nullable(), unit: z.string() }),
  error: z.strictObject({ code: ErrorCodeSchema, message: z.string() }).nullable(),
  import_result: ImportResult.nullable(),
  manifest: Manifest.nullable(),
  verify_result: VerifyResult.nullable(),
  log_result: LogVerified.nullable(),
  /** Of a backup, a restore and a removal, once it has ended. */
  backup_result: BackupResult.exactOptional(),
  retention_result: RetentionResult.exactOptional(),
});
export type Job = z.infer<typeof Job>;

export const jobContract = {
  get: query([], ['NOT_FOUND'])
    .input(z.strictObject({ job_id: Uuid }))
    .output(Job),
  /** Newest first, at most 200. */
  list: query([])
    .input(z.strictObject({ kind: JobKind.optional() }))
    .output(z.array(Job)),
  /** Asks a running job to stop after its current step; what is in stays in. */
  cancel: mutation([], ['job'], ['NOT_FOUND'])
    .input(Acting.extend({ job_id: Uuid }))
    .output(Job),
};
