import type { EscalationKey } from '../../../../shared/domain/escalation.ts';
import type { LoggedEvent, LoggedRow } from '../../ledger-store.ts';
import { text, uuidText } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { requireTenant } from '../tenant/tenants.ts';

/** Events in one answer of a range. */
const BATCH = 500;

/**
 * LedgerStore.logRows. Each kind has its own span of the index, so that a page costs the same however rare a kind is.
 * NOT_FOUND (tenant).
 */
export function logRows(
  db: Reader,
  query: { tenant: string; kinds?: readonly string[]; before?: number; limit: number },
): LoggedRow[] {
  const { tenantId } = requireTenant(db, query.tenant);
  const page = { tenantId, before: query.before ?? Number.MAX_SAFE_INTEGER, limit: query.limit };
  if (query.kinds === undefined) return db.all(newest, page).map(toLoggedRow);
  const rows = [...new Set(query.kinds)].flatMap((kind) => db.all(newestOfKind, { ...page, kind }));
  return rows
    .sort((a, b) => b.seq - a.seq)
    .slice(0, query.limit)
    .map(toLoggedRow);
}

/** LedgerStore.logEvent. NOT_FOUND (tenant). */
export function logEvent(db: Reader, tenant: string, seq: number): LoggedEvent | null {
  return eventsBetween(db, tenant, seq, seq + 1)[0] ?? null;
}

/** The first of the events from `from` to before `to`, in order, at most 500, with `next` where the rest begins. */
export function logRangeAfter(
  db: Reader,
  tenant: string,
  { from, to }: { from: number; to: number },
): { events: LoggedEvent[]; next: number | null } {
  const end = Math.min(to, from + BATCH);
  const events = eventsBetween(db, tenant, from, end);
  return { events, next: events.length === 0 || end === to ? null : end };
}

function eventsBetween(db: Reader, tenant: string, from: number, to: number): LoggedEvent[] {
  const { tenantId } = requireTenant(db, tenant);
  const kept = new Map<number, KeptField[]>();
  for (const field of db.all(fieldsBetween, { tenantId, from, to })) {
    const known = kept.get(field.seq);
    if (known === undefined) kept.set(field.seq, [field]);
    else known.push(field);
  }
  return db.all(between, { tenantId, from, to }).map((row) => toLoggedEvent(tenant, row, kept.get(row.seq) ?? []));
}

function toLoggedEvent(tenant: string, row: EventRow & KeyColumns, kept: readonly KeptField[]): LoggedEvent {
  const { fields = {} } = JSON.parse(text(row.leaf)) as { fields?: Readonly<Record<string, string>> };
  const valueFor = (name: string) => kept.find((field) => field.name === name)?.value ?? null;
  return {
    ...toLoggedRow({ ...row, about: valueFor('escalation_id'), actor: valueFor('actor') }),
    fields: Object.keys(fields).map((name) => {
      const field = kept.find((one) => one.name === name);
      return { name, salt: field?.salt ?? null, value: field?.value ?? null };
    }),
    key: keyOf(tenant, row),
  };
}

function keyOf(tenant: string, { id, event }: KeyColumns): EscalationKey | null {
  return id === null || event === null ? null : { tenant, id: text(id), event: uuidText(event) };
}

function toLoggedRow({ seq, leaf, leaf_sha256: leafSha256, about, actor }: NamedRow): LoggedRow {
  return {
    seq,
    leaf,
    leafSha256,
    escalationId: about === null ? null : (JSON.parse(text(about)) as string),
    actor: actor === null ? null : (JSON.parse(text(actor)) as { name: string }).name,
  };
}

interface EventRow {
  readonly seq: number;
  readonly leaf: Uint8Array;
  readonly leaf_sha256: Uint8Array;
}
interface NamedRow extends EventRow {
  readonly about: Uint8Array | null;
  readonly actor: Uint8Array | null;
}
interface KeyColumns {
  readonly id: Uint8Array | null;
  readonly event: Uint8Array | null;
}
interface KeptField {
  readonly seq: number;
  readonly name: string;
  readonly salt: Uint8Array;
  readonly value: Uint8Array;
}
interface Page {
  readonly tenantId: number;
  readonly before: number;
  readonly limit: number;
}
interface Range {
  readonly tenantId: number;
  readonly from: number;
  readonly to: number;
}

const events = queries.selectFrom('ledger_events as e').select(['e.seq', 'e.leaf', 'e.leaf_sha256']);
const named = events
  .leftJoin('event_fields as i', (join) =>
    join.onRef('i.event_id', '=', 'e.event_id').on('i.name', '=', 'escalation_id'),
  )
  .leftJoin('event_fields as a', (join) => join.onRef('a.event_id', '=', 'e.event_id').on('a.name', '=', 'actor'))
  .select(['i.value as about', 'a.value as actor'])
  .orderBy('e.seq', 'desc');
const newest = statement<Page>()((arg) =>
  named.where('e.tenant_id', '=', arg.tenantId).where('e.seq', '<', arg.before).limit(arg.limit),
);
const newestOfKind = statement<Page & { kind: string }>()((arg) =>
  named
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', '=', arg.kind)
    .where('e.seq', '<', arg.before)
    .limit(arg.limit),
);
const between = statement<Range>()((arg) =>
  events
    .leftJoin('escalations as r', 'r.escalation_id', 'e.escalation_id')
    .select(['r.id', 'r.event'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.seq', '>=', arg.from)
    .where('e.seq', '<', arg.to)
    .orderBy('e.seq'),
);
const fieldsBetween = statement<Range>()((arg) =>
  queries
    .selectFrom('ledger_events as e')
    .innerJoin('event_fields as f', 'f.event_id', 'e.event_id')
    .select(['e.seq', 'f.name', 'f.salt', 'f.value'])
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.seq', '>=', arg.from)
    .where('e.seq', '<', arg.to)
    .orderBy('e.seq'),
);
