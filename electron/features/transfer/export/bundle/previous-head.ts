import { DeskError } from '../../../../../shared/domain/errors.ts';
import { keptHead } from '../../../../audit/verify/kept-head.ts';
import type { FeatureContext, StagedFile } from '../../../context.ts';
import { jobsOf } from '../../../job/jobs.ts';
import { withFileSource } from '../../../log/file-source.ts';

export interface GoesOnFrom {
  readonly query: { readonly tenant: string };
  /** A staged file. */
  readonly previous?: string | undefined;
  /** The job of an earlier export. */
  readonly continues?: string | undefined;
}

/**
 * The head that a bundle goes on from: that of a file, or of an earlier export; null where none is asked for. NOT_FOUND
 * for a file that cannot be read, and for an export that the tenant has not or that has no head.
 */
export async function previousHead(
  context: FeatureContext,
  { previous, continues, query }: GoesOnFrom,
): Promise<Uint8Array | null> {
  if (previous !== undefined) return stagedHead(context.staging.source(previous));
  return continues === undefined ? null : headOfExport(context, query.tenant, continues);
}

async function stagedHead({ path, name }: StagedFile): Promise<Uint8Array> {
  const head = await withFileSource(path, keptHead).catch(() => null);
  if (head !== null) return head;
  throw new DeskError('NOT_FOUND', 'The previous checkpoint could not be read. Nothing was started.', { file: name });
}

/** The head that was signed for an earlier export. */
async function headOfExport(context: FeatureContext, tenant: string, jobId: string): Promise<Uint8Array> {
  const job = await jobsOf(context).get(jobId);
  const head = job?.kind === 'export' && job.tenant === tenant ? job.manifest?.checkpoint : undefined;
  if (head !== undefined) return Buffer.from(head.note);
  const message = 'There is no such export of this tenant with a checkpoint. Nothing was started.';
  throw new DeskError('NOT_FOUND', message, { job_id: jobId });
}
