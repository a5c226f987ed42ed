import { DeskError } from '../../../../shared/domain/errors.ts';
import type {
  EscalationKey,
  EvidenceKind,
  EvidenceRole,
  Request,
  Verdict,
} from '../../../../shared/domain/escalation.ts';
import type { EvidenceReport } from '../../../../shared/domain/verdict.ts';
import type { JudgedAnew, JudgeSubject, NewJudgement } from '../../ledger-store.ts';
import { readBlob } from '../base/blobs.ts';
import { body, hex, sha256, unbody } from '../base/bytes.ts';
import { noteEscalations } from '../base/changes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { addCounts, NO_DELTA } from '../tenant/counts.ts';
import { findTenant, requireTenant, type TenantRow } from '../tenant/tenants.ts';
import { bodyOf, isCurrent, isSettled, type JudgementBody } from './judgement.ts';
import { type EscalationRow, findRow } from './rows.ts';

const MOST_JUDGEMENTS = 1_000;

/** LedgerStore.judgeSubject: all of it from the caller's one snapshot. */
export function judgeSubject(db: Reader, key: EscalationKey, now: number, force: boolean): JudgeSubject | null {
  const tenant = findTenant(db, key.tenant);
  const row = tenant === undefined ? undefined : findRow(db, tenant.tenantId, key);
  if (tenant === undefined || row === undefined) return null;
  if (isSettled(row) || (!force && isCurrent(row, tenant.trustEpoch, now))) return null;
  const pieces = db.all(piecesOf, { escalationId: row.escalation_id });
  return {
    key,
    request: row.request === null ? null : unbody<Request>(row.request),
    pieces: pieces.map((piece) => ({
      sha256: hex(piece.sha256),
      kind: piece.kind as EvidenceKind,
      role: piece.role as EvidenceRole,
      // A source's row may have 160 MiB, and nothing in it is verified.
      bytes: (piece.kind === 'source-row' ? null : readBlob(db, piece.blob_id)) ?? NO_BYTES,
    })),
    mark: markOf(row, pieces),
    epoch: tenant.trustEpoch,
  };
}

/** LedgerStore.saveJudgements: all in one transaction. LIMIT_EXCEEDED beyond 1,000; NOT_FOUND (tenant). */
export function saveJudgements(
  engine: Engine,
  name: string,
  judgements: readonly NewJudgement[],
  now: number,
): JudgedAnew[] {
  if (judgements.length > MOST_JUDGEMENTS) {
    throw new DeskError('LIMIT_EXCEEDED', `At most ${MOST_JUDGEMENTS} judgements are kept at once; none was.`);
  }
  return engine.write((db) => {
    const tenant = requireTenant(db, name);
    const kept = judgements.flatMap((judgement) => keep(db, tenant, judgement, now) ?? []);
    const failed = kept.reduce(
      (sum, { active, before, after }) => sum + (active ? failing(after) - failing(before) : 0),
      0,
    );
    if (failed !== 0) addCounts(db, tenant.tenantId, { ...NO_DELTA, failed });
    noteEscalations(db, tenant.tenantId, new Set(kept.map(({ escalationId }) => escalationId)));
    return kept
      .filter(({ first, before, after }) => !first && before !== after)
      .map(({ key, before, after, detail }) => ({ key, before, after, detail }));
  });
}

interface Kept extends JudgedAnew {
  readonly escalationId: number;
  readonly active: boolean;
  /** It was never judged before. */
  readonly first: boolean;
}

/** null where the judgement is about another state than is there now. */
function keep(db: Writer, tenant: TenantRow, judgement: NewJudgement, now: number): Kept | null {
  const { key, epoch, mark, reports, signed, findings } = judgement;
  const row = key.tenant === tenant.name ? findRow(db, tenant.tenantId, key) : undefined;
  if (row === undefined || isSettled(row) || epoch !== tenant.trustEpoch) return null;
  const pieces = db.all(judgedPiecesOf, { escalationId: row.escalation_id });
  if (mark !== markOf(row, pieces) || reports.length !== pieces.length) return null;
  const verdict = row.packets === 0 && judgement.verdict === 'verified' ? 'unchecked' : judgement.verdict;
  const kept: JudgementBody = { detail: judgement.detail, signed, findings };
  const first = row.judged_at_ms === null;
  const anew = !first && (verdict !== row.verdict || saysOther(bodyOf(row), kept) || checksOther(pieces, reports));
  db.run(setJudged, {
    escalationId: row.escalation_id,
    verdict,
    epoch,
    untilMs: judgement.holdsUntilMs,
    now,
    judgement: body(kept),
    versions: anew ? 1 : 0,
  });
  for (const [n, { evidence_id: evidenceId, kind }] of pieces.entries()) {
    const report = reports[n] ?? null;
    if (kind === 'source-row') continue;
    db.run(setReport, { evidenceId, verdict: report?.verdict ?? null, report: report === null ? null : body(report) });
  }
  const before = row.verdict as Verdict;
  const { escalation_id: escalationId } = row;
  return { key, before, after: verdict, detail: kept.detail, escalationId, active: row.status === 'ESCALATED', first };
}

/** Names the state that a judgement is about: which evidence there is, which only grows, and what is asked for. */
function markOf(row: EscalationRow, pieces: readonly { readonly evidence_id: number }[]): string {
  const asked = row.request === null ? '' : hex(sha256(row.request));
  return `${pieces.length} ${pieces.at(-1)?.evidence_id ?? 0} ${asked}`;
}

function failing(verdict: Verdict): number {
  return verdict === 'failed' ? 1 : 0;
}

function saysOther(before: JudgementBody, after: JudgementBody): boolean {
  const said = ({ signed, findings }: JudgementBody) => JSON.stringify([signed, findings]);
  return said(before) !== said(after);
}

/** Whether a check of a piece that was judged before came out otherwise. */
function checksOther(pieces: readonly JudgedPiece[], reports: NewJudgement['reports']): boolean {
  const outcomes = (report: EvidenceReport | null | undefined) =>
    JSON.stringify(report?.checks.map(({ name, verdict }) => [name, verdict]));
  return pieces.some(
    ({ report }, n) => report !== null && outcomes(unbody<EvidenceReport>(report)) !== outcomes(reports[n]),
  );
}

const NO_BYTES = new Uint8Array();

interface JudgedPiece {
  readonly evidence_id: number;
  readonly kind: string;
  readonly report: Uint8Array | null;
}
const piecesOf = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('evidence as e')
    .innerJoin('blobs as b', 'b.blob_id', 'e.blob_id')
    .select(['e.evidence_id', 'e.blob_id', 'b.sha256', 'e.kind', 'e.role'])
    .where('e.escalation_id', '=', arg.escalationId)
    .orderBy('e.evidence_id'),
);
const judgedPiecesOf = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('evidence')
    .select(['evidence_id', 'kind', 'report'])
    .where('escalation_id', '=', arg.escalationId)
    .orderBy('evidence_id'),
);
const setReport = statement<{ evidenceId: number; verdict: string | null; report: Uint8Array | null }>()((arg) =>
  queries
    .updateTable('evidence')
    .set({ verdict: arg.verdict, report: arg.report })
    .where('evidence_id', '=', arg.evidenceId),
);
const setJudged = statement<{
  escalationId: number;
  verdict: string;
  epoch: number;
  untilMs: number | null;
  now: number;
  judgement: Uint8Array;
  versions: number;
}>()((arg) =>
  queries
    .updateTable('escalations')
    .set((eb) => ({
      verdict: arg.verdict,
      judged: arg.epoch,
      judged_until_ms: arg.untilMs,
      judged_at_ms: arg.now,
      judgement: arg.judgement,
      version: eb('version', '+', arg.versions),
    }))
    .where('escalation_id', '=', arg.escalationId),
);
