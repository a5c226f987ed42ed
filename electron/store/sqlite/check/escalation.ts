import type { WireRecord } from '../../../../shared/domain/escalation.ts';
import type { LogFailure } from '../../ledger-store.ts';
import { hex, text, unbody, uuidText } from '../bytes.ts';
import type { Reader } from '../connection.ts';
import { arrivalDigest, type ContentColumns, contentOf } from '../content.ts';
import type { EscalationRow } from '../rows.ts';
import type { TenantRow } from '../tenants.ts';
import { blobFault } from './blobs.ts';
import { checkDecision } from './decision.ts';
import { type Limits, otherDerived } from './derived.ts';
import { checkDissents } from './dissents.ts';
import type { NumberedRow, PieceRow, WholeEscalation } from './escalation-rows.ts';
import { parsed, unless } from './failure.ts';
import { type NamedPiece, rootText, Story, type ToldOf } from './told.ts';

/** Where and in what an escalation's check stands. */
export interface Checking {
  readonly db: Reader;
  readonly tenant: TenantRow;
  readonly limits: Limits;
}

/**
 * One escalation against all its events: the row, its decision, its dissents and its evidence with their bytes are what
 * the events say, no more and no less. `seq` is the event that recorded it.
 */
export function checkEscalation(checking: Checking, seq: number, whole: WholeEscalation): LogFailure[] {
  const { row, events } = whole;
  const place = `escalations of event ${seq}`;
  if (row === undefined || row.tenant_id !== checking.tenant.tenantId)
    return [{ place, code: 'ROW_MISSING', detail: 'The escalation that the event recorded is not there.' }];
  const story = new Story(events, row.tenant_id);
  const [recorded, ...again] = story.of('escalation.recorded');
  if (recorded === undefined) return [];
  return [
    ...unless(again.length === 0, place, 'RECORDED_TWICE', `Event ${again[0]?.seq} records it again.`),
    ...story.others.map((other) => ({ place, code: 'OTHER_TENANT', detail: `Event ${other} is another tenant's.` })),
    ...checkIdentity(row, story),
    ...checkContent(place, { ...whole, row }, story),
    ...checkDerived(place, checking, { ...whole, row }, recorded),
    ...checkDecision(`decisions of event ${seq}`, row, whole.decisions, story),
    ...checkDissents(`dissents of event ${seq}`, whole.dissents, story),
    ...checkEvidence(`evidence of event ${seq}`, checking, whole.evidence, story.pieces()),
  ];
}

type WithRow = WholeEscalation & { readonly row: EscalationRow };

/** Each event is about this escalation. */
function checkIdentity(row: EscalationRow, story: Story): LogFailure[] {
  const [id, event] = [text(row.id), uuidText(row.event)];
  return story.told.flatMap(({ seq, leaf, value }) => {
    const named = value('escalation_id');
    const same = 'event' in leaf && leaf.event === event && (named === undefined || named === id);
    return unless(same, `event ${seq}`, 'OTHER_ESCALATION', 'It is about another escalation than the one beside it.');
  });
}

function checkContent(place: string, { row, decisions, dissents }: WithRow, story: Story): LogFailure[] {
  const last = story.content();
  if (last === null) return [];
  const columns: ContentColumns = { ...row, decision: decisions.find(({ n }) => n === 0)?.body ?? null };
  const now = contentOf(columns);
  const names = Object.keys(now) as (keyof ContentColumns)[];
  const other = names.find((name) => now[name] !== last.content[name]);
  const where = other === 'decision' ? place.replace('escalations', 'decisions') : place;
  return [
    ...unless(other === undefined, where, 'CONTENT', `Its ${other} is not what event ${last.seq} committed to.`),
    ...checkArrival(place, row, dissents, story),
  ];
}

/** What never changes from when it was recorded; dissents with events of their own came later. */
function checkArrival(place: string, row: EscalationRow, dissents: readonly NumberedRow[], story: Story): LogFailure[] {
  const content = story.of('escalation.recorded')[0]?.value('content') as { arrival?: string } | undefined;
  if (content === undefined) return [];
  const brought = dissents.slice(0, Math.max(0, dissents.length - story.of('dissent.recorded').length));
  const now = arrivalDigest(
    row,
    brought.map(({ body }) => body),
  );
  return unless(
    now === content.arrival,
    place,
    'CONTENT',
    'How it came, or what came with it, is not what was recorded.',
  );
}

function checkDerived(
  place: string,
  { limits }: Checking,
  whole: WithRow,
  recorded: ToldOf<'escalation.recorded'>,
): LogFailure[] {
  const { row, decisions, evidence } = whole;
  const readable = [row.record, row.deadlines, row.findings].every((one) => parsed(one) !== undefined);
  if (!readable) return [{ place, code: 'UNREADABLE', detail: 'A column of it holds no JSON.' }];
  const { escalation_id, escalation_event_id } = unbody<WireRecord>(row.record);
  const same = escalation_id === text(row.id) && escalation_event_id === uuidText(row.event);
  const other = otherDerived(row, { decision: decisions[0]?.body ?? null, evidence, recorded: recorded.leaf, limits });
  return [
    ...unless(same, place, 'CONTENT', 'Its record is of another escalation.'),
    ...unless(other === null, place, 'DERIVED', `Its ${other} does not follow from the rest.`),
  ];
}

function checkEvidence(
  place: string,
  { db, tenant }: Checking,
  evidence: readonly PieceRow[],
  named: readonly NamedPiece[],
): LogFailure[] {
  const length = Math.max(evidence.length, named.length);
  return Array.from({ length }, (_, n) => n).flatMap((n): LogFailure[] => {
    const [piece, event] = [evidence[n], named[n]];
    if (event === undefined) return [{ place, code: 'ROW_WITHOUT_EVENT', detail: `No event attached piece ${n + 1}.` }];
    if (piece === undefined)
      return [{ place, code: 'ROW_MISSING', detail: `A piece that event ${event.seq} attached is not there.` }];
    const fault = otherPiece(piece, event, tenant.tenantId) ?? blobFault(db, piece);
    return unless(fault === null, place, 'EVIDENCE', `Piece ${n + 1}, of event ${event.seq}: ${fault}`);
  });
}

/** What the row says otherwise than the event that attached it. */
function otherPiece(piece: PieceRow, { sha256, kind, role, root }: NamedPiece, tenantId: number): string | null {
  if (piece.sha256 === null) return null;
  const same = {
    tenant: piece.tenant_id === tenantId,
    SHA256: hex(piece.sha256) === sha256,
    kind: kind === undefined || piece.kind === kind,
    role: role === undefined || piece.role === role,
    root: root === undefined || rootText(piece.root) === root,
  };
  const other = Object.entries(same).find(([, holds]) => !holds)?.[0];
  return other === undefined ? null : `Its ${other} is another.`;
}
