import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitment, leafHash } from '../../electron/audit/log/leaf.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { EVENT_VERSIONS, LedgerEvent } from '../../shared/domain/ledger-event.ts';
import { allLogFailures } from '../contract/store/checked.ts';
import { gateKey } from '../contract/store/judge-makers.ts';
import {
  ADA,
  approval,
  BOB,
  CountedIds,
  decisionOn,
  deskWriting,
  escalation,
  evidence,
  HandClock,
  importRows,
  keyOf,
  minutes,
  request,
  resolvedUpstream,
  uuid,
  writing,
} from '../contract/store/makers.ts';
import { scheduled } from '../contract/store/scheduling.ts';
import { signing } from '../contract/store/signing.ts';
import { faultsOf } from './check-store.ts';
import { deskKey, headOf } from './full-ledger.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const path = folder.path('log.ledger');
const kept = folder.path('kept.ledger');
/** Personal data and free text of all kinds: none of it may stand in a leaf. */
const SECRETS = [
  'Ada Lovelace',
  'Bob Noyce',
  'Muster GmbH',
  'invoice 4711 of Jane Roe',
  'because Jane said so',
  'not Jane',
  'Jane corrected',
  'Label of Jane',
  'Key of Jane Roe',
  'jane.json',
  'Jane lost it',
  'Jane restored it',
  'wit.ness',
  '/exports/of/jane',
];
const [ADA_NAME = '', BOB_NAME = '', TENANT = '', ID = '', REASON = '', DISSENT = '', CORRECTION = '', LABEL = ''] =
  SECRETS;
const [KEY_NAME = '', KEY_SOURCE = '', KEY_REASON = '', RESTORED = '', WITNESS = '', FOLDER = ''] = SECRETS.slice(8);

/** One of each kind of event, and some more. */
async function tellAll(store: LedgerStore, clock: HandClock): Promise<void> {
  const write = (by: string = ADA) => writing(clock, by, TENANT);
  for (const [profile_id, name] of [
    [ADA, ADA_NAME],
    [BOB, BOB_NAME],
  ] as const) {
    await store.makeProfile(deskWriting(clock, profile_id), {
      profile_id,
      name,
      hold_seconds: 10,
      after_decision: 'next',
    });
  }
  const rows = [escalation(ID, { request: request({ target: ID }), evidence: [evidence(ID)] }), escalation('second')];
  await importRows(store, write(), rows);
  await importRows(store, write(), [resolvedUpstream('second')]);
  const key = { ...keyOf(escalation(ID)), tenant: TENANT };
  await store.attach(write(), { key, evidence: [evidence('more')] });
  await store.claim(write(), { key, untilMs: clock.now() + 60_000 });
  await store.release(write(), { key });
  const decision = await decisionOn(store, key, clock, {
    ...approval,
    reason: REASON,
    reviewer: ADA_NAME,
    acceptedUnchecked: ['token.signature'],
  });
  await store.decide(write(), decision);
  await store.decide(write(BOB), { ...decision, reason: DISSENT, reviewer: BOB_NAME }).catch(() => undefined);
  await store.correct(write(), { key, reason: CORRECTION });
  for (const n of [1, 2]) {
    const entry = gateKey(n, { name: KEY_NAME });
    await store.pinTrust(write(), [{ source: KEY_SOURCE, entry, confirmed: 'compared' }]);
  }
  const [first, second] = (await store.trust(TENANT)).entries.map(({ entry_id }) => entry_id);
  await store.endTrust(write(), { entryId: first ?? '', status: 'retired', validUntil: minutes(1) });
  await store.endTrust(write(), { entryId: second ?? '', status: 'revoked', reason: KEY_REASON });
  const settings = await store.settings(TENANT);
  await store.saveSettings(write(), { ...settings, reason_codes: [{ code: 'OTHER', label: LABEL }] });
  await store.recordTransfer(write(), { kind: 'import', jobId: uuid(80), counts: { imported: 2 } });
  await store.recordTransfer(write(), {
    kind: 'export',
    jobId: uuid(81),
    counts: { records: 2 },
    sha256: 'ab'.repeat(32),
    manifestSha256: 'cd'.repeat(32),
  });
  const schedule = { ...scheduled(1, TENANT), folder: FOLDER };
  await store.saveSchedule(write(), schedule, true);
  await store.removeSchedule(write(), schedule.scheduleId);
  await store.addOwnKey(write(), deskKey());
  const head = await headOf(store, TENANT);
  await store.saveCheckpoint(TENANT, head);
  const line = { name: WITNESS, id: Buffer.alloc(4, 7), signature: Buffer.alloc(72, 7) };
  const cosignature = { line, name: WITNESS, key: 'ef'.repeat(32), at: minutes(2) };
  await store.addCosignatures(write(), { size: head.size, cosignatures: [cosignature] });
  const failures = [{ place: 'event 1', code: 'FIELD', detail: WITNESS }];
  await store.saveLogVerdict(TENANT, { at: minutes(3), size: 1, root: 'ab'.repeat(32), failures }, false);
  await store.acceptLog(write(), { reason: RESTORED, remembered: { size: 99, root: 'ab'.repeat(32) } });
}

/** What rules removed, what the law holds, and that the store was backed up and came of a backup. */
async function tellKeeping(): Promise<void> {
  const clock = new HandClock();
  const store = await openSqliteStore({ path: folder.path('first.ledger'), clock, ids: new CountedIds() });
  const row = resolvedUpstream('old', { evidence: [evidence('old')] });
  await importRows(store, writing(clock), [row]);
  await store.setLegalHold(writing(clock), { key: keyOf(row), reason: 'The case.' });
  const [hold] = await store.legalHolds('acme');
  await store.liftLegalHold(writing(clock), { holdId: hold?.hold_id ?? '', reason: 'It is closed.' });
  const rule = { days: 1, beforeMs: clock.now() + 1 };
  const remove = (after: string | null) =>
    store.removeDue(writing(clock), { jobId: uuid(82), rules: { evidence: rule, fields: rule }, after });
  await remove((await remove(null)).next);
  const { size, root } = await store.logHead('acme');
  await store.recordBackup(writing(clock), { sha256: 'ab'.repeat(32), log: { size, root } });
  const watch = { progress: () => undefined, signal: new AbortController().signal };
  const [backup, target] = [folder.path('backup'), kept];
  await store.backUp(backup, watch);
  const known = async () => ({ known: null, agrees: 'none-known' as const });
  await store.restoreBackup({ backup, target, by: () => ADA, now: clock.now(), known }, watch);
  await store.close();
}

interface StoredEvent {
  event_id: number;
  leaf: Buffer;
  leaf_sha256: Buffer;
}
interface StoredField {
  name: string;
  salt: Buffer;
  value: Buffer;
}

const events = (db: Database.Database) =>
  db.prepare('SELECT event_id, leaf, leaf_sha256 FROM ledger_events ORDER BY seq').all() as StoredEvent[];
const fieldsOf = (db: Database.Database, eventId: number) =>
  db.prepare('SELECT name, salt, value FROM event_fields WHERE event_id = ?').all(eventId) as StoredField[];

describe('the log', () => {
  beforeAll(async () => {
    const clock = new HandClock();
    const store = signing(await openSqliteStore({ path, clock, ids: new CountedIds() }));
    await tellAll(store, clock);
    await store.close();
    await tellKeeping();
  });

  test('all kinds of the closed list are written, each by its schema, as RFC 8785 bytes under their leaf hash', () => {
    const files = [path, kept].map((file) => new Database(file, { readonly: true }));
    const kinds = files.flatMap(events).map(({ leaf, leaf_sha256 }) => {
      const said = LedgerEvent.parse(JSON.parse(leaf.toString('utf8')));
      expect(Buffer.from(jcs(said)).equals(leaf)).toBe(true);
      expect(
        createHash('sha256')
          .update(Buffer.concat([Buffer.of(0), leaf]))
          .digest()
          .equals(leaf_sha256),
      ).toBe(true);
      return said.kind;
    });
    expect(new Set(kinds)).toEqual(new Set(Object.keys(EVENT_VERSIONS)));
    for (const db of files) db.close();
  });

  test('no leaf holds free text or personal data; the values lie beside it and open its commitments', () => {
    const db = new Database(path, { readonly: true });
    let opened = 0;
    for (const { event_id, leaf } of events(db)) {
      for (const secret of SECRETS) expect(leaf.toString('utf8')).not.toContain(secret);
      const { fields } = LedgerEvent.parse(JSON.parse(leaf.toString('utf8')));
      const kept = fieldsOf(db, event_id);
      expect(kept.map(({ name }) => name).toSorted()).toEqual(Object.keys(fields).toSorted());
      for (const { name, salt, value } of kept) {
        expect(Buffer.from(commitment(salt, value)).toString('hex')).toBe((fields as Record<string, string>)[name]);
        opened += 1;
      }
    }
    expect(opened).toBeGreaterThan(20);
    const values = (db.prepare('SELECT CAST(value AS TEXT) AS value FROM event_fields').all() as { value: string }[])
      .map(({ value }) => value)
      .join();
    for (const secret of SECRETS.filter((text) => text !== TENANT)) expect(values).toContain(secret);
    db.close();
  });

  test('the log cannot be edited or cut, not even by whoever holds the file through SQLite', () => {
    const db = new Database(path);
    expect(() => db.exec("UPDATE ledger_events SET leaf = x'00'")).toThrow(/append-only/);
    expect(() => db.exec('DELETE FROM ledger_events')).toThrow(/append-only/);
    expect(() => db.exec("UPDATE decisions SET body = x'00'")).toThrow(/never changes/);
    db.close();
  });

  test('with all fields removed every leaf hash and every commitment still stands, and history says who is not known', async () => {
    const db = new Database(path);
    const before = events(db);
    expect(db.prepare('DELETE FROM event_fields').run().changes).toBeGreaterThan(20);
    expect(events(db)).toEqual(before);
    for (const { leaf, leaf_sha256 } of before) {
      expect(Buffer.from(leafHash(leaf)).equals(leaf_sha256)).toBe(true);
      for (const digest of Object.values(LedgerEvent.parse(JSON.parse(leaf.toString('utf8'))).fields))
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
    db.close();
    expect(faultsOf(path)).toEqual([]);
    const clock = new HandClock();
    const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
    expect(await allLogFailures(store)).toEqual([]);
    const stored = await store.read({ ...keyOf(escalation(ID)), tenant: TENANT }, clock.now());
    expect(stored?.escalation.events.map(({ actor }) => actor)).toEqual(stored?.escalation.events.map(() => 'removed'));
    expect(stored?.escalation.decision?.reason).toBe(REASON);
    await store.close();
  });
});
