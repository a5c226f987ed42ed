import type { CarriedStatement } from '../../../../shared/domain/carried-statement.ts';
import { decodeHex, encodeHex } from '../../../../shared/domain/hex.ts';
import { parseInstant } from '../../../../shared/domain/instant.ts';
import { commitment } from '../../../audit/log/leaf.ts';
import {
  type DecisionPredicate,
  type DecisionStatement,
  readDecision,
} from '../../../audit/statement/decision-statement.ts';
import { type Envelope, readOwnEnvelope, signersOf } from '../../../audit/statement/dsse.ts';
import { jcs } from '../../../evidence/json/jcs.ts';
import { readEventRow } from '../../../gateways/files/event-row.ts';
import type { NewEscalation, NewEvidence } from '../../../store/ledger-store.ts';
import { sha256Hex } from '../../writing.ts';

/** The statement that a decision holds by, or why it does not: the end of a sentence that begins with `Its statement`. */
export type StatementCheck =
  | { readonly holds: true; readonly statement: DecisionStatement }
  | { readonly holds: false; readonly why: string };

/**
 * Whether the statement that came with a decision of a desk is one of this very decision: in the form that desks write, of a
 * known version, signed by the key that it names (Ed25519 by the strict rule), and saying of the escalation, its record and
 * its decision what they say, with the salts that open its commitments. `requestRow` is the SHA-256 of the row that the
 * request was read from, null where it came without: it must be the one that was decided on.
 *
 * Nothing is asked of who the key's owner is: a statement that holds was signed by somebody, and is not verified (I6).
 */
export function checkImportedStatement(
  row: NewEscalation,
  { envelope: written, salts }: CarriedStatement,
  requestRow: string | null,
): StatementCheck {
  const envelope = readOwnEnvelope(jcs(written));
  if (envelope === null) return refuse('is in no form that a desk writes');
  const read = readDecision(envelope);
  if (!read.ok)
    return refuse(read.code === 'UNKNOWN_STATEMENT' ? 'is of an unknown version' : 'does not fit its schema');
  const { statement } = read;
  const differs = differingMember(row, statement) ?? unopened(row, statement.predicate, salts);
  if (differs !== null) return refuse(`is of another decision: it says another ${differs}`);
  if (!isOfRequest(row, statement, requestRow)) return refuse('was made on another request');
  if (!isSigned(envelope, statement.predicate)) return refuse('is not signed by the key that it names');
  return { holds: true, statement };
}

function refuse(why: string): StatementCheck {
  return { holds: false, why };
}

/** By the very key, which the envelope names, too: no byte of it is left that could be another. */
function isSigned(envelope: Envelope, { key, decided_at }: DecisionPredicate): boolean {
  const at = parseInstant(decided_at);
  const publicKey = decodeHex(key);
  if (at === null || at.leapSecond || publicKey === null || envelope.signatures[0]?.keyid !== key) return false;
  return signersOf(envelope, [publicKey]).length === 1;
}

/** The first of what the line says openly that the statement says otherwise. */
function differingMember({ record, decision }: NewEscalation, statement: DecisionStatement): string | null {
  if (decision === null) return 'outcome';
  const { predicate } = statement;
  const packet = resolutionOf(statement);
  const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
    source: [decision.source, 'desk'],
    event: [record.escalation_event_id, predicate.event],
    outcome: [decision.outcome, predicate.outcome],
    'reason code': [decision.reasonCode, predicate.reason_code],
    time: [decision.decidedAt, predicate.decided_at],
    overrides: [decision.overrides ?? [], predicate.overrides],
    'list of what was unchecked': [decision.acceptedUnchecked ?? [], predicate.accepted_unchecked],
    packet: [decision.vepHash ?? null, packet],
    record: [recordOf(record), decidedRecord(predicate, packet)],
  };
  return Object.entries(pairs).find(([, [ours, said]]) => !isSame(ours, said))?.[0] ?? null;
}

/** What a desk makes of a record that it decides. */
function decidedRecord({ outcome, decided_at }: DecisionPredicate, packet: string | null) {
  const approved = outcome === 'approved';
  return [approved ? 'RESOLVED' : 'EXPIRED', approved ? packet : null, decided_at];
}

function recordOf({ status, resolution_vep_hash, timestamp }: NewEscalation['record']) {
  return [status, resolution_vep_hash ?? null, timestamp];
}

/** null where it names none; two would be none that a desk writes, and equal no hash. */
function resolutionOf({ subject }: DecisionStatement): string | null {
  const packets = named(subject, (name) => name === 'resolution');
  return packets.length === 0 ? null : packets.join(' ');
}

/** The first commitment that the line's value does not open with the salt that came. */
function unopened(
  { record, decision, request }: NewEscalation,
  predicate: DecisionPredicate,
  salts: CarriedStatement['salts'],
): string | null {
  const opens = (salt: string | undefined, value: string | undefined, committed: string) => {
    const bytes = decodeHex(salt ?? '');
    if (bytes === null || value === undefined) return false;
    return encodeHex(commitment(bytes, jcs(value))) === committed;
  };
  if (!opens(salts.escalation_id, record.escalation_id, predicate.escalation_id)) return 'id';
  if (!opens(salts.reason, decision?.reason, predicate.reason)) return 'reason';
  if (!opens(salts.reviewer, decision?.reviewer, predicate.reviewer)) return 'reviewer';
  if (predicate.policy === null) return salts.policy === undefined ? null : 'policy';
  return opens(salts.policy, request?.policy, predicate.policy) ? null : 'policy';
}

/**
 * Whether the request is the one that the decision was made on: the row that it was read from is the statement's subject, or
 * (of older desks, which named the record's row in its place) among the evidence that was shown. A request that came after
 * the decision is another matter: then all that was shown is there, and none of it is an audit event's row.
 */
function isOfRequest({ evidence }: NewEscalation, { subject }: DecisionStatement, requestRow: string | null): boolean {
  const [event, ...others] = named(subject, (name) => name === 'escalation-event');
  if (event === undefined || others.length > 0) return false;
  if (event === requestRow) return true;
  const shown = named(subject, (name) => name.startsWith('evidence/'));
  const kept = evidence.map((piece) => ({ ...piece, sha256: sha256Hex(piece.bytes) }));
  const isEvent = ({ kind, role, bytes }: NewEvidence) =>
    kind === 'source-row' && role === 'escalation' && readEventRow(bytes) !== null;
  const decidedOn = kept.find(({ sha256 }) => sha256 === event);
  if (shown.includes(event) && (decidedOn === undefined || isEvent(decidedOn))) return false;
  if (requestRow !== null && shown.includes(requestRow)) return true;
  const all = kept.filter(({ sha256 }) => shown.includes(sha256));
  return new Set(all.map(({ sha256 }) => sha256)).size === new Set(shown).size && !all.some(isEvent);
}

function named(subject: DecisionStatement['subject'], is: (name: string) => boolean): string[] {
  return subject.filter(({ name }) => is(name)).map(({ digest }) => digest.sha256);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
