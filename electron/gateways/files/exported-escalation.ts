import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CarriedStatement } from '../../../shared/domain/carried-statement.ts';
import {
  type Decision,
  Escalation,
  Evidence,
  type ExactJson,
  type Finding,
  type Request,
} from '../../../shared/domain/escalation.ts';
import { JsonObject, type JsonValue, toPlain } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { rootOfVep } from '../../evidence/packet/wire-form.ts';
import { CLAIM_DIFFERS } from '../../evidence/request/signed-members.ts';
import type { NewEscalation, NewEvidence, UpstreamDecision } from '../../store/ledger-store.ts';
import { agentFindings, type BuiltEscalation, requestOfEvent } from './build-escalation.ts';
import { readEventRow } from './event-row.ts';
import type { DecisionClaim } from './reader-protocol.ts';

/** A line of this desk's own JSONL: an Escalation whose evidence carries its bytes, and its decision its statement. */
const ExportedEscalation = Escalation.extend({
  evidence: z.array(Evidence.extend({ base64: z.base64().optional() })),
  /** Of whatever form: a line is not refused for it. */
  statement: z.unknown().optional(),
});
type Exported = z.infer<typeof ExportedEscalation>;

/** Members that stay the JSON text they were. */
const EXACT = { record: ['continuation_token'], request: ['amount', 'raw'] } as const;

/** The code and words for evidence that was listed without its bytes. */
export const EVIDENCE_ABSENT: Finding = {
  code: 'EVIDENCE_ABSENT',
  message: 'The file lists evidence of this escalation without its bytes; that evidence is not there.',
};

export type ExportedRead = { ok: true; exported: Exported } | { ok: false; message: string };

/** Reads an Escalation as this desk prints and exports it. */
export function readExported(value: JsonObject): ExportedRead {
  const members = Object.fromEntries([...value.members].map(([name, member]) => [name, domainForm(name, member)]));
  const parsed = ExportedEscalation.safeParse(members);
  if (parsed.success) return { ok: true, exported: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, message: `The Escalation’s ${issue?.path.join('.') ?? 'form'} ${issue?.message ?? 'is wrong'}.` };
}

/**
 * What an exported Escalation brings along, over what its record alone gives: request, evidence, decision, dissents,
 * findings and deadlines as they were. What only a check can say is not taken from a file (I6): that it was signed or
 * sealed is a claim beside the row, and the event's hash is computed anew from its kept row. Null where bytes and SHA-256
 * of evidence do not agree.
 */
export function withExported(
  built: BuiltEscalation,
  exported: Exported,
): { row: NewEscalation; claim?: DecisionClaim } | null {
  const evidence = evidenceOf(exported);
  if (evidence === null) return null;
  const { decision, deadline, dissents } = exported;
  const findings = exported.findings.filter(({ code }) => code !== CLAIM_DIFFERS);
  const { request, requestRow } = requestOf(exported.request, evidence);
  const known = new Set(findings.map(({ code }) => code));
  const found = [...built.row.findings, ...agentFindings(exported.record.escalation_id, request)];
  const row = {
    ...built.row,
    request,
    evidence,
    deadlines: deadline?.all.filter(({ source }) => source !== 'sla') ?? [],
    decision: decision === null ? null : decisionOf(decision),
    findings: [...findings, ...found.filter(({ code }) => !known.has(code) && known.add(code))],
    dissents,
    ...(deadline === null ? {} : { pastOnArrival: deadline.past_on_arrival }),
  };
  return decision === null ? { row } : { row, claim: claimOf(decision, exported.statement, requestRow) };
}

function claimOf({ signed, sealed }: Decision, said: unknown, requestRow: string | null): DecisionClaim {
  const read = CarriedStatement.safeParse(said);
  const statement = said === undefined ? null : read.success ? read.data : 'other-form';
  return { signed, sealed, statement, requestRow };
}

/** The request as the kept row of its audit event has it; without that row it is the file's word, unchecked. */
function requestOf(
  claimed: Request | null,
  evidence: readonly NewEvidence[],
): { request: Request | null; requestRow: string | null } {
  if (claimed === null) return { request: null, requestRow: null };
  for (const { kind, role, bytes } of evidence) {
    const event = kind === 'source-row' && role === 'escalation' ? readEventRow(bytes) : null;
    if (event?.event.request?.event_id === claimed.event_id)
      return { request: requestOfEvent(event), requestRow: sha256Of(bytes) };
  }
  return { request: { ...claimed, source_hash: 'unchecked', signed: [] }, requestRow: null };
}

function domainForm(name: string, member: JsonValue): unknown {
  if (!(member instanceof JsonObject) || (name !== 'record' && name !== 'request')) return toPlain(member);
  const exact: readonly string[] = EXACT[name];
  const members = [...member.members].map(([inner, value]): [string, unknown] => [
    inner,
    exact.includes(inner) ? (writeJson(value) as ExactJson) : toPlain(value),
  ]);
  return Object.fromEntries(members);
}

function decisionOf(decision: Decision): UpstreamDecision {
  const { outcome, source, decided_at, reviewer, reason_code, reason, vep_hash } = decision;
  return {
    outcome,
    source,
    decidedAt: decided_at,
    overrides: decision.overrides,
    acceptedUnchecked: decision.accepted_unchecked,
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(reason_code === undefined ? {} : { reasonCode: reason_code }),
    ...(reason === undefined ? {} : { reason }),
    ...(vep_hash === undefined ? {} : { vepHash: vep_hash }),
  };
}

function evidenceOf(exported: Exported): NewEvidence[] | null {
  const pieces: NewEvidence[] = [];
  for (const { sha256, kind, role, base64 } of exported.evidence) {
    if (base64 === undefined) continue;
    const bytes = Buffer.from(base64, 'base64');
    // Buffer takes more than one text for the same bytes; only the one that it would write itself is taken (S56).
    if (bytes.toString('base64') !== base64) return null;
    if (sha256Of(bytes) !== sha256) return null;
    const root = kind === 'vep' ? rootOfVep(bytes) : null;
    pieces.push({ bytes, kind, role, ...(root === null ? {} : { root }) });
  }
  return pieces;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
