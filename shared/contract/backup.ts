import { z } from 'zod';
import { DecimalText, Instant, Outcome, Sha256Hex, Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { Acting, mutation, query, StagedId } from './base.ts';

const Counts = z.strictObject({ active: z.number().int(), resolved: z.number().int(), expired: z.number().int() });

/** A tenant as it is in a backup. */
export const BackedUpTenant = z.strictObject({
  tenant: Tenant,
  size: DecimalText,
  root: Sha256Hex,
  counts: Counts,
  newest: Instant.nullable(),
});

/** What a backup holds: the whole store at one moment. */
export const BackupResult = z.strictObject({
  file: WellFormedText,
  sha256: Sha256Hex,
  bytes: z.number().int(),
  tenants: z.array(BackedUpTenant),
});
export type BackupResult = z.infer<typeof BackupResult>;

/** A decision that this store has and the backup has not. */
const LostDecision = z.strictObject({
  seq: DecimalText,
  at: Instant,
  outcome: Outcome.nullable(),
  id: WellFormedText.nullable(),
  by: WellFormedText,
});

/** A tenant of this store or of the backup, side by side. */
export const BackupComparison = z.strictObject({
  tenant: Tenant,
  /** null: the backup, or this store, does not have it. */
  backup: BackedUpTenant.nullable(),
  now: z.strictObject({ size: DecimalText, root: Sha256Hex, counts: Counts }).nullable(),
  /**
   * How the backup's log stands to this store's: `same`; `older`: this one begins with it, proven; `newer`: it begins with
   * this one; `forked`: neither; `none`: one of them is not there.
   */
  log: z.enum(['same', 'older', 'newer', 'forked', 'none']),
  /** Decisions that would be lost: how many, and the newest ten. */
  lost: z.strictObject({ n: z.number().int(), newest: z.array(LostDecision) }),
});
export type BackupComparison = z.infer<typeof BackupComparison>;

export const BackupPreview = z.strictObject({ backup: BackupResult, compared: z.array(BackupComparison) });
export type BackupPreview = z.infer<typeof BackupPreview>;

export const backupContract = {
  /** Copies the whole store to a staged target as a job (`backup_result`), verified; each tenant's log says so. */
  make: mutation([], ['job', 'log'], ['ALREADY_EXISTS', 'NOT_FOUND'])
    .input(Acting.extend({ target: StagedId }))
    .output(z.strictObject({ job_id: Uuid })),
  /** Verifies a staged backup, and says what this store has that would be lost with it. INTEGRITY_FAILED. */
  preview: query([], ['NOT_FOUND', 'INTEGRITY_FAILED', 'STORE_TOO_NEW'])
    .input(z.strictObject({ staged: StagedId }))
    .output(BackupPreview),
  /** Makes a new store of a staged backup at a staged target, as a job (`backup_result`); this store stays as it is. */
  restore: mutation([], ['job'], ['ALREADY_EXISTS', 'NOT_FOUND'])
    .input(Acting.extend({ staged: StagedId, target: StagedId }))
    .output(z.strictObject({ job_id: Uuid })),
};
