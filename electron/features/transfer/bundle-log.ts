import { CarriedStatement } from '../../../shared/domain/carried-statement.ts';
import { Dissent, type EvidenceKind, type EvidenceRole, type Outcome } from '../../../shared/domain/escalation.ts';
import { LedgerEvent, type LedgerEventKind } from '../../../shared/domain/ledger-event.ts';
import type { Archive } from '../../audit/archive/archive-reader.ts';
import { entriesShard, SHARD } from '../../audit/bundle/layout.ts';
import { type Manifest, rangeOf } from '../../audit/bundle/manifest.ts';
import { readCanonical } from '../../audit/log/canonical.ts';
import { type LineField, type OpenField, readEntryLine, readLeaf } from '../../audit/log/entry-line.ts';
import { shardLines } from '../../audit/verify/check-files.ts';

/** A piece of evidence as an event names it; null where events of its version do not say. */
export interface LoggedPiece {
  readonly sha256: string;
  readonly kind: EvidenceKind | null;
  readonly role: EvidenceRole | null;
}

/** A decision as its event has it; what was withheld is not there. */
export interface LoggedDecision {
  readonly outcome: Outcome;
  readonly at: string;
  readonly reasonCode: string;
  readonly reason?: string;
  readonly reviewer?: string;
  readonly vepHash?: string;
  readonly overrides: readonly string[];
  readonly acceptedUnchecked: readonly string[];
  readonly isSigned: boolean;
  readonly isSealed: boolean;
  /** What it is signed by; null where that, or what opens it, is not there. */
  readonly statement: CarriedStatement | null;
}

/** What a bundle's log says of one escalation, event by event. */
export interface LoggedEscalation {
  /** When the desk recorded it; null where that lies outside the bundle. */
  recordedAt: string | null;
  /** How often an escalation of this event was recorded: more than once only where its id was withheld. */
  recordings: number;
  readonly pieces: LoggedPiece[];
  /** What it came decided as, by an import. */
  cameAs: Outcome | null;
  decision: LoggedDecision | null;
  readonly dissents: Dissent[];
}

/** What the log of a bundle says of its escalations, found by event and id. */
export class LoggedEscalations {
  private readonly byEvent = new Map<string, Map<string | null, LoggedEscalation>>();

  /** An id of null was withheld. */
  at(event: string, id: string | null): LoggedEscalation {
    const ids = this.byEvent.get(event) ?? new Map<string | null, LoggedEscalation>();
    this.byEvent.set(event, ids);
    const known = ids.get(id) ?? nothingYet();
    ids.set(id, known);
    return known;
  }

  /** null where no event is about it. Events without an id count where no other escalation has their event id. */
  find(event: string, id: string): LoggedEscalation | null {
    const ids = this.byEvent.get(event);
    const own = ids?.get(id) ?? null;
    const unnamed = ids?.get(null);
    const others = [...(ids?.keys() ?? [])].some((known) => known !== null && known !== id);
    if (unnamed === undefined || others || unnamed.recordings + (own?.recordings ?? 0) > 1) return own;
    return own === null ? unnamed : together(unnamed, own);
  }
}

function nothingYet(): LoggedEscalation {
  return { recordedAt: null, recordings: 0, pieces: [], cameAs: null, decision: null, dissents: [] };
}

/** What rules remove from beside the log they remove from the oldest events first. */
function together(older: LoggedEscalation, newer: LoggedEscalation): LoggedEscalation {
  return {
    recordedAt: older.recordedAt ?? newer.recordedAt,
    recordings: older.recordings + newer.recordings,
    pieces: [...older.pieces, ...newer.pieces],
    cameAs: newer.cameAs ?? older.cameAs,
    decision: newer.decision ?? older.decision,
    dissents: [...older.dissents, ...newer.dissents],
  };
}

const TELLING: ReadonlySet<string> = new Set<LedgerEventKind>([
  'escalation.recorded',
  'escalation.updated',
  'evidence.attached',
  'decision.recorded',
  'dissent.recorded',
]);

/**
 * Reads what the whole entries of a verified bundle say of escalations; entries of kinds or versions that this desk does
 * not know are passed over. Memory grows with the escalations of the bundle. Throws as `content` of the archive does.
 */
export async function readLoggedEscalations(archive: Archive, manifest: Manifest): Promise<LoggedEscalations> {
  const found = new LoggedEscalations();
  const { from, to } = rangeOf(manifest);
  for (let at = from; at < to; at += SHARD) {
    const lines = shardLines(archive, entriesShard((at - from) / SHARD), Math.min(SHARD, to - at), readEntryLine);
    for await (const line of lines) if (line !== null && 'leaf' in line) takeEntry(found, line.leaf, line.fields);
  }
  return found;
}

function takeEntry(found: LoggedEscalations, text: string, fields: readonly LineField[]): void {
  const leaf = readLeaf(text);
  const read = leaf !== null && TELLING.has(leaf.kind) ? LedgerEvent.safeParse(leaf) : null;
  if (read?.success !== true || !('event' in read.data)) return;
  const opened = new OpenedFields(fields);
  const event = read.data;
  if (event.event !== undefined) tell(found.at(event.event, opened.text('escalation_id') ?? null), event, opened);
}

function tell(told: LoggedEscalation, event: LedgerEvent, opened: OpenedFields): void {
  if ('evidence' in event && event.kind !== 'evidence.removed') told.pieces.push(...piecesOf(event));
  if (event.kind === 'escalation.recorded') {
    told.recordedAt ??= event.at;
    told.recordings += 1;
  }
  if (event.kind === 'escalation.recorded' || event.kind === 'escalation.updated')
    told.cameAs = event.outcome ?? told.cameAs;
  if (event.kind === 'decision.recorded') told.decision ??= decisionOf(event, opened);
  const dissent = event.kind === 'dissent.recorded' ? Dissent.safeParse(opened.value('dissent')) : null;
  if (dissent?.success === true) told.dissents.push(dissent.data);
}

type Naming = Extract<LedgerEvent, { evidence: unknown }>;

function piecesOf({ kind, evidence }: Exclude<Naming, { kind: 'evidence.removed' }>): LoggedPiece[] {
  const role = kind === 'decision.recorded' ? 'resolution' : null;
  return evidence.map((piece) => {
    if (typeof piece === 'string') return { sha256: piece, kind: null, role };
    return { sha256: piece.sha256, kind: 'kind' in piece ? piece.kind : null, role: piece.role };
  });
}

type DecisionEvent = Extract<LedgerEvent, { kind: 'decision.recorded' }>;

function decisionOf(event: DecisionEvent, opened: OpenedFields): LoggedDecision {
  const { outcome, at, reason_code: reasonCode, overrides, accepted_unchecked: acceptedUnchecked } = event;
  const [reason, reviewer] = [opened.text('reason'), opened.text('reviewer')];
  const vepHash = event.sealed?.vep_sha256 ?? event.resolution?.vep_hash;
  return {
    outcome,
    at,
    reasonCode,
    overrides,
    acceptedUnchecked,
    isSigned: event.v === 2,
    isSealed: (event.sealed ?? null) !== null,
    statement: statementOf(event, opened),
    ...(reason === undefined ? {} : { reason }),
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(vepHash === undefined ? {} : { vepHash }),
  };
}

/** The signed statement with what opens its commitments; null where a part of that was withheld, or there is none. */
function statementOf(event: DecisionEvent, opened: OpenedFields): CarriedStatement | null {
  if (event.v === 1) return null;
  const [escalation_id, reason, reviewer, policy] = ['escalation_id', 'reason', 'reviewer', 'policy'].map((name) =>
    opened.salt(name),
  );
  const salts = { escalation_id, reason, reviewer, ...(policy === undefined ? {} : { policy }) };
  const read = CarriedStatement.safeParse({ envelope: event.envelope, salts });
  return read.success && (event.fields.policy === undefined || policy !== undefined) ? read.data : null;
}

/** The fields of an entry that were not withheld. */
class OpenedFields {
  private readonly fields: readonly LineField[];

  constructor(fields: readonly LineField[]) {
    this.fields = fields;
  }

  value(name: string): unknown {
    const value = this.find(name)?.value;
    return value === undefined ? undefined : readCanonical(value);
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' ? value : undefined;
  }

  salt(name: string): string | undefined {
    return this.find(name)?.salt;
  }

  private find(name: string): OpenField | undefined {
    return this.fields.find((field): field is OpenField => field.name === name && 'value' in field);
  }
}
