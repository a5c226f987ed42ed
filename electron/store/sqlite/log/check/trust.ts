import type { LedgerEvent } from '../../../../../shared/domain/ledger-event.ts';
import { equalBytes } from '../../../../audit/log/merkle.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { hex, sha256, text, unhex } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import { judgesEvidence } from '../../keys/trust.ts';
import { entryContent, ownKeyDigest } from '../../keys/trust-content.ts';
import { contentOf, fingerprintOf, type TrustBody } from '../../keys/trust-entries.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { eventsOfKind } from './events.ts';
import { parsed, unless } from './failure.ts';

type TrustLeaf = Extract<LedgerEvent, { entry: string }>;
interface TrustEvent {
  readonly seq: number;
  readonly leaf: TrustLeaf;
  readonly content: { readonly body: string; readonly made: number; readonly own_key?: string | null } | undefined;
}
const STATUS = { 'trust.pinned': 'pinned', 'trust.retired': 'retired', 'trust.revoked': 'revoked' } as const;

/** The tenant's trust store against the events of what was pinned and what ended; an offer has none. */
export function checkTrust(db: Reader, tenant: TenantRow): LogFailure[] {
  const events = trustEvents(db, tenant.tenantId);
  const byEntry = new Map<string, TrustEvent[]>();
  for (const event of events) byEntry.set(event.leaf.entry, [...(byEntry.get(event.leaf.entry) ?? []), event]);
  const rows = db.all(entriesOf, { tenantId: tenant.tenantId });
  const known = new Set(rows.map(({ entry_id }) => entry_id));
  const missing = events.filter(({ leaf }) => !known.has(leaf.entry));
  return [
    ...missing.map(({ seq }) => ({ place: `trust_entries of event ${seq}`, ...LACKING })),
    ...rows.flatMap((row) => checkEntry(db, row, byEntry.get(row.entry_id) ?? [])),
    ...checkEpoch(tenant, events),
  ];
}

/** One more with each write that changed what evidence is judged by; older desks took the keys of a log for such, too. */
function checkEpoch({ trustEpoch }: TenantRow, events: readonly TrustEvent[]): LogFailure[] {
  const writesOf = (some: readonly TrustEvent[]) => new Set(some.map(({ leaf }) => leaf.idempotency_key)).size;
  const judging = events.filter(({ leaf }) => leaf.kind === 'trust.revoked' || judgesEvidence(leaf));
  const follows = 1 + writesOf(judging) <= trustEpoch && trustEpoch <= 1 + writesOf(events);
  return unless(follows, 'tenants', 'DERIVED', 'Its trust_epoch does not follow from the log.');
}

const LACKING = { code: 'ROW_MISSING', detail: 'The entry that the event is about is not there.' };

function checkEntry(db: Reader, row: EntryRow, events: readonly TrustEvent[]): LogFailure[] {
  const place = `trust_entries of ${events.length === 0 ? `entry ${row.entry_id}` : `event ${events[0]?.seq}`}`;
  const body = parsed(row.body) as TrustBody | undefined;
  if (body === undefined) return [{ place, code: 'UNREADABLE', detail: 'Its body is no JSON.' }];
  const derived =
    equalBytes(row.fingerprint, fingerprintOf(body.entry)) && equalBytes(row.content_sha256, contentOf(body.entry));
  return [
    ...unless(derived, place, 'DERIVED', 'Its digests are not those of the entry.'),
    ...(events.length === 0
      ? unless(row.status === 'offered', place, 'ROW_WITHOUT_EVENT', 'It is trusted, and no event says so.')
      : checkTold(db, place, { row, body }, events)),
  ];
}

function checkTold(
  db: Reader,
  place: string,
  { row, body }: { row: EntryRow; body: TrustBody },
  events: readonly TrustEvent[],
): LogFailure[] {
  const [pinned, last] = [events[0], events.at(-1)];
  if (pinned === undefined || last === undefined) return [];
  const { entry } = body;
  const said = { purpose: entry.purpose, fingerprint: hex(row.fingerprint), status: row.status };
  const { leaf, content } = last;
  const expected = { purpose: leaf.purpose, fingerprint: leaf.fingerprint, status: STATUS[leaf.kind] };
  const dates = [body.pinned_at, body.ended_at, entry.valid_from ?? null, entry.valid_until ?? null];
  const told = [pinned.leaf.at, last === pinned ? null : leaf.at, leaf.valid_from, leaf.valid_until];
  const now = entryContent(row);
  const same = content === undefined || (content.body === now.body && content.made === now.made);
  return [
    ...unless(
      JSON.stringify([said, dates]) === JSON.stringify([expected, told]),
      place,
      'ENTRY_DIFFERS',
      `It is not what event ${last.seq} says.`,
    ),
    ...unless(same, place, 'CONTENT', `It is not what event ${last.seq} committed to.`),
    ...checkOwnKey(db, body, pinned),
  ];
}

/** An own key of the desk is what the event said that pinned it. */
function checkOwnKey(db: Reader, { entry }: TrustBody, { seq, content }: TrustEvent): LogFailure[] {
  if (entry.purpose === 'pcrs' || content === undefined || (content.own_key ?? null) === null) return [];
  const now = ownKeyDigest(db, unhex(entry.public_hex));
  const detail = now === null ? 'The own key is not there.' : 'The own key is not what the event committed to.';
  return unless(now === content.own_key, `own_keys of event ${seq}`, 'OWN_KEY', detail);
}

/** Own keys belong to the desk, so they are looked at whichever tenant is verified: each is pinned somewhere, and is whole. */
export function checkOwnKeys(db: Reader): LogFailure[] {
  return db.all(ownKeys, {}).flatMap((row) => {
    const place = `own_keys ${row.key_id}`;
    const body = parsed(row.body) as { ended_at: string | null; reason: string | null } | undefined;
    if (body === undefined) return [{ place, code: 'UNREADABLE', detail: 'Its body is no JSON.' }];
    const status = statusOf(body, row.sealed === null);
    const pins = db.get(pinsAnywhere, { fingerprint: sha256(row.public_key) })?.n ?? 0;
    return [
      ...unless(
        JSON.stringify(body) === text(row.body),
        place,
        'UNREADABLE',
        'Its body has another form than is written.',
      ),
      ...unless(row.status === status, place, 'DERIVED', 'Its status does not follow from the rest.'),
      ...unless(pins > 0, place, 'ROW_WITHOUT_EVENT', 'No event says that it was made here.'),
    ];
  });
}

function statusOf({ ended_at }: { ended_at: string | null }, isForgotten: boolean): string {
  if (ended_at === null) return 'in-use';
  return isForgotten ? 'revoked' : 'rotated';
}

function trustEvents(db: Reader, tenantId: number): TrustEvent[] {
  return (Object.keys(STATUS) as (keyof typeof STATUS)[])
    .flatMap((kind) => eventsOfKind(db, tenantId, kind))
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ seq, said, fields }) => {
      if (said === null || !('entry' in said)) return [];
      const value = fields.find(({ name }) => name === 'content')?.value;
      const content = value === undefined ? undefined : (parsed(value) as TrustEvent['content']);
      return [{ seq, leaf: said, content }];
    });
}

interface EntryRow {
  readonly entry_id: string;
  readonly made: number;
  readonly status: string;
  readonly content_sha256: Uint8Array;
  readonly fingerprint: Uint8Array;
  readonly body: Uint8Array;
}
const entriesOf = statement<{ tenantId: number }>()((arg) =>
  queries.selectFrom('trust_entries').selectAll().where('tenant_id', '=', arg.tenantId).orderBy('made'),
);
const ownKeys = statement<object>()(() =>
  queries.selectFrom('own_keys').select(['key_id', 'status', 'public_key', 'body', 'sealed']).orderBy('made'),
);
const pinsAnywhere = statement<{ fingerprint: Uint8Array }>()((arg) =>
  queries
    .selectFrom('trust_entries')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('fingerprint', '=', arg.fingerprint)
    .where('status', '<>', 'offered'),
);
