import { sql } from 'kysely';
import { LedgerEvent } from '../../../../../shared/domain/ledger-event.ts';
import { commitment, leafHash } from '../../../../audit/leaf.ts';
import { equalBytes } from '../../../../audit/merkle.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { hex } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { parsed, unless } from './failure.ts';

/** A row of the log as it lies in the store. */
export interface StoredEvent {
  readonly event_id: number;
  readonly seq: number;
  readonly escalation_id: number | null;
  readonly leaf: Uint8Array;
  readonly leaf_sha256: Uint8Array;
  readonly kind: string;
}

export interface StoredField {
  readonly event_id: number;
  readonly name: string;
  readonly salt: Uint8Array;
  readonly value: Uint8Array;
}

/** The tenant's events from `from` on, at most `limit`. */
export function eventsFrom(db: Reader, tenantId: number, from: number, limit: number): StoredEvent[] {
  return db.all(fromSeq, { tenantId, from, limit });
}

/** What is kept beside events, by the event's number in the store. */
export function fieldsOf(db: Reader, events: readonly { event_id: number }[]): Map<number, StoredField[]> {
  const ids = JSON.stringify(events.map(({ event_id }) => event_id));
  return grouped(db.all(fieldsOfEvents, { ids }), ({ event_id }) => event_id);
}

/** Rows by what `key` says of each, in their order. */
export function grouped<R>(rows: readonly R[], key: (row: R) => number): Map<number, R[]> {
  const groups = new Map<number, R[]>();
  for (const row of rows) {
    const known = groups.get(key(row));
    if (known === undefined) groups.set(key(row), [row]);
    else known.push(row);
  }
  return groups;
}

/**
 * One event by itself: it stands at `expected`, its leaf has its hash and is of a known form, the columns beside it say
 * what it says, and what is kept of its fields is what it committed to.
 */
export function checkEvent(
  { uid }: TenantRow,
  event: StoredEvent,
  fields: readonly StoredField[],
  expected: number,
): LogFailure[] {
  const place = `event ${event.seq}`;
  const missing = unless(event.seq === expected, `event ${expected}`, 'EVENT_MISSING', 'There is no such event.');
  const hashes = unless(
    equalBytes(leafHash(event.leaf), event.leaf_sha256),
    place,
    'LEAF_HASH',
    'The leaf does not have the hash that is kept for it.',
  );
  const leaf = LedgerEvent.safeParse(parsed(event.leaf));
  if (!leaf.success) {
    const detail = 'The leaf is of no form that this desk knows.';
    return [...missing, ...hashes, { place, code: 'EVENT_FORM', detail }];
  }
  return [...missing, ...hashes, ...checkColumns(event, leaf.data, uid), ...checkFields(place, leaf.data, fields)];
}

function checkColumns(event: StoredEvent, leaf: LedgerEvent, uid: string): LogFailure[] {
  const place = `event ${event.seq}`;
  const said = { seq: leaf.seq === String(event.seq), tenant: leaf.tenant === uid, kind: leaf.kind === event.kind };
  const about = 'event' in leaf === (event.escalation_id !== null);
  const other = Object.entries({ ...said, escalation_id: about }).find(([, holds]) => !holds)?.[0];
  return unless(other === undefined, place, 'EVENT_DIFFERS', `The leaf does not say what stands beside it (${other}).`);
}

function checkFields(place: string, leaf: LedgerEvent, fields: readonly StoredField[]): LogFailure[] {
  const committed: Readonly<Record<string, string | undefined>> = leaf.fields;
  const wrong = fields.find(({ name, salt, value }) => committed[name] !== hex(commitment(salt, value)));
  const detail = `What is kept as ${wrong?.name} is not what the event committed to.`;
  return unless(wrong === undefined, place, 'FIELD', detail);
}

const fromSeq = statement<{ tenantId: number; from: number; limit: number }>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select(['event_id', 'seq', 'escalation_id', 'leaf', 'leaf_sha256', 'kind'])
    .where('tenant_id', '=', arg.tenantId)
    .where('seq', '>=', arg.from)
    .orderBy('seq')
    .limit(arg.limit),
);
const fieldsOfEvents = statement<{ ids: string }>()((arg) =>
  queries
    .selectFrom('event_fields')
    .select(['event_id', 'name', 'salt', 'value'])
    .where(sql<boolean>`event_id IN (SELECT value FROM json_each(${arg.ids}))`),
);
