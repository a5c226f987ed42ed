import type { PieceReport } from '../../../shared/contract/escalation.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import type { EscalationInFull } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { commitment } from '../../audit/log/leaf.ts';
import {
  type DecisionPredicate,
  type DecisionSubjects,
  signDecision,
} from '../../audit/statement/decision-statement.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { readEventRow } from '../../gateways/files/event-row.ts';
import type { NewDecision, SignedStatement, Write } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { sha256Hex } from '../writing.ts';
import type { Examined } from './examine.ts';
import type { DecisionSigner } from './statement-signer.ts';

const SALT_BYTES = 32;

/**
 * The decision's statement, signed: what was decided, by whom, on which bytes, and what was on the screen (I9). Its
 * commitments are those of the event that will hold it: the salts go to the store with it. UNAUTHORIZED: the key locked
 * meanwhile.
 */
export async function signStatement(
  context: FeatureContext,
  write: Write,
  decision: NewDecision,
  examined: Pick<Examined, 'stored' | 'reports' | 'settings'>,
  { signedBy, ...signer }: DecisionSigner,
): Promise<SignedStatement> {
  const { uid } = await context.store.logHead(write.tenant);
  const { escalation } = examined.stored;
  const { salts, commitments } = committed(context, decision, escalation.request?.policy ?? null);
  const predicate = {
    ...commitments,
    ...decided(decision, write),
    ...shown(decision, examined),
    tenant: uid,
    event: decision.key.event,
    findings: escalation.findings.map(({ code }) => code),
    suggestion: { shown: false, default: null },
    settings: sha256Hex(jcs(examined.settings)),
    signed_by: signedBy,
  };
  const subjects = await subjectsOf(context, decision, escalation);
  return { envelope: signDecision(subjects, predicate, signer), signedBy, salts };
}

/** What must not stand in a leaf stands in the statement by the same commitments. */
function committed({ ids }: FeatureContext, { key, reason, reviewer }: NewDecision, policy: string | null) {
  const salts: Record<string, Uint8Array> = {};
  const commit = (name: string, value: string) => {
    const salt = ids.bytes(SALT_BYTES);
    salts[name] = salt;
    return encodeHex(commitment(salt, jcs(value)));
  };
  const commitments = {
    escalation_id: commit('escalation_id', key.id),
    reason: commit('reason', reason),
    reviewer: commit('reviewer', reviewer),
    policy: policy === null ? null : commit('policy', policy),
  };
  return { salts, commitments };
}

function decided({ outcome, reasonCode, viewSha256, overrides, acceptedUnchecked }: NewDecision, { now }: Write) {
  return {
    outcome,
    reason_code: reasonCode,
    view_sha256: viewSha256,
    decided_at: instantText(now),
    overrides: [...overrides],
    accepted_unchecked: [...(acceptedUnchecked ?? [])],
  };
}

/** What was on the screen: the verdicts, of the packet too that the reviewer brought, and what was opened of it. */
function shown({ seen, sealed, resolution }: NewDecision, { reports }: Pick<Examined, 'reports'>) {
  const brought = sealed === null ? resolution?.packet?.report : undefined;
  const all: PieceReport[] = [
    ...reports,
    ...(brought === undefined ? [] : [{ ...brought, role: 'resolution' as const }]),
  ];
  return {
    shown_at: seen?.shown_at ?? null,
    opened: seen === null ? [] : seen.opened.map(({ sha256, ms }) => ({ sha256, ms })),
    verdicts: all.map(verdictOf),
  };
}

function verdictOf({ sha256, role, verdict, checks }: PieceReport): DecisionPredicate['verdicts'][number] {
  return { sha256, role, verdict, checks: checks.map(({ name, verdict: of, code }) => ({ name, verdict: of, code })) };
}

async function subjectsOf(
  context: FeatureContext,
  { key, sealed, resolution }: NewDecision,
  escalation: EscalationInFull,
): Promise<DecisionSubjects> {
  const { record, evidence } = escalation;
  return {
    event: (await eventRow(context, key.tenant, escalation)) ?? sha256Hex(jcs(record)),
    resolution: sealed?.vepSha256 ?? resolution?.vepHash ?? null,
    evidence: evidence.map(({ sha256 }) => sha256),
  };
}

/** The row of the request's audit event, else that of the record, as they came; null for what came without rows. */
async function eventRow(
  { store }: FeatureContext,
  tenant: string,
  { evidence, request }: EscalationInFull,
): Promise<string | null> {
  const rows = evidence.filter(({ kind, role }) => kind === 'source-row' && role === 'escalation');
  for (const { sha256 } of request === null ? [] : rows) {
    const bytes = await store.evidenceBytes(tenant, sha256);
    if (bytes !== null && readEventRow(bytes) !== null) return sha256;
  }
  return rows[0]?.sha256 ?? null;
}
