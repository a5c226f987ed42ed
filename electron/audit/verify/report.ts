import { encodeHex } from '../../../shared/domain/hex.ts';
import {
  type Check,
  type EvidenceFileKind,
  type EvidenceReport,
  worstVerdict,
} from '../../../shared/domain/verdict.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import { sha256 } from '../log/sha256.ts';

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

/** What is said of a file that was read whole, whatever it is worth. */
export function factsOf<K extends EvidenceFileKind>(bytes: Uint8Array, kind: K) {
  return { sha256: encodeHex(sha256(bytes)), bytes: bytes.length, kind };
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
export function provenBy({ kind, verdict, checks }: EvidenceReport): string {
  const worst = checks.find((made) => made.verdict === verdict)?.detail ?? 'Nothing was checked.';
  if (verdict === 'failed') return `Not proven: ${worst}`;
  if (verdict === 'unchecked') return `Only in part proven: ${worst}`;
  const inclusion = checks.find(({ name }) => name === 'inclusion')?.detail ?? '';
  const follows = checks.some(({ name }) => name === 'consistency')
    ? 'the log goes on from the previous checkpoint'
    : 'no earlier checkpoint was compared';
  if (kind === 'checkpoint') return `The desk signed this head of its log; ${follows}.`;
  if (kind === 'proof' && inclusion === '')
    return 'The desk wrote this export and signed its manifest; neither was changed since.';
  if (kind === 'proof') return `${inclusion} The desk signed the head that proves it; ${follows}.`;
  return `${inclusion} The desk signed it, no file was changed since, and ${follows}.`;
}
