import { type Check, type EvidenceReport, worstVerdict } from '../../../shared/domain/verdict.ts';
import type { TrustStore } from '../../evidence/trust.ts';

/** What an auditor brings along: whom to trust, and a checkpoint of the log kept from before (null: none). */
export interface AuditContext {
  readonly trust: TrustStore;
  readonly previous: Uint8Array | null;
}

/** What was found out about a file of the log. */
export interface FileOutcome {
  readonly checks: readonly Check[];
  /** The log's root that the file is about, in hex. */
  readonly root?: string | null;
  /** The desk's key that signed it. */
  readonly key?: EvidenceReport['key'];
  readonly findings?: readonly string[];
}

/** The report of a file of the log: its verdict is the worst of its checks. */
export function fileReport(
  facts: Pick<EvidenceReport, 'sha256' | 'bytes' | 'kind'>,
  { checks, root, key, findings }: FileOutcome,
): EvidenceReport {
  return {
    ...facts,
    verdict: worstVerdict(checks.map(({ verdict }) => verdict)),
    profile: null,
    root: root ?? null,
    findings: [...(findings ?? [])],
    checks: [...checks],
    key: key ?? null,
  };
}

/**
 * What is proven, in one sentence. Whatever is not verified is said first, since nothing may be shown as proven that was
 * not (I6).
 */
export function provenBy({ verdict, checks }: EvidenceReport): string {
  const worst = checks.find((made) => made.verdict === 'failed') ?? checks.find((made) => made.verdict === 'unchecked');
  const inclusion = checks.find(({ name }) => name === 'inclusion');
  if (verdict === 'failed') return `Not proven: ${worst?.detail ?? 'nothing was checked.'}`;
  if (worst !== undefined || inclusion === undefined)
    return `Only in part proven: ${worst?.detail ?? 'nothing was checked.'}`;
  const follows = checks.some(({ name }) => name === 'consistency')
    ? 'the log goes on from the previous checkpoint'
    : 'what was before it is not shown';
  return `${inclusion.detail} The desk signed it, no file was changed since, and ${follows}.`;
}
