import type { EvidenceRole } from '../../shared/domain/escalation.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { type EvidenceReport, worstVerdict } from '../../shared/domain/verdict.ts';
import { bytesAsSource } from '../audit/archive/byte-source.ts';
import { keptHead } from '../audit/verify/kept-head.ts';
import { openingCheck } from '../evidence/packet/shadow.ts';
import { readTrustFile, trustOf } from '../evidence/trust/trust-file.ts';
import { commitmentIn, verifyEvidence } from '../evidence/verify.ts';
import { besideFile, withFileSource } from '../features/log/file-source.ts';
import { verifyLogFile } from '../features/log/verify-log-file.ts';

/** The note of a head kept from before, in whatever form (kept-head.ts); null for what is no regular file. */
export function keptHeadOf(path: string): Promise<Uint8Array | null> {
  return withFileSource(path, keptHead);
}

/** As `keptHeadOf`, of bytes that came another way. */
export function keptHeadIn(bytes: Uint8Array): Promise<Uint8Array> {
  return keptHead(bytesAsSource(bytes));
}

export { provenBy } from '../audit/verify/report.ts';
export { MAX_PACKET_BYTES as MAX_EVIDENCE_BYTES } from '../evidence/packet/wire-form.ts';

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
  /** A checkpoint kept from before, for files of a log; null: none. */
  readonly previous: Uint8Array | null;
}

export interface FileVerifier {
  /** Judges bytes that are evidence, or nothing that is known. */
  evidence(bytes: Uint8Array): EvidenceReport;
  /** Judges bytes that are a bundle, a checkpoint, a proof of a log or an export's signed manifest; null for all else. */
  logBytes(bytes: Uint8Array): Promise<EvidenceReport | null>;
  /** As `logBytes`, of a file of any length; null for what is no regular file. Rejects with what the system says. */
  logFile(path: string): Promise<{ readonly report: EvidenceReport | null } | null>;
}

/**
 * Judges evidence and files of a log by a trust file alone: no store, no network, no clock. A text says why the trust
 * file is none, and nothing can be judged by it.
 */
export function makeFileVerifier({ trust, at, role, opening, previous }: Judging): FileVerifier | string {
  const read = readTrustFile(trust ?? NO_ENTRIES);
  if (!read.ok) return read.why;
  const trusted = trustOf(read.entries);
  const audit = { trust: trusted, previous };
  return {
    evidence(bytes) {
      const report = verifyEvidence(bytes, { at, role, trust: trusted });
      return opening === null ? report : opened(report, bytes, opening);
    },
    logBytes: (bytes) => verifyLogFile(bytesAsSource(bytes), audit),
    logFile: (path) =>
      withFileSource(path, async (source) => ({ report: await verifyLogFile(source, audit, besideFile(path)) })),
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
