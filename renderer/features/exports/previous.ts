import type { Job } from '../../../shared/contract/job.ts';
import { numberText } from '../../components/numbers.ts';
import { dateText } from '../../components/time.ts';
import type { StagedFile } from '../../transport/transport.ts';
import { EXPORT_WORDS } from './words.ts';

/** Where a bundle begins: after the checkpoint of an earlier export, or after one that the reader has as a file. */
export type Previous =
  | { readonly kind: 'export'; readonly job: Job }
  | { readonly kind: 'file'; readonly file: StagedFile };

/** The exports that a bundle can go on from: each head once, the newest first. */
export function earlierBundles(jobs: readonly Job[], tenant: string): readonly Job[] {
  const heads = new Set<string>();
  return jobs.filter((job) => {
    const { manifest } = job;
    const head = manifest?.query.format === 'bundle' ? manifest.checkpoint : undefined;
    if (job.tenant !== tenant || head === undefined || heads.has(head.root)) return false;
    heads.add(head.root);
    return true;
  });
}

/** What a previous checkpoint is called. It may quote a file's name. */
export function previousText(previous: Previous): string {
  const words = EXPORT_WORDS.dialog;
  if (previous.kind === 'file') return words.fromFile(previous.file.name);
  const { ended_at, started_at, manifest } = previous.job;
  const size = numberText(Number(manifest?.checkpoint?.size ?? 0));
  return words.fromExport(dateText(ended_at ?? started_at), size);
}

/** The part of the call that says where a bundle begins. */
export function previousInput(previous: Previous | null): { previous?: string; continues?: string } {
  if (previous === null) return {};
  return previous.kind === 'file' ? { previous: previous.file.staged } : { continues: previous.job.job_id };
}
