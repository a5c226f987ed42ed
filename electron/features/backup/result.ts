import type { BackupResult } from '../../../shared/contract/backup.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import type { BackedUpTenant, BackupFacts, BackupWatch } from '../../store/ledger-store.ts';
import type { JobHandle } from '../job/jobs.ts';

/** A backup as the contract tells it; `file` is its name. */
export function resultOf(file: string, { sha256, bytes, tenants }: BackupFacts): BackupResult {
  return { file, sha256, bytes, tenants: tenants.map(told) };
}

export function told({ tenant, size, root, counts, newest }: BackedUpTenant): BackupResult['tenants'][number] {
  return { tenant, size: String(size), root: encodeHex(root), counts: { ...counts }, newest };
}

/** What the store tells while it works, as the job's progress in percent. */
export function watchOf({ signal, progress }: JobHandle): BackupWatch {
  return { signal, progress: (done, total) => progress(Math.floor((100 * done) / total), 100, 'percent') };
}
