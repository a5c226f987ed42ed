import { DeskError } from '../../../../shared/domain/errors.ts';
import type { Guarded } from '../../ledger-store.ts';
import { queries, statement } from '../base/statement.ts';
import { claimant, type EscalationRow, noEscalation, requireRow } from '../escalation/rows.ts';
import { profileName } from '../tenant/profiles.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';

/** The escalation's row, read in the writing transaction. NOT_FOUND, for another tenant's too (I5). */
export function target(tx: TenantWrite, { key }: Guarded): EscalationRow {
  if (key.tenant !== tx.tenant.name) throw noEscalation(key);
  return requireRow(tx.db, tx.tenant.tenantId, key);
}

/** CONFLICT where the caller expects another version. */
export function refuseOtherVersion(row: EscalationRow, { expectVersion }: Guarded): void {
  if (expectVersion === undefined || expectVersion === String(row.version)) return;
  throw new DeskError('CONFLICT', 'This escalation has changed since. Nothing was recorded: look at it again.', {
    expected: expectVersion,
    version: String(row.version),
  });
}

/** CONFLICT while someone else holds the claim. */
export function refuseOthersClaim(tx: TenantWrite, row: EscalationRow): void {
  const by = claimant(row, tx.write.now);
  if (by === null || by === tx.write.by) return;
  const name = profileName(tx.db, by);
  throw new DeskError('CONFLICT', 'Another reviewer has claimed this escalation. Nothing was changed.', {
    claimed_by: name,
  });
}

export function alreadyDecided(kept: string): DeskError {
  return new DeskError('ALREADY_DECIDED', `This escalation is decided already; that decision stands. ${kept}`);
}

/** Counts one more change of the escalation, and tells of it. */
export function touch(tx: TenantWrite, escalationId: number): void {
  tx.db.run(bump, { escalationId });
  tx.changed(escalationId);
}

const bump = statement<{ escalationId: number }>()((arg) =>
  queries
    .updateTable('escalations')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('escalation_id', '=', arg.escalationId),
);
