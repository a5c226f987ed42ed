import type { EvidenceRole } from '../../shared/domain/escalation.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type EvidenceReport, worstVerdict } from '../../shared/domain/verdict.ts';
import { openingCheck } from '../evidence/shadow.ts';
import { readTrustFile, trustOf } from '../evidence/trust-file.ts';
import { commitmentIn, verifyEvidence } from '../evidence/verify.ts';

export { MAX_PACKET_BYTES as MAX_EVIDENCE_BYTES } from '../evidence/wire-form.ts';

/** What an auditor was given to open a shadow intent's commitment with. */
export interface Opening {
  readonly prompt: string;
  readonly salt: Uint8Array;
}

export interface Judging {
  /** A trust file's bytes; null: nobody is trusted, so that no signature is more than unchecked. */
  readonly trust: Uint8Array | null;
  /** The instant that lifetimes are judged at. */
  readonly at: Instant;
  readonly role: EvidenceRole;
  readonly opening: Opening | null;
}

export type FileVerifier = (bytes: Uint8Array) => EvidenceReport;

/**
 * Judges evidence by a trust file alone: no store, no network, no clock. A text says why the trust file is none, and
 * nothing can be judged by it.
 */
export function makeFileVerifier({ trust, at, role, opening }: Judging): FileVerifier | string {
  const read = readTrustFile(trust ?? NO_ENTRIES);
  if (!read.ok) return read.why;
  const context = { at, role, trust: trustOf(read.entries) };
  return (bytes) => {
    const report = verifyEvidence(bytes, context);
    return opening === null ? report : opened(report, bytes, opening);
  };
}

const NO_ENTRIES = new TextEncoder().encode('[]');

/** The report with the check `opening`, where the intent is a shadow intent that names a commitment. */
function opened(report: EvidenceReport, bytes: Uint8Array, { prompt, salt }: Opening): EvidenceReport {
  const commitment = commitmentIn(bytes);
  if (commitment === null) return report;
  const checks = [...report.checks, openingCheck(commitment, prompt, salt)];
  return { ...report, checks, verdict: worstVerdict(checks.map(({ verdict }) => verdict)) };
}
