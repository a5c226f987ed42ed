import type { EscalationKey } from '../../../../shared/domain/escalation.ts';
import type { LogEntry, LoggedEvent, LoggedRow } from '../../ledger-store.ts';
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
  const entry = eventsBetween(db, tenant, { from: seq, to: seq + 1 })[0];
  return entry === undefined ? null : toLoggedEvent(entry);
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind?: string | undefined;
}

/** The first of the events from `from` to before `to`, in order, at most 500, with `next` where the rest begins. */
export function logRangeAfter(
  db: Reader,
  tenant: string,
  { from, to, kind }: Span,
): { events: LogEntry[]; next: number | null } {
  const end = Math.min(to, from + BATCH);
  const events = eventsBetween(db, tenant, { from, to: end, kind });
  const isOver = end === to || (kind === undefined && events.length === 0);
  return { events, next: isOver ? null : end };
}

function eventsBetween(db: Reader, tenant: string, { from, to, kind }: Span): LogEntry[] {
  const { tenantId } = requireTenant(db, tenant);
  const span = { tenantId, from, to };
  const fields = new Map<number, KeptField[]>();
  const rows = kind === undefined ? db.all(between, span) : db.all(betweenOfKind, { ...span, kind });
  if (rows.length === 0) return [];
  const kept = kind === undefined ? db.all(fieldsBetween, span) : db.all(fieldsOfKind, { ...span, kind });
  for (const field of kept) {
    const known = fields.get(field.seq);
    if (known === undefined) fields.set(field.seq, [field]);
    else known.push(field);
  }
  return rows.map((row) => ({
    seq: row.seq,
    leaf: row.leaf,
    leafSha256: row.leaf_sha256,
    fields: fields.get(row.seq) ?? [],
    key: keyOf(tenant, row),
  }));
}

function toLoggedEvent({ seq, leaf, leafSha256, fields: kept, key }: LogEntry): LoggedEvent {
  const named = (name: string) => kept.find((field) => field.name === name);
  const keptOf = (name: string) => named(name)?.value ?? null;
  return {
    ...toLoggedRow({ seq, leaf, leaf_sha256: leafSha256, about: keptOf('escalation_id'), actor: keptOf('actor') }),
    fields: committedNames(leaf).map((name) => ({ name, salt: named(name)?.salt ?? null, value: keptOf(name) })),
    key,
  };
}

/** The names that a leaf commits to; none of one that is no JSON any more, which who reads it as an event is told. */
function committedNames(leaf: Uint8Array): string[] {
  try {
    const { fields = {} } = JSON.parse(text(leaf)) as { fields?: Readonly<Record<string, string>> };
    return Object.keys(fields);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
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
const withKey = events
  .leftJoin('escalations as r', 'r.escalation_id', 'e.escalation_id')
  .select(['r.id', 'r.event'])
  .orderBy('e.seq');
const withFields = queries
  .selectFrom('ledger_events as e')
  .innerJoin('event_fields as f', 'f.event_id', 'e.event_id')
  .select(['e.seq', 'f.name', 'f.salt', 'f.value'])
  .orderBy('e.seq');
const between = statement<Range>()((arg) =>
  withKey.where('e.tenant_id', '=', arg.tenantId).where('e.seq', '>=', arg.from).where('e.seq', '<', arg.to),
);
const fieldsBetween = statement<Range>()((arg) =>
  withFields.where('e.tenant_id', '=', arg.tenantId).where('e.seq', '>=', arg.from).where('e.seq', '<', arg.to),
);
const betweenOfKind = statement<Range & { kind: string }>()((arg) =>
  withKey
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', '=', arg.kind)
    .where('e.seq', '>=', arg.from)
    .where('e.seq', '<', arg.to),
);
const fieldsOfKind = statement<Range & { kind: string }>()((arg) =>
  withFields
    .where('e.tenant_id', '=', arg.tenantId)
    .where('e.kind', '=', arg.kind)
    .where('e.seq', '>=', arg.from)
    .where('e.seq', '<', arg.to),
);
