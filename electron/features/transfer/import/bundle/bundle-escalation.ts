import { epochMs, isPast } from '../../../../../shared/domain/deadline.ts';
import { describeImportCode, IMPORT_CODES, type ImportCode } from '../../../../../shared/domain/import-codes.ts';
import { type RecordRead, readRecord } from '../../../../../shared/domain/wire/record.ts';
import { MAX_PACKET_BYTES } from '../../../../evidence/packet/wire-form.ts';
import { type BuiltEscalation, buildEscalation } from '../../../../gateways/files/build-escalation.ts';
import {
  asksAbout,
  decidesOn,
  EVENT_BYTES,
  type EventRow,
  readEventRow,
} from '../../../../gateways/files/event-row.ts';
import type { DecisionClaim } from '../../../../gateways/files/reader-protocol.ts';
import type { NewEscalation, NewEvidence, UpstreamDecision } from '../../../../store/ledger-store.ts';
import { fileFacts } from '../../../escalation/evidence-file.ts';
import { sha256Hex } from '../../../writing.ts';
import type { BundledPieces } from './bundle-evidence.ts';
import type { LoggedEscalation, LoggedPiece } from './bundle-log.ts';
import type { LoggedDecision } from './logged-decision.ts';

/** The evidence of one escalation is held in memory together: about as much as a line of JSONL has. */
const ESCALATION_BYTES = 256 * 1024 * 1024;

export interface BundledRecord {
  readonly read: RecordRead;
  /** The record's own text in the bundle. */
  readonly text: Uint8Array;
  /** null where no event of the bundle is about it. */
  readonly told: LoggedEscalation | null;
  /** Codes of the findings that the desk had on it, in its order. */
  readonly codes: readonly string[];
  /** Rows that this desk has of it from before, where the bundle begins later than it does. */
  readonly known: readonly NewEvidence[];
}

export interface BundledEscalation extends BuiltEscalation {
  /** What its decision's event says that only a check of its statement can tell; left out where none was recorded. */
  readonly claim?: DecisionClaim;
}

/**
 * The escalation that a record of a bundle makes with what the bundle's log says of it: its evidence byte for byte where
 * the bundle has it, request and findings from the rows among it as from a ledger, the decision as its event has it. Null
 * where its evidence is larger than the desk takes.
 */
export async function bundledEscalation(
  record: BundledRecord,
  pieces: BundledPieces,
): Promise<BundledEscalation | null> {
  const { read, text, told } = record;
  const came = await evidenceOf(told?.pieces ?? [], pieces);
  if (came === null) return null;
  const evidence = [...record.known, ...came];
  const rows = evidence.filter(({ kind }) => kind === 'source-row');
  const findings = codesOf(read, rows, told?.recordedAt ?? null);
  const ledger = ledgerOf(read, rows, told);
  const built = withSaid(record.codes, buildEscalation({ read: { ...read, findings }, row: text, ledger }));
  const { listPosition: _position, ...row } = built.row;
  const claim = claimOf(told, ledger?.request ?? null);
  return { ...built, row: { ...row, evidence, ...broughtBy(row, told) }, ...(claim === undefined ? {} : { claim }) };
}

/**
 * With what the desk had found and only the source around the record could say, such as that it had no audit event; of all
 * else the desk's word is not needed, and not taken.
 */
function withSaid(said: readonly string[], built: BuiltEscalation): BuiltEscalation {
  const { row, codes } = built;
  const known: ReadonlySet<string> = new Set(codes);
  const missing = said.filter(isOfSource).filter((code) => !known.has(code) && !isVoid(code, row));
  const place = ({ code }: { code: string }) => (said.includes(code) ? said.indexOf(code) : said.length);
  const findings = [...row.findings, ...missing.map(describeFinding)].sort((a, b) => place(a) - place(b));
  return { ...built, codes: [...codes, ...missing], row: { ...row, findings } };
}

/** The store itself says when an id is used again. */
function isOfSource(code: string): code is ImportCode {
  return (
    code !== 'ID_REUSED' && Object.hasOwn(IMPORT_CODES, code) && IMPORT_CODES[code as ImportCode].severity !== 'refused'
  );
}

function isVoid(code: ImportCode, { request }: NewEscalation): boolean {
  return code === 'EVENT_ABSENT' && request !== null;
}

function describeFinding(code: ImportCode) {
  return { code, message: describeImportCode(code).message };
}

function claimOf(told: LoggedEscalation | null, request: EventRow | null): DecisionClaim | undefined {
  if (told?.decision == null) return undefined;
  const { isSigned: signed, isSealed: sealed, statement } = told.decision;
  return { signed, sealed, statement, requestRow: request === null ? null : sha256Hex(request.bytes) };
}

/** What the events say besides the record. */
function broughtBy({ decision, deadlines }: NewEscalation, told: LoggedEscalation | null): Partial<NewEscalation> {
  if (told === null) return {};
  const recordedMs = told.recordedAt === null ? null : epochMs(told.recordedAt);
  return {
    decision: decision === null ? null : decisionOf(decision, told),
    dissents: told.dissents,
    ...(recordedMs === null ? {} : { pastOnArrival: deadlines.some(({ at }) => isPast(at, recordedMs)) }),
  };
}

function decisionOf(came: UpstreamDecision, { decision, cameAs }: LoggedEscalation): UpstreamDecision {
  if (decision !== null) return decidedAtDesk(decision);
  return cameAs === null ? came : { ...came, outcome: cameAs };
}

function decidedAtDesk({
  at,
  statement: _claim,
  isSigned: _s,
  isSealed: _d,
  ...said
}: LoggedDecision): UpstreamDecision {
  return { ...said, decidedAt: at, source: 'desk' };
}

async function evidenceOf(named: readonly LoggedPiece[], pieces: BundledPieces): Promise<NewEvidence[] | null> {
  const evidence: NewEvidence[] = [];
  let unsaid: NewEvidence['role'] = 'escalation';
  let room = ESCALATION_BYTES;
  for (const { sha256, ...said } of eachOnce(named)) {
    const kind = said.kind ?? pieces.kindOf(sha256);
    if (kind === null) continue;
    const size = pieces.sizeOf(sha256);
    room -= size;
    if (room < 0 || size > (kind === 'source-row' ? EVENT_BYTES : MAX_PACKET_BYTES)) return null;
    const bytes = await pieces.bytes(sha256);
    if (bytes === null) continue;
    // Older events do not say the role: there the deciding event's row comes after all that asks, with its packets.
    if (said.role === null && kind === 'source-row' && decides(bytes)) unsaid = 'resolution';
    evidence.push({ bytes, kind, role: said.role ?? unsaid, ...rootOf(kind, bytes) });
  }
  return evidence;
}

/** A log may name a piece in any number of entries. */
function eachOnce(named: readonly LoggedPiece[]): Iterable<LoggedPiece> {
  const first = new Map<string, LoggedPiece>();
  for (const piece of named) {
    const key = `${piece.sha256} ${piece.role}`;
    if (!first.has(key)) first.set(key, piece);
  }
  return first.values();
}

function decides(row: Uint8Array): boolean {
  return readEventRow(row)?.event.type === 'HUMAN_OVERRIDE';
}

function rootOf(kind: NewEvidence['kind'], bytes: Uint8Array): Pick<NewEvidence, 'root'> {
  if (kind !== 'vep' && kind !== 'capsule') return {};
  const { root } = fileFacts(bytes);
  return root === null ? {} : { root };
}

/** What is odd about the record's rows as they came; about the record as the bundle writes it where they are not there. */
function codesOf(read: RecordRead, rows: readonly NewEvidence[], recordedAt: string | null): ImportCode[] {
  const now = recordedAt === null ? null : epochMs(recordedAt);
  const { escalation_id: id, escalation_event_id: event } = read.record;
  const own = rows.flatMap(({ bytes }) => {
    const row = readRecord(bytes, now ?? undefined);
    return row.ok && row.record.escalation_id === id && row.record.escalation_event_id === event ? [row] : [];
  });
  return [...new Set((own.length === 0 ? [read] : own).flatMap(({ findings }) => findings))];
}

/** The rows of the ledger that it came from. Null where there are none: then nobody knows whether there was one. */
function ledgerOf({ record }: RecordRead, rows: readonly NewEvidence[], told: LoggedEscalation | null) {
  const { escalation_id: id, escalation_event_id: eventId, status } = record;
  const events = (role: NewEvidence['role']) =>
    rows
      .filter((row) => row.role === role)
      .flatMap(({ bytes }): EventRow[] => {
        const row = readEventRow(bytes);
        return row === null ? [] : [row];
      });
  const asking = events('escalation').filter((row) => asksAbout(row, id));
  const request =
    asking.find(({ event }) => event.id === eventId) ?? asking.find(({ event }) => event.escalation_id === id);
  const resolution = told?.decision == null ? events('resolution').find((row) => decidesOn(row, id)) : undefined;
  if (request === undefined && resolution === undefined) return null;
  // A bundle has no active list: that a record was on it, or not, is not said anew.
  const listPosition = status === 'ESCALATED' ? 0 : null;
  return { request: request ?? null, resolution: resolution ?? null, listPosition };
}
