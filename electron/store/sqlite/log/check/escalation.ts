import { instantText } from '../../../../../shared/domain/clock.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { hex, text, uuidText } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { contentOf } from '../../escalation/content.ts';
import type { EscalationRow } from '../../escalation/rows.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { blobFault } from './blobs.ts';
import { checkDecision } from './decision.ts';
import { type Columns, columnsOf, type Limits, otherDerived } from './derived.ts';
import { checkDissents } from './dissents.ts';
import type { PieceRow, WholeEscalation } from './escalation-rows.ts';
import { unless } from './failure.ts';
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
  const columns = columnsOf(row, whole.decisions[0]?.body);
  const [recorded, ...again] = story.of('escalation.recorded');
  if (recorded === undefined) return [];
  return [
    ...unless(again.length === 0, place, 'RECORDED_TWICE', `Event ${again[0]?.seq} records it again.`),
    ...story.others.map((other) => ({ place, code: 'OTHER_TENANT', detail: `Event ${other} is another tenant's.` })),
    ...checkIdentity(row, story),
    ...checkDerived(place, checking, { ...whole, row, columns }, recorded),
    ...checkDecision(`decisions of event ${seq}`, columns, whole.decisions, story),
    ...checkDissents(`dissents of event ${seq}`, whole.dissents, story),
    ...checkEvidence(`evidence of event ${seq}`, checking, whole.evidence, story),
    // Last, as it says the least of where.
    ...checkContent(place, { ...whole, row }, story),
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

function checkContent(place: string, { row, decisions }: WithRow, story: Story): LogFailure[] {
  const last = story.content();
  const decision = decisions.find(({ n }) => n === 0)?.body ?? null;
  const same = last === null || last.content === contentOf(row, decision);
  return unless(same, place, 'CONTENT', `It is not what event ${last?.seq} committed to.`);
}

function checkDerived(
  place: string,
  { limits }: Checking,
  { row, columns, evidence }: WithRow & { readonly columns: Columns | null },
  recorded: ToldOf<'escalation.recorded'>,
): LogFailure[] {
  if (columns === null) return [{ place, code: 'UNREADABLE', detail: 'A column of it holds no JSON.' }];
  const { escalation_id, escalation_event_id } = columns.record;
  const same = escalation_id === text(row.id) && escalation_event_id === uuidText(row.event);
  const other = otherDerived(row, { columns, evidence, recorded: recorded.leaf, limits });
  return [
    ...unless(same, place, 'CONTENT', 'Its record is of another escalation.'),
    ...unless(other === null, place, 'DERIVED', `Its ${other} does not follow from the rest.`),
  ];
}

function checkEvidence(
  place: string,
  { db, tenant }: Checking,
  evidence: readonly PieceRow[],
  story: Story,
): LogFailure[] {
  const [named, removed] = [story.pieces(), story.removed()];
  const length = Math.max(evidence.length, named.length);
  return Array.from({ length }, (_, n) => n).flatMap((n): LogFailure[] => {
    const [piece, event] = [evidence[n], named[n]];
    if (event === undefined) return [{ place, code: 'ROW_WITHOUT_EVENT', detail: `No event attached piece ${n + 1}.` }];
    if (piece === undefined)
      return [{ place, code: 'ROW_MISSING', detail: `A piece that event ${event.seq} attached is not there.` }];
    const gone = removed.get(`${event.sha256} ${piece.role}`) ?? null;
    const fault = otherPiece(piece, event, tenant.tenantId) ?? keptFault(db, piece, gone);
    return unless(fault === null, place, 'EVIDENCE', `Piece ${n + 1}, of event ${event.seq}: ${fault}`);
  });
}

/** What is wrong with its bytes, or, where an event removed them, with what is left. */
function keptFault(db: Reader, piece: PieceRow, gone: { at: string; bytes: number } | null): string | null {
  const said = piece.removed_ms === null ? null : instantText(piece.removed_ms);
  if (said !== (gone?.at ?? null)) return 'Whether its bytes were removed, and when, is not what the events say.';
  if (gone === null) return blobFault(db, piece);
  if (piece.sha256 === null) return 'Its hash is not there.';
  return piece.size === gone.bytes ? null : 'Its size is not the one that was removed.';
}

/** What the row says otherwise than the event that attached it. */
function otherPiece(piece: PieceRow, { sha256, kind, role, root }: NamedPiece, tenantId: number): string | null {
  if (piece.sha256 === null) return null;
  const same = {
    tenant: piece.tenant_id === tenantId,
    SHA256: hex(piece.sha256) === sha256,
    kind: kind === undefined || piece.kind === kind,
    role: role === undefined || piece.role === role,
    root: kind === undefined || rootText(piece.root) === (root ?? null),
  };
  const other = Object.entries(same).find(([, holds]) => !holds)?.[0];
  return other === undefined ? null : `Its ${other} is another.`;
}
