import type { StoredTrust, TrustStatus } from '../../../../shared/contract/keys.ts';
import type { TrustEntry } from '../../../../shared/domain/trust.ts';
import { jcs } from '../../../evidence/json/jcs.ts';
import { body, hex, sha256, unbody, unhex } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { profileName } from '../tenant/profiles.ts';

/** What is kept of an entry beside the columns it is found by; `pinned_by` is a profile's id. */
export type TrustBody = Pick<
  StoredTrust,
  'entry' | 'source' | 'offered_at' | 'pinned_at' | 'pinned_by' | 'ended_at' | 'reason'
>;

export interface TrustRow {
  readonly entryId: string;
  readonly tenantId: number;
  readonly status: TrustStatus;
  readonly fingerprint: Uint8Array;
  readonly body: TrustBody;
}

/** SHA-256 of a key's 32 public bytes; of a baseline SHA-256 of its aid and values as RFC 8785. */
export function fingerprintOf(entry: TrustEntry): Uint8Array {
  if (entry.purpose !== 'pcrs') return sha256(unhex(entry.public_hex));
  const { aid, pcrs } = entry;
  return sha256(jcs({ aid, pcrs }));
}

/** The tenant's entries, oldest first. */
export function entriesOf(db: Reader, tenantId: number): StoredTrust[] {
  return db
    .all(ofTenant, { tenantId })
    .map(toRow)
    .map((row) => toStored(db, row));
}

export function findEntry(db: Reader, tenantId: number, entryId: string): TrustRow | undefined {
  return db.all(byId, { tenantId, entryId }).map(toRow)[0];
}

/** The tenant's entries that say the very same, oldest first. */
export function entriesLike(db: Reader, tenantId: number, entry: TrustEntry): TrustRow[] {
  return db.all(byContent, { tenantId, content: contentOf(entry) }).map(toRow);
}

/** Entries of one key or baseline, whatever their names and validity: in one tenant, and in all of the desk. */
export function entriesOfKey(db: Reader, tenantId: number, fingerprint: Uint8Array): TrustRow[] {
  return db.all(byFingerprint, { tenantId, fingerprint }).map(toRow);
}
export function entriesEverywhere(db: Reader, fingerprint: Uint8Array): TrustRow[] {
  return db.all(byFingerprintAnywhere, { fingerprint }).map(toRow);
}

/** Keeps a new entry, after all others of its tenant. */
export function insertEntry(db: Writer, row: Omit<TrustRow, 'fingerprint'>): TrustRow {
  const { entryId, tenantId, status } = row;
  const { entry } = row.body;
  const fingerprint = fingerprintOf(entry);
  const made = (db.get(newest, { tenantId })?.made ?? 0) + 1;
  db.run(insert, { entryId, tenantId, made, status, content: contentOf(entry), fingerprint, body: body(row.body) });
  return { ...row, fingerprint };
}

/** Changes what an entry says of itself; whose it is and which key it is about never change. */
export function changeEntry(db: Writer, row: TrustRow, status: TrustStatus, change: Partial<TrustBody>): TrustRow {
  const changed = { ...row.body, ...change };
  db.run(update, { entryId: row.entryId, status, content: contentOf(changed.entry), body: body(changed) });
  return { ...row, status, body: changed };
}

export function removeEntry(db: Writer, entryId: string): void {
  db.run(remove, { entryId });
}

/** Two entries are the same when they say the same: what of, for what, when, and under which name. */
export function contentOf(entry: TrustEntry): Uint8Array {
  return sha256(jcs(entry));
}

function toRow(row: {
  entry_id: string;
  tenant_id: number;
  status: string;
  fingerprint: Uint8Array;
  body: Uint8Array;
}) {
  const { entry_id: entryId, tenant_id: tenantId, fingerprint } = row;
  return { entryId, tenantId, status: row.status as TrustStatus, fingerprint, body: unbody<TrustBody>(row.body) };
}

function toStored(db: Reader, { entryId, status, fingerprint, body: kept }: TrustRow): StoredTrust {
  const by = kept.pinned_by === null ? null : profileName(db, kept.pinned_by);
  return { entry_id: entryId, status, fingerprint: hex(fingerprint), ...kept, pinned_by: by };
}

const rows = queries.selectFrom('trust_entries').select(['entry_id', 'tenant_id', 'status', 'fingerprint', 'body']);
const ofTenant = statement<{ tenantId: number }>()((arg) => rows.where('tenant_id', '=', arg.tenantId).orderBy('made'));
const byId = statement<{ tenantId: number; entryId: string }>()((arg) =>
  rows.where('entry_id', '=', arg.entryId).where('tenant_id', '=', arg.tenantId),
);
const byContent = statement<{ tenantId: number; content: Uint8Array }>()((arg) =>
  rows.where('tenant_id', '=', arg.tenantId).where('content_sha256', '=', arg.content).orderBy('made'),
);
const byFingerprint = statement<{ tenantId: number; fingerprint: Uint8Array }>()((arg) =>
  rows.where('fingerprint', '=', arg.fingerprint).where('tenant_id', '=', arg.tenantId).orderBy('made'),
);
const byFingerprintAnywhere = statement<{ fingerprint: Uint8Array }>()((arg) =>
  rows.where('fingerprint', '=', arg.fingerprint).orderBy('tenant_id').orderBy('made'),
);
const newest = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('trust_entries')
    .select((eb) => eb.fn.max<number | null>('made').as('made'))
    .where('tenant_id', '=', arg.tenantId),
);
const insert = statement<{
  entryId: string;
  tenantId: number;
  made: number;
  status: string;
  content: Uint8Array;
  fingerprint: Uint8Array;
  body: Uint8Array;
}>()((arg) =>
  queries.insertInto('trust_entries').values({
    entry_id: arg.entryId,
    tenant_id: arg.tenantId,
    made: arg.made,
    status: arg.status,
    content_sha256: arg.content,
    fingerprint: arg.fingerprint,
    body: arg.body,
  }),
);
const update = statement<{ entryId: string; status: string; content: Uint8Array; body: Uint8Array }>()((arg) =>
  queries
    .updateTable('trust_entries')
    .set({ status: arg.status, content_sha256: arg.content, body: arg.body })
    .where('entry_id', '=', arg.entryId),
);
const remove = statement<{ entryId: string }>()((arg) =>
  queries.deleteFrom('trust_entries').where('entry_id', '=', arg.entryId),
);
