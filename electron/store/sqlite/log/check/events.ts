import { sql } from 'kysely';
import { LedgerEvent } from '../../../../../shared/domain/ledger-event.ts';
import { commitment, leafHash } from '../../../../audit/log/leaf.ts';
import { equalBytes } from '../../../../audit/log/merkle.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { hex } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { parsed, unless } from './failure.ts';

/** A row of the log as it lies in the store. */
interface StoredEvent {
  readonly event_id: number;
  readonly tenant_id: number;
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

/** An event with what its leaf says, null where that has no form that this desk knows, and what is kept beside it. */
export interface ReadEvent extends StoredEvent {
  readonly said: LedgerEvent | null;
  readonly fields: readonly StoredField[];
}

/** The tenant's events from `from` on, at most `limit`. */
export function eventsFrom(db: Reader, tenantId: number, from: number, limit: number): ReadEvent[] {
  return read(db, db.all(fromSeq, { tenantId, from, limit }));
}

/** The tenant's events of a kind. */
export function eventsOfKind(db: Reader, tenantId: number, kind: string): ReadEvent[] {
  return read(db, db.all(ofKind, { tenantId, kind }));
}

/** All events of these escalations, in the order of the log; those of `known`, read on the same snapshot, are not read again. */
export function eventsAbout(db: Reader, escalationIds: readonly number[], known: readonly ReadEvent[]): ReadEvent[] {
  const events = new Map(known.map((event) => [event.event_id, event]));
  const about = db.all(ofEscalations, { ids: JSON.stringify(escalationIds) }).map(({ event_id }) => event_id);
  const others = about.filter((id) => !events.has(id));
  for (const event of read(db, others.length === 0 ? [] : db.all(numbered, { ids: JSON.stringify(others) })))
    events.set(event.event_id, event);
  return about.flatMap((id) => events.get(id) ?? []);
}

function read(db: Reader, events: readonly StoredEvent[]): ReadEvent[] {
  const ids = JSON.stringify(events.map(({ event_id }) => event_id));
  const fields = grouped(db.all(fieldsOfEvents, { ids }), ({ event_id }) => event_id);
  return events.map((event) => {
    const said = LedgerEvent.safeParse(parsed(event.leaf));
    return { ...event, said: said.success ? said.data : null, fields: fields.get(event.event_id) ?? [] };
  });
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
export function checkEvent({ uid }: TenantRow, event: ReadEvent, expected: number): LogFailure[] {
  const { said, fields } = event;
  const place = `event ${event.seq}`;
  const missing = unless(event.seq === expected, `event ${expected}`, 'EVENT_MISSING', 'There is no such event.');
  const hashes = unless(
    equalBytes(leafHash(event.leaf), event.leaf_sha256),
    place,
    'LEAF_HASH',
    'The leaf does not have the hash that is kept for it.',
  );
  if (said === null) {
    const detail = 'The leaf is of no form that this desk knows.';
    return [...missing, ...hashes, { place, code: 'EVENT_FORM', detail }];
  }
  return [...missing, ...hashes, ...checkColumns(event, said, uid), ...checkFields(place, said, fields)];
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

const rows = queries
  .selectFrom('ledger_events')
  .select(['event_id', 'tenant_id', 'seq', 'escalation_id', 'leaf', 'leaf_sha256', 'kind']);
const fromSeq = statement<{ tenantId: number; from: number; limit: number }>()((arg) =>
  rows.where('tenant_id', '=', arg.tenantId).where('seq', '>=', arg.from).orderBy('seq').limit(arg.limit),
);
const ofKind = statement<{ tenantId: number; kind: string }>()((arg) =>
  rows.where('tenant_id', '=', arg.tenantId).where('kind', '=', arg.kind).orderBy('seq'),
);
const numbered = statement<{ ids: string }>()((arg) =>
  rows.where(sql<boolean>`event_id IN (SELECT value FROM json_each(${arg.ids}))`),
);
const ofEscalations = statement<{ ids: string }>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select('event_id')
    .where(sql<boolean>`escalation_id IN (SELECT value FROM json_each(${arg.ids}))`)
    .orderBy('escalation_id')
    .orderBy('seq'),
);
const fieldsOfEvents = statement<{ ids: string }>()((arg) =>
  queries
    .selectFrom('event_fields')
    .select(['event_id', 'name', 'salt', 'value'])
    .where(sql<boolean>`event_id IN (SELECT value FROM json_each(${arg.ids}))`),
);
