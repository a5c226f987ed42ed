import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { PROVEN_WORDS } from './words.ts';

/** The checks of an export's signed manifest; a proof of the log has others too. */
const OF_MANIFEST: readonly string[] = ['statement', 'files'];

/** Whether a report is of a file of the log. */
export function isLogFile(kind: EvidenceReport['kind']): kind is keyof typeof PROVEN_WORDS.page {
  return Object.hasOwn(PROVEN_WORDS.page, kind);
}

/** What a file of the log is, by what was checked of it. */
export function provenTitle({ kind, checks }: Pick<EvidenceReport, 'kind' | 'checks'>): string {
  if (!isLogFile(kind)) return PROVEN_WORDS.title;
  if (kind === 'proof' && checks.every(({ name }) => OF_MANIFEST.includes(name))) return PROVEN_WORDS.manifest;
  return PROVEN_WORDS.page[kind];
}
