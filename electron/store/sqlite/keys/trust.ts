import type { StoredTrust } from '../../../../shared/contract/keys.ts';
import { instantText } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { compareInstants, parseInstant } from '../../../../shared/domain/instant.ts';
import type { TrustEntry } from '../../../../shared/domain/trust.ts';
import type { NewPin, TrustEnd, Write } from '../../ledger-store.ts';
import { hex, unhex } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import { findTenant } from '../tenant/tenants.ts';
import { ownKeyDigest, storedEntryContent } from './trust-content.ts';
import {
  changeEntry,
  entriesLike,
  entriesOf,
  entriesOfKey,
  findEntry,
  fingerprintOf,
  insertEntry,
  removeEntry,
  type TrustRow,
} from './trust-entries.ts';

/** LedgerStore.trust. */
export function readTrust(db: Reader, name: string): { epoch: number; entries: StoredTrust[] } {
  const tenant = findTenant(db, name);
  if (tenant === undefined) return { epoch: 0, entries: [] };
  return { epoch: tenant.trustEpoch, entries: entriesOf(db, tenant.tenantId) };
}

/** LedgerStore.offerTrust: judges nothing, so that it is no event and no new epoch. */
export function offerTrust(
  engine: Engine,
  write: Write,
  { source, entries }: { source: string; entries: readonly TrustEntry[] },
): void {
  once(engine, write, { makesTenant: true }, (tx) => {
    const { tenantId } = tx.tenant;
    for (const entry of entries) {
      if (entriesLike(tx.db, tenantId, entry).length > 0) continue;
      const body = { entry, source, offered_at: instantText(write.now), ...NOT_PINNED };
      insertEntry(tx.db, { entryId: tx.newId(), tenantId, status: 'offered', body });
    }
    tx.changedTopic('keys');
    return null;
  });
}

/** LedgerStore.pinTrust. CONFLICT for a revoked key; NOT_FOUND where there is nothing to replace. */
export function pinTrust(engine: Engine, write: Write, pins: readonly NewPin[], replaces: string | null): void {
  once(engine, write, { makesTenant: replaces === null }, (tx) => {
    const old = replaces === null ? null : requireLive(tx, replaces);
    const ended = old !== null && retire(tx, old, instantText(write.now));
    const pinned = pins.map((newPin) => pin(tx, newPin, replaces));
    const touched = [...pins.map(({ entry }) => entry), ...(old === null ? [] : [old.body.entry])];
    ifTrustChanged(tx, ended || pinned.includes(true), touched.some(judgesEvidence));
    return null;
  });
}

/** LedgerStore.dropOffer. */
export function dropOffer(engine: Engine, write: Write, entryId: string): void {
  once(engine, write, {}, (tx) => {
    const row = findEntry(tx.db, tx.tenant.tenantId, entryId);
    if (row?.status !== 'offered') throw noEntry(entryId);
    removeEntry(tx.db, entryId);
    tx.changedTopic('keys');
    return null;
  });
}

/** LedgerStore.endTrust. A revoked key is trusted under none of its entries. */
export function endTrust(engine: Engine, write: Write, end: TrustEnd): void {
  once(engine, write, {}, (tx) => {
    const row = requireLive(tx, end.entryId);
    const changed =
      end.status === 'retired' ? retire(tx, row, end.validUntil) : revokeKey(tx, row.fingerprint, end.reason);
    ifTrustChanged(tx, changed, end.status === 'revoked' || judgesEvidence(row.body.entry));
    return null;
  });
}

/** Lets all be judged anew where something that judges evidence is another now. To be called once, at a write's end. */
export function ifTrustChanged(tx: TenantWrite, changed: boolean, judging = true): void {
  if (!changed) return;
  if (judging) tx.newEpoch();
  tx.changedTopic('keys');
}

/** The desk's key and a witness's are for the log: no evidence verifies with them, and none has to be judged anew. */
export function judgesEvidence({ purpose }: { readonly purpose: TrustEntry['purpose'] }): boolean {
  return purpose !== 'desk' && purpose !== 'witness';
}

/** Pins an entry, unless the same is pinned already, or was before it was retired; whether it did. CONFLICT. */
export function pin(tx: TenantWrite, { entry, source, confirmed }: NewPin, replaces: string | null): boolean {
  const { tenantId } = tx.tenant;
  if (entriesOfKey(tx.db, tenantId, fingerprintOf(entry)).some(({ status }) => status === 'revoked'))
    throw revoked(entry);
  const known = entriesLike(tx.db, tenantId, entry);
  if (known.some(isLive)) return false;
  const now = instantText(tx.write.now);
  const pinned = { pinned_at: now, pinned_by: tx.write.by };
  const [offered] = known;
  const row =
    offered === undefined
      ? insertEntry(tx.db, {
          entryId: tx.newId(),
          tenantId,
          status: 'pinned',
          body: { entry, source, offered_at: now, ...NOT_PINNED, ...pinned },
        })
      : changeEntry(tx.db, offered, 'pinned', pinned);
  const content = {
    ...storedEntryContent(tx.db, row.entryId),
    own_key: confirmed === 'made-here' ? ownKey(tx, entry) : null,
  };
  const hidden = { entry, source: row.body.source, content };
  tx.log({ kind: 'trust.pinned', ...about(tx, row), confirmed, replaces }, hidden, null);
  return true;
}

/** Ends an entry's validity at the earlier of its own end and `until`; whether that changed anything. */
export function retire(tx: TenantWrite, row: TrustRow, until: string): boolean {
  const { entry } = row.body;
  const validUntil = earlier(entry.valid_until, until);
  if (row.status === 'retired' && validUntil === entry.valid_until) return false;
  const ended = { entry: { ...entry, valid_until: validUntil }, ended_at: instantText(tx.write.now) };
  const said = about(tx, changeEntry(tx.db, row, 'retired', ended));
  tx.log({ kind: 'trust.retired', ...said }, { content: storedEntryContent(tx.db, row.entryId) }, null);
  return true;
}

/** Takes all trust from a key or baseline in the tenant, under whatever names and validity; whether there was any. */
export function revokeKey(tx: TenantWrite, fingerprint: Uint8Array, reason: string): boolean {
  const live = entriesOfKey(tx.db, tx.tenant.tenantId, fingerprint).filter(isLive);
  for (const row of live) {
    const ended = { ended_at: instantText(tx.write.now), reason };
    const said = about(tx, changeEntry(tx.db, row, 'revoked', ended));
    tx.log({ kind: 'trust.revoked', ...said }, { reason, content: storedEntryContent(tx.db, row.entryId) }, null);
  }
  return live.length > 0;
}

/** Whether something is judged by it. */
export function isLive({ status }: TrustRow): boolean {
  return status === 'pinned' || status === 'retired';
}

const NOT_PINNED = { pinned_at: null, pinned_by: null, ended_at: null, reason: null };

function requireLive(tx: TenantWrite, entryId: string): TrustRow {
  const row = findEntry(tx.db, tx.tenant.tenantId, entryId);
  if (row === undefined || !isLive(row)) throw noEntry(entryId);
  return row;
}

function ownKey({ db }: TenantWrite, entry: TrustEntry): string | null {
  return entry.purpose === 'pcrs' ? null : ownKeyDigest(db, unhex(entry.public_hex));
}

/** What the log says of an entry openly; its name and where it came from are hidden. */
function about(tx: TenantWrite, { entryId, fingerprint, body: { entry } }: TrustRow) {
  return {
    entry: entryId,
    purpose: entry.purpose,
    fingerprint: hex(fingerprint),
    valid_from: entry.valid_from ?? null,
    valid_until: entry.valid_until ?? null,
    idempotency_key: tx.write.idempotencyKey,
  };
}

function earlier(a: string | undefined, b: string): string {
  const [left, right] = [a === undefined ? null : parseInstant(a), parseInstant(b)];
  return a !== undefined && left !== null && (right === null || compareInstants(left, right) <= 0) ? a : b;
}

function noEntry(entryId: string): DeskError {
  return new DeskError('NOT_FOUND', 'There is no such entry to change in this tenant. Nothing was changed.', {
    entry_id: entryId,
  });
}

function revoked(entry: TrustEntry): DeskError {
  const what = entry.purpose === 'pcrs' ? 'baseline' : 'key';
  const message = `This ${what} was revoked in this tenant, so it is not trusted again. Nothing was changed: pin a new one.`;
  return new DeskError('CONFLICT', message, { fingerprint: hex(fingerprintOf(entry)) });
}
