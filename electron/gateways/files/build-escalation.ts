import type { DeadlinePart, EvidenceRole, Finding, Request } from '../../../shared/domain/escalation.ts';
import { describeImportCode, type ImportCode } from '../../../shared/domain/import-codes.ts';
import { parseInstant, toUtcText } from '../../../shared/domain/instant.ts';
import { memberBytes } from '../../../shared/domain/json/member-text.ts';
import { textFindings } from '../../../shared/domain/text/findings.ts';
import type { RecordRead } from '../../../shared/domain/wire/record.ts';
import { tokenLifetime } from '../../../shared/domain/wire/token.ts';
import { looksLikeVep, rootOfVep } from '../../evidence/packet/wire-form.ts';
import type { NewEscalation, NewEvidence, UpstreamDecision } from '../../store/ledger-store.ts';
import type { EventRow } from './event-row.ts';
import type { Said } from './outbox.ts';
import { checkEventHash } from './source-event-hash.ts';

/** What a record's row and the rows around it say together. */
export interface RecordParts {
  readonly read: RecordRead;
  /** The record's own text, byte for byte. */
  readonly row: Uint8Array;
  /** Null for a record that came without its ledger. */
  readonly ledger: {
    readonly request: EventRow | null;
    readonly resolution: EventRow | null;
    readonly listPosition: number | null;
  } | null;
}

export interface BuiltEscalation extends Said {
  readonly row: NewEscalation;
}

/** Codes of texts that an id's own codes say already. */
const SAID_OF_IDS: ReadonlySet<string> = new Set([
  'BIDI_CONTROL',
  'INVISIBLE_IN_TEXT',
  'TAG_TEXT',
  'CONTROL_IN_TEXT',
  'LONG_TEXT',
]);

const SAYS_REJECTED: Finding = {
  code: 'EVENT_SAYS_REJECTED',
  message: 'The record says RESOLVED, but the event that decided it says rejected.',
};

/** The escalation that a record and its audit events make, with its evidence, deadlines and findings. */
export function buildEscalation(parts: RecordParts): BuiltEscalation {
  const { read, ledger } = parts;
  const request = ledger?.request == null ? null : requestOfEvent(ledger.request);
  const codes = [...read.findings, ...ledgerCodes(parts, request)];
  const findings = [...saysRejected(parts), ...agentFindings(read.record.escalation_id, request)];
  const tokenRoot = read.token?.payload.source_capsule_root ?? '';
  const row: NewEscalation = {
    record: read.record,
    request,
    deadlines: deadlinesOf(read, request),
    decision: decisionOf(parts),
    evidence: evidenceOf(parts),
    findings: [...codes.map(asFinding), ...findings],
    ...(/^[0-9a-f]{64}$/.test(tokenRoot) ? { tokenRoot } : {}),
    ...(ledger?.listPosition == null ? {} : { listPosition: ledger.listPosition }),
  };
  return { row, codes, textFindings: findings };
}

/** The request that an audit event makes, its own hash compared. */
export function requestOfEvent(row: EventRow): Request | null {
  const claimed = row.event.request;
  return claimed === null ? null : { ...claimed, source_hash: checkEventHash(row.value), signed: [] };
}

function ledgerCodes({ read, ledger }: RecordParts, request: Request | null): ImportCode[] {
  if (ledger === null) return [];
  const codes: ImportCode[] = [];
  const active = read.record.status === 'ESCALATED';
  if (active && ledger.listPosition === null) codes.push('NOT_LISTED');
  if (!active && ledger.listPosition !== null) codes.push('LISTED_BUT_DECIDED');
  if (request === null) codes.push('EVENT_ABSENT');
  const resolutionAltered = ledger.resolution !== null && checkEventHash(ledger.resolution.value) === 'altered';
  if (request?.source_hash === 'altered' || resolutionAltered) codes.push('EVENT_ALTERED');
  const blobCodes = [...(ledger.request?.event.findings ?? []), ...(ledger.resolution?.event.findings ?? [])];
  return [...codes, ...new Set(blobCodes)];
}

function deadlinesOf(read: RecordRead, request: Request | null): DeadlinePart[] {
  const expiry = read.token === null ? null : tokenLifetime(read.token).exp;
  const respondBy = parseInstant(request?.respond_by ?? '');
  return [
    ...(expiry === null ? [] : [{ at: toUtcText(expiry), source: 'token' as const }]),
    ...(respondBy === null ? [] : [{ at: toUtcText(respondBy), source: 'agent' as const }]),
  ];
}

/**
 * What upstream decided: the outcome is what the deciding event says, else unknown, since upstream sets RESOLVED for
 * rejections too and EXPIRED for both rejections and expiries.
 */
function decisionOf({ read: { record }, ledger }: RecordParts): UpstreamDecision | null {
  if (record.status === 'ESCALATED') return null;
  const said = ledger?.resolution?.event.outcome;
  const outcome = said?.decision === 'approved' || said?.decision === 'rejected' ? said.decision : 'unknown';
  return {
    outcome,
    decidedAt: record.timestamp,
    ...(said?.rationale === undefined ? {} : { reason: said.rationale }),
    ...(record.resolution_vep_hash === undefined ? {} : { vepHash: record.resolution_vep_hash }),
  };
}

function saysRejected({ read, ledger }: RecordParts): Finding[] {
  const rejected = ledger?.resolution?.event.outcome?.decision === 'rejected';
  return rejected && read.record.status === 'RESOLVED' ? [SAYS_REJECTED] : [];
}

function evidenceOf({ read, row, ledger }: RecordParts): NewEvidence[] {
  const token = read.token === null ? null : memberBytes(row, 'continuation_token');
  return [
    sourceRow(row, 'escalation'),
    ...(token === null ? [] : [{ bytes: token, kind: 'token' as const, role: 'escalation' as const }]),
    ...eventEvidence(ledger?.request ?? null, 'escalation'),
    ...eventEvidence(ledger?.resolution ?? null, 'resolution'),
  ];
}

function eventEvidence(row: EventRow | null, role: EvidenceRole): NewEvidence[] {
  if (row === null) return [];
  const blobs = [row.event.blob, row.event.otherBlob].filter((blob) => blob !== null);
  return [sourceRow(row.bytes, role), ...blobs.map((bytes) => packetEvidence(bytes, role))];
}

function sourceRow(bytes: Uint8Array, role: EvidenceRole): NewEvidence {
  return { bytes, kind: 'source-row', role };
}

function packetEvidence(bytes: Uint8Array, role: EvidenceRole): NewEvidence {
  const root = rootOfVep(bytes);
  // A blob that opens like JSON is a capsule; whatever else stands in a place for packets is kept as a packet.
  const kind = !looksLikeVep(bytes) && bytes[0] === 0x7b ? 'capsule' : 'vep';
  return { bytes, kind, role, ...(root === null ? {} : { root }) };
}

/** Findings on all that the agent wrote, each code once. */
export function agentFindings(id: string, request: Request | null): Finding[] {
  const byCode = new Map<string, Finding>();
  const add = (finding: Finding) => {
    if (!byCode.has(finding.code)) byCode.set(finding.code, finding);
  };
  for (const finding of textFindings(id)) if (!SAID_OF_IDS.has(finding.code)) add(finding);
  if (request === null) return [...byCode.values()];
  const { agent_name, action, target, amount, policy, policy_text, reference, explanation } = request;
  for (const text of [agent_name, action, target, amount, policy, policy_text, reference, explanation]) {
    if (text !== undefined) for (const finding of textFindings(text)) add(finding);
  }
  return [...byCode.values()];
}

function asFinding(code: ImportCode): Finding {
  return { code, message: describeImportCode(code).message };
}
