import type { OwnKey } from '../../../../shared/contract/keys.ts';
import { instantText } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { OwnKeyChange, StoredOwnKey, Write } from '../../ledger-store.ts';
import { body, hex, sha256, unbody, unhex } from '../base/bytes.ts';
import { noteChanges } from '../base/changes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { once } from '../tenant/once.ts';
import { TenantWrite } from '../tenant/tenant-write.ts';
import { tenantOf } from '../tenant/tenants.ts';
import { ifTrustChanged, isLive, judgesEvidence, pin, retire, revokeKey } from './trust.ts';
import { entriesEverywhere, entriesOfKey } from './trust-entries.ts';

/** What is kept of a key beside the columns it is found by. */
type KeyBody = Pick<
  StoredOwnKey,
  'name' | 'purpose' | 'protection' | 'made_at' | 'ended_at' | 'reason' | 'backed_up_at'
>;

/** LedgerStore.ownKeys. */
export function readOwnKeys(db: Reader): StoredOwnKey[] {
  return db.all(all, {}).map(toKey);
}

/**
 * LedgerStore.addOwnKey. ALREADY_EXISTS for a key that is here, and for a second one of the desk's own in use; CONFLICT
 * where its public part was revoked, or what it is to replace is not in use; NOT_FOUND where there is no such.
 */
export function addOwnKey(engine: Engine, write: Write, key: StoredOwnKey, replaces: string | null): void {
  once(engine, write, { makesTenant: replaces === null }, (tx) => {
    const retired = replaces !== null && rotate(tx, requireKey(tx.db, replaces));
    insertKey(tx.db, key);
    const { name, purpose, public_hex } = key;
    const entry = { name, purpose, public_hex, valid_from: secondOf(key.made_at) };
    const pinned = pin(tx, { entry, source: 'made here', confirmed: 'made-here' }, null);
    ifTrustChanged(tx, retired || pinned, judgesEvidence(key));
    noteKeys(tx.db);
    return null;
  });
}

/** A packet says in whole seconds when it was made: a key that is valid from within one could not have made it. */
function secondOf(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

/** LedgerStore.updateOwnKey. CONFLICT for a revoked one, of which nothing is left to change. */
export function updateOwnKey(engine: Engine, write: Write, keyId: string, change: OwnKeyChange): void {
  once(engine, write, {}, (tx) => {
    const key = requireKey(tx.db, keyId);
    if (key.status === 'revoked') throw notInUse(keyId);
    const { sealed = key.sealed, protection = key.protection, backedUpAt = key.backed_up_at, revoked } = change;
    const changed = { ...key, sealed, protection, backed_up_at: backedUpAt };
    if (revoked === undefined) storeKey(tx.db, changed);
    else revoke(engine, tx, changed, revoked.reason);
    noteKeys(tx.db);
    return null;
  });
}

/** Ends a key's use here and now; whether that ended a pin, too. */
function rotate(tx: TenantWrite, key: StoredOwnKey): boolean {
  if (key.status !== 'in-use') throw notInUse(key.key_id);
  const now = instantText(tx.write.now);
  storeKey(tx.db, { ...key, status: 'rotated', ended_at: now });
  const pins = entriesOfKey(tx.db, tx.tenant.tenantId, fingerprintOf(key)).filter(
    (row) => isLive(row) && row.body.entry.purpose === key.purpose,
  );
  return pins.map((row) => retire(tx, row, now)).includes(true);
}

/** Forgets the private part, and takes all trust from the public one in every tenant, each with its own event. */
function revoke(engine: Engine, tx: TenantWrite, key: StoredOwnKey, reason: string): void {
  const now = instantText(tx.write.now);
  storeKey(tx.db, { ...key, status: 'revoked', sealed: null, ended_at: now, reason });
  const fingerprint = fingerprintOf(key);
  const tenants = new Set(
    entriesEverywhere(tx.db, fingerprint)
      .filter(isLive)
      .map(({ tenantId }) => tenantId),
  );
  for (const tenantId of tenants) {
    const isOwn = tenantId === tx.tenant.tenantId;
    const there = isOwn ? tx : writeIn(engine, tx, tenantId);
    ifTrustChanged(there, revokeKey(there, fingerprint, reason));
    if (!isOwn) there.finish();
  }
}

/** The same write in another tenant, in the same transaction. */
function writeIn(engine: Engine, tx: TenantWrite, tenantId: number): TenantWrite {
  const tenant = tenantOf(tx.db, tenantId);
  if (tenant === undefined) throw new DeskError('INTERNAL', 'An entry belongs to no tenant. Nothing was changed.');
  return new TenantWrite(engine, tx.db, tenant, { ...tx.write, tenant: tenant.name });
}

function requireKey(db: Reader, keyId: string): StoredOwnKey {
  const row = db.get(byId, { keyId });
  if (row !== undefined) return toKey(row);
  throw new DeskError('NOT_FOUND', 'This desk has no such key. Nothing was changed.', { key_id: keyId });
}

function insertKey(db: Writer, key: StoredOwnKey): void {
  const { key_id: keyId, profile_id: profileId, public_hex } = key;
  const known = db.get(alike, { keyId, publicKey: unhex(public_hex) });
  if (known !== undefined)
    throw new DeskError('ALREADY_EXISTS', 'This desk has this key already. Nothing was changed.', {
      key_id: known.key_id,
    });
  const other = profileId === null && key.status === 'in-use' ? db.get(inUseOfTheDesk, {}) : undefined;
  if (other !== undefined)
    throw new DeskError(
      'ALREADY_EXISTS',
      'The desk has a key of its own already. Nothing was changed: rotate that one.',
      {
        key_id: other.key_id,
      },
    );
  const made = (db.get(newest, {})?.made ?? 0) + 1;
  db.run(insert, { ...columnsOf(key), made, profileId, publicKey: unhex(public_hex) });
}

function storeKey(db: Writer, key: StoredOwnKey): void {
  db.run(update, columnsOf(key));
}

function columnsOf(key: StoredOwnKey) {
  const { key_id: keyId, status, sealed, name, purpose, protection, made_at, ended_at, reason, backed_up_at } = key;
  const kept: KeyBody = { name, purpose, protection, made_at, ended_at, reason, backed_up_at };
  return { keyId, status, sealed, body: body(kept) };
}

function toKey(row: KeyRow): StoredOwnKey {
  const { key_id, profile_id, sealed } = row;
  const status = row.status as OwnKey['status'];
  return { key_id, profile_id, public_hex: hex(row.public_key), status, sealed, ...unbody<KeyBody>(row.body) };
}

function fingerprintOf({ public_hex }: StoredOwnKey): Uint8Array {
  return sha256(unhex(public_hex));
}

/** The keys are the desk's, so every tenant is told. */
function noteKeys(db: Writer): void {
  noteChanges(db, [{ tenantId: null, topic: 'keys', escalationId: null }]);
}

function notInUse(keyId: string): DeskError {
  return new DeskError('CONFLICT', 'This key is not in use any more. Nothing was changed.', { key_id: keyId });
}

interface KeyRow {
  readonly key_id: string;
  readonly profile_id: string | null;
  readonly status: string;
  readonly public_key: Uint8Array;
  readonly body: Uint8Array;
  readonly sealed: Uint8Array | null;
}
type Columns = ReturnType<typeof columnsOf>;

const keys = queries.selectFrom('own_keys').select(['key_id', 'profile_id', 'status', 'public_key', 'body', 'sealed']);
const all = statement<object>()(() => keys.orderBy('made'));
const byId = statement<{ keyId: string }>()((arg) => keys.where('key_id', '=', arg.keyId));
const alike = statement<{ keyId: string; publicKey: Uint8Array }>()((arg) =>
  queries
    .selectFrom('own_keys')
    .select('key_id')
    .where((eb) => eb.or([eb('key_id', '=', arg.keyId), eb('public_key', '=', arg.publicKey)])),
);
const inUseOfTheDesk = statement<object>()(() =>
  queries.selectFrom('own_keys').select('key_id').where('profile_id', 'is', null).where('status', '=', 'in-use'),
);
const newest = statement<object>()(() =>
  queries.selectFrom('own_keys').select((eb) => eb.fn.max<number | null>('made').as('made')),
);
const insert = statement<Columns & { made: number; profileId: string | null; publicKey: Uint8Array }>()((arg) =>
  queries.insertInto('own_keys').values({
    key_id: arg.keyId,
    made: arg.made,
    profile_id: arg.profileId,
    status: arg.status,
    public_key: arg.publicKey,
    body: arg.body,
    sealed: arg.sealed,
  }),
);
const update = statement<Columns>()((arg) =>
  queries
    .updateTable('own_keys')
    .set({ status: arg.status, body: arg.body, sealed: arg.sealed })
    .where('key_id', '=', arg.keyId),
);
