import {
  Dissent,
  type EvidenceKind,
  type EvidenceRole,
  type Outcome,
} from '../../../../../shared/domain/escalation.ts';
import { LedgerEvent, type LedgerEventKind } from '../../../../../shared/domain/ledger-event.ts';
import { contentPlace } from '../../../../audit/archive/archive-form.ts';
import type { Archive } from '../../../../audit/archive/archive-reader.ts';
import type { ByteSource } from '../../../../audit/archive/byte-source.ts';
import { splitLines } from '../../../../audit/archive/lines.ts';
import { entriesShard, SHARD } from '../../../../audit/bundle/layout.ts';
import { type Manifest, rangeOf } from '../../../../audit/bundle/manifest.ts';
import { readEntryLine, readLeaf } from '../../../../audit/log/entry-line.ts';
import { type LoggedDecision, loggedDecision, OpenedFields } from './logged-decision.ts';

/** A piece of evidence as an event names it; null where events of its version do not say. */
export interface LoggedPiece {
  readonly sha256: string;
  readonly kind: EvidenceKind | null;
  readonly role: EvidenceRole | null;
}

/** What a bundle's log says of one escalation. */
export interface LoggedEscalation {
  /** When the desk recorded it; null where that lies outside the bundle. */
  readonly recordedAt: string | null;
  readonly pieces: readonly LoggedPiece[];
  /** What it came decided as, by an import. */
  readonly cameAs: Outcome | null;
  readonly decision: LoggedDecision | null;
  readonly dissents: readonly Dissent[];
}

/** Where an entry's line lies in the bundle. */
interface Place {
  readonly at: number;
  readonly length: number;
}

/** Of an escalation, what is kept until its record comes: a statement is long, so that of decisions it is their places. */
interface Told {
  recordedAt: string | null;
  /** More than one only where its id was withheld. */
  recordings: number;
  readonly pieces: LoggedPiece[];
  cameAs: Outcome | null;
  decision: Place | null;
  readonly dissents: Place[];
}

/** What the log of a bundle says of its escalations, found by event and id. */
export class LoggedEscalations {
  private readonly source: ByteSource;
  private readonly byEvent = new Map<string, Map<string | null, Told>>();

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Takes what an entry says; of kinds and versions that this desk does not know nothing. */
  take(line: Uint8Array | null, place: Place): void {
    const entry = entryOf(line);
    if (entry === null) return;
    const { event, opened } = entry;
    tell(this.of(event.event, opened.text('escalation_id') ?? null), event, place);
  }

  /** null where no event is about it. Events without an id count where no other escalation has their event id. */
  async find(event: string, id: string): Promise<LoggedEscalation | null> {
    const ids = this.byEvent.get(event);
    const own = ids?.get(id) ?? null;
    const unnamed = ids?.get(null);
    if (unnamed === undefined) return this.whole(own);
    const others = (ids?.size ?? 0) > (own === null ? 1 : 2);
    if (others || unnamed.recordings + (own?.recordings ?? 0) > 1) return this.whole(own);
    return this.whole(own === null ? unnamed : together(unnamed, own));
  }

  private of(event: string, id: string | null): Told {
    const ids = this.byEvent.get(event) ?? new Map<string | null, Told>();
    this.byEvent.set(event, ids);
    const known = ids.get(id) ?? nothingYet();
    ids.set(id, known);
    return known;
  }

  private async whole(told: Told | null): Promise<LoggedEscalation | null> {
    if (told === null) return null;
    const decided = told.decision === null ? null : await this.read(told.decision);
    const decision = decided?.event.kind === 'decision.recorded' ? loggedDecision(decided.event, decided.opened) : null;
    const dissents: Dissent[] = [];
    for (const place of told.dissents) {
      const dissent = Dissent.safeParse((await this.read(place))?.opened.value('dissent'));
      if (dissent.success) dissents.push(dissent.data);
    }
    return { ...told, decision, dissents };
  }

  private async read({ at, length }: Place): Promise<Entry | null> {
    return entryOf(await this.source.read(at, length));
  }
}

function nothingYet(): Told {
  return { recordedAt: null, recordings: 0, pieces: [], cameAs: null, decision: null, dissents: [] };
}

/** What rules remove from beside the log they remove from the oldest events first. */
function together(older: Told, newer: Told): Told {
  return {
    recordedAt: older.recordedAt ?? newer.recordedAt,
    recordings: older.recordings + newer.recordings,
    pieces: [...older.pieces, ...newer.pieces],
    cameAs: newer.cameAs ?? older.cameAs,
    decision: newer.decision ?? older.decision,
    dissents: [...older.dissents, ...newer.dissents],
  };
}

/**
 * Reads what the whole entries of a verified bundle say of its escalations. Memory grows with these and with the evidence
 * that they name. Throws as `content` of the archive does.
 */
export async function readLoggedEscalations(
  archive: Archive,
  source: ByteSource,
  manifest: Manifest,
): Promise<LoggedEscalations> {
  const found = new LoggedEscalations(source);
  const { from, to } = rangeOf(manifest);
  for (let n = 0; n * SHARD < to - from; n += 1) {
    const shard = archive.files.get(entriesShard(n));
    if (shard === undefined) continue;
    let { at } = contentPlace(shard);
    for await (const line of splitLines(archive.content(shard))) {
      const length = line?.length ?? 0;
      found.take(line, { at, length });
      at += length + 1;
    }
  }
  return found;
}

const TELLING = [
  'escalation.recorded',
  'escalation.updated',
  'evidence.attached',
  'decision.recorded',
  'dissent.recorded',
] as const satisfies LedgerEventKind[];
type Telling = Extract<LedgerEvent, { kind: (typeof TELLING)[number] }>;
interface Entry {
  readonly event: Telling;
  readonly opened: OpenedFields;
}

/** null for what tells nothing of an escalation. */
function entryOf(line: Uint8Array | null): Entry | null {
  const entry = readEntryLine(line);
  const leaf = entry === null || 'hash' in entry ? null : readLeaf(entry.leaf);
  if (entry === null || 'hash' in entry || leaf === null || !TELLING.some((kind) => kind === leaf.kind)) return null;
  const event = LedgerEvent.safeParse(leaf);
  return event.success ? { event: event.data as Telling, opened: new OpenedFields(entry.fields) } : null;
}

function tell(told: Told, event: Telling, place: Place): void {
  if (event.kind === 'dissent.recorded') {
    told.dissents.push(place);
    return;
  }
  told.pieces.push(...piecesOf(event));
  if (event.kind === 'decision.recorded') told.decision ??= place;
  if (event.kind === 'escalation.recorded') {
    told.recordedAt ??= event.at;
    told.recordings += 1;
  }
  if (event.kind === 'escalation.recorded' || event.kind === 'escalation.updated')
    told.cameAs = event.outcome ?? told.cameAs;
}

function piecesOf({ kind, evidence }: Exclude<Telling, { kind: 'dissent.recorded' }>): LoggedPiece[] {
  const role = kind === 'decision.recorded' ? 'resolution' : null;
  return evidence.map((piece) => {
    if (typeof piece === 'string') return { sha256: piece, kind: null, role };
    return { sha256: piece.sha256, kind: 'kind' in piece ? piece.kind : null, role: piece.role };
  });
}
