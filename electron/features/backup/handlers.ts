import type { BackupPreview } from '../../../shared/contract/backup.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import { asTargetFault } from '../../gateways/files/sealed-file.ts';
import type { BackupFacts } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { type JobHandle, type JobOutcome, jobsOf } from '../job/jobs.ts';
import { deskWrite } from '../writing.ts';
import { compareBackup } from './compare.ts';
import { headKnown } from './known.ts';
import { resultOf, watchOf } from './result.ts';

interface Acting {
  readonly by: string;
  readonly idempotency_key: string;
}

/** Backs the whole store up as a job, whose id is the key. NOT_FOUND for a target that is not staged. */
export async function make(context: FeatureContext, input: Acting & { target: string }): Promise<{ job_id: string }> {
  const { idempotency_key: jobId, by } = input;
  const { path, name } = context.staging.target(input.target);
  const { inputHash } = deskWrite(context, 'backup.make', input, { ...input, target: path });
  const again = await jobsOf(context).again(jobId, inputHash);
  if (again !== null) return again;
  const run = (handle: JobHandle) =>
    cancellable(name, async () => {
      const facts = await context.store.backUp(path, watchOf(handle));
      await tell(context, by, facts);
      return { cancelled: false, result: { backup_result: resultOf(name, facts) } };
    });
  return jobsOf(context).start({ jobId, inputHash, kind: 'backup', title: 'Back up', tenant: null, run });
}

/** What a staged backup holds, beside this store. NOT_FOUND, INTEGRITY_FAILED, INVALID_INPUT, STORE_TOO_NEW. */
export function preview(context: FeatureContext, { staged }: { staged: string }): Promise<BackupPreview> {
  const { path, name } = context.staging.source(staged);
  return compareBackup(context, path, name);
}

/** Makes a new store of a staged backup as a job, whose id is the key. NOT_FOUND for what is not staged. */
export async function restore(
  context: FeatureContext,
  input: Acting & { staged: string; target: string },
): Promise<{ job_id: string }> {
  const { idempotency_key: jobId, by } = input;
  const [source, target] = [context.staging.source(input.staged), context.staging.target(input.target)];
  const meaning = { ...input, staged: source.path, target: target.path };
  const { inputHash } = deskWrite(context, 'backup.restore', input, meaning);
  const again = await jobsOf(context).again(jobId, inputHash);
  if (again !== null) return again;
  const run = (handle: JobHandle) =>
    cancellable(target.name, async () => {
      const order = { backup: source.path, target: target.path, by: () => by, now: context.clock.now() };
      const facts = await context.store.restoreBackup({ ...order, known: headKnown(context) }, watchOf(handle));
      return { cancelled: false, result: { backup_result: resultOf(target.name, facts) } };
    });
  return jobsOf(context).start({ jobId, inputHash, kind: 'backup', title: 'Restore', tenant: null, run });
}

async function cancellable(file: string, work: () => Promise<JobOutcome>): Promise<JobOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DeskError && error.code === 'CANCELLED') return { cancelled: true, result: {} };
    throw asTargetFault(error, file);
  }
}

/** Each tenant's log says that a backup was made. One of a store that takes no writes now is a backup all the same. */
async function tell(context: FeatureContext, by: string, { sha256, tenants }: BackupFacts): Promise<void> {
  for (const { tenant, size, root } of tenants) {
    const idempotencyKey = context.ids.uuid();
    const write = { tenant, by, idempotencyKey, inputHash: idempotencyKey, now: context.clock.now() };
    try {
      await context.store.recordBackup(write, { sha256, log: { size, root } });
    } catch (error) {
      if (!(error instanceof DeskError && error.code.startsWith('STORE_'))) throw error;
      context.log(`a backup was made that the log does not tell of: ${error.code}`);
    }
  }
}
