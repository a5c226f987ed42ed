import type { Instant } from '../../../shared/domain/instant.ts';
import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';
import { verifyEscalation } from '../../evidence/request/verify-escalation.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import type { JudgeSubject, NewJudgement } from '../../store/ledger-store.ts';
import { sha256Hex } from '../writing.ts';

export interface Judging {
  readonly at: Instant;
  readonly epoch: number;
  readonly trust: TrustStore;
}

type Piece = JudgeSubject['pieces'][number];

const NO_BYTES = new Uint8Array(0);
const DAMAGED: Check = {
  name: 'structure',
  verdict: 'failed',
  code: 'BYTES_CHANGED',
  detail: 'The stored bytes are not the ones that came: their SHA-256 is another.',
};

/**
 * What an escalation's evidence is worth, each piece by its exact bytes. A piece whose bytes in the store are not
 * those of its SHA-256 fails its structure, and nothing is read from it (S68).
 */
export function judgeSubject(subject: JudgeSubject, { at, epoch, trust }: Judging): NewJudgement {
  const { key, mark, request, pieces } = subject;
  const damaged = pieces.map(isDamaged);
  const sound = pieces.map((piece, i) => (damaged[i] === true ? { ...piece, bytes: NO_BYTES } : piece));
  const found = verifyEscalation({ id: key.id, event: key.event, request, pieces: sound }, { at, trust });
  const reports = found.reports.map((report, i) => reportOf(report, pieces[i], damaged[i] === true));
  const { verdict, detail, signed, findings, holdsUntilMs } = found;
  return { key, mark, epoch, reports, verdict, detail, signed, findings, holdsUntilMs };
}

/** A source's row is not verified, and comes without its bytes. */
function isDamaged({ kind, bytes, sha256 }: Piece): boolean {
  return kind !== 'source-row' && sha256Hex(bytes) !== sha256;
}

function reportOf(report: EvidenceReport | null, piece: Piece | undefined, damaged: boolean): EvidenceReport | null {
  if (report === null || piece === undefined || piece.kind === 'source-row' || !damaged) return report;
  const { sha256, kind, bytes } = piece;
  return {
    ...report,
    sha256,
    kind,
    bytes: bytes.length,
    verdict: 'failed',
    root: null,
    findings: [],
    checks: [DAMAGED],
  };
}
