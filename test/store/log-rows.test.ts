import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { appendLeaves } from '../../electron/audit/log/tiles.ts';
import { type TamperedLedger, tamperedLedger } from './tampered-ledger.ts';
import { temporaryFolder } from './temporary-folder.ts';

const path = temporaryFolder().path('full.ledger');
let ledger: TamperedLedger;
let db: TamperedLedger['db'];

beforeAll(async () => {
  ledger = await tamperedLedger(path);
  db = ledger.db;
}, 60_000);
afterAll(() => db.close());

const run = (sql: string) => () => {
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
};
/** Of the older of the two heads that were signed. */
const headSize = () => db.prepare('SELECT min(size) FROM checkpoints').pluck().get();
const seqOf = (kind: string, n = 0) =>
  db
    .prepare('SELECT seq FROM ledger_events WHERE kind = ? AND tenant_id = 2 ORDER BY seq LIMIT 1 OFFSET ?')
    .pluck()
    .get(kind, n);

describe('a row', { timeout: 120_000 }, () => {
  const first = () => `of event ${seqOf('escalation.recorded')}`;
  const FIRST = "(SELECT escalation_id FROM escalations WHERE id = CAST('first' AS BLOB))";
  const OTHER = "(SELECT escalation_id FROM escalations WHERE id = CAST('one of many 0' AS BLOB))";

  test.each([
    ['an escalation', `DELETE FROM escalations WHERE escalation_id = ${FIRST}`, () => `escalations ${first()}`],
    ['a decision', `DELETE FROM decisions WHERE escalation_id = ${FIRST}`, () => `decisions ${first()}`],
    ['a dissent', `DELETE FROM dissents WHERE escalation_id = ${FIRST}`, () => `dissents ${first()}`],
    ['a piece of evidence', `DELETE FROM evidence WHERE escalation_id = ${FIRST}`, () => `evidence ${first()}`],
    ['a blob', `DELETE FROM blobs WHERE body IS NULL`, () => `evidence ${first()}`],
    ['a piece of a blob', `DELETE FROM blob_pieces WHERE n = 2`, () => `evidence ${first()}`],
    ['a trusted key', `DELETE FROM trust_entries WHERE status = 'pinned'`, () => 'trust_entries of event 0'],
    ['an own key', `DELETE FROM own_keys WHERE profile_id IS NULL`, () => `checkpoint ${headSize()}`],
    ['a count', 'DELETE FROM counts WHERE tenant_id = 2', () => 'counts'],
    ['the settings', 'UPDATE tenants SET settings = NULL WHERE tenant_id = 2', () => 'escalations '],
    ['a tile', 'DELETE FROM log_tiles WHERE level = 1', () => 'tile 1/0'],
    [
      'the last event',
      'DELETE FROM ledger_events WHERE tenant_id = 2 AND seq = (SELECT log_size - 1 FROM tenants WHERE tenant_id = 2)',
      () => 'tile 0/1',
    ],
    ['the first event', 'DELETE FROM ledger_events WHERE tenant_id = 2 AND seq = 0', () => 'event 0'],
  ])('I2: that is gone is found: %s', async (_what, sql, place) => {
    const failures = await ledger.foundAfter(run(sql));
    expect(failures.some((failure) => failure.place.startsWith(place()))).toBe(true);
  });

  test.each([
    [
      'an escalation',
      `INSERT INTO escalations (tenant_id, id_sha256, event, status, version, deadline_ms, recorded_key, decided_key, list_epoch, list_position, fixed_deadline_ms, past_on_arrival, deceptive, packets, id, deadlines, findings, record)
      SELECT tenant_id, zeroblob(32), event, status, version, deadline_ms, recorded_key, decided_key, list_epoch, list_position, fixed_deadline_ms, past_on_arrival, deceptive, packets, id, deadlines, findings, record FROM escalations WHERE escalation_id = ${OTHER}`,
      'escalations',
    ],
    [
      'a decision',
      `INSERT INTO decisions SELECT ${OTHER}, 0, body FROM decisions WHERE escalation_id = ${FIRST}`,
      'decisions',
    ],
    [
      'a second decision',
      `INSERT INTO decisions SELECT ${FIRST}, 1, body FROM decisions WHERE escalation_id = ${FIRST}`,
      'decisions',
    ],
    [
      'a decision of nothing',
      `INSERT INTO decisions SELECT 99999, 0, body FROM decisions WHERE escalation_id = ${FIRST}`,
      'decisions 99999',
    ],
    [
      'a dissent',
      `INSERT INTO dissents SELECT ${OTHER}, 0, body FROM dissents WHERE escalation_id = ${FIRST}`,
      'dissents',
    ],
    [
      'a piece of evidence',
      `INSERT INTO evidence (tenant_id, escalation_id, blob_id, kind, role) SELECT tenant_id, ${OTHER}, blob_id, kind, role FROM evidence WHERE escalation_id = ${FIRST} LIMIT 1`,
      'evidence',
    ],
    [
      'evidence of nothing',
      'INSERT INTO evidence (tenant_id, escalation_id, blob_id, kind, role) SELECT tenant_id, 99999, blob_id, kind, role FROM evidence LIMIT 1',
      'evidence',
    ],
    ['a trusted key', "UPDATE trust_entries SET status = 'pinned' WHERE status = 'offered'", 'trust_entries of entry'],
    ['a tile', 'INSERT INTO log_tiles SELECT tenant_id, 2, 0, hashes FROM log_tiles WHERE level = 1', 'tiles'],
    ['a field', "INSERT INTO event_fields SELECT event_id, 'note', salt, value FROM event_fields LIMIT 1", 'event 0'],
  ])('I2: that no event tells of is found: %s', async (_what, sql, place) => {
    const failures = await ledger.foundAfter(run(sql));
    expect(failures.some((failure) => failure.place.startsWith(place))).toBe(true);
  });
});

describe('the whole log', { timeout: 120_000 }, () => {
  test('with all fields removed it still verifies', async () => {
    expect(await ledger.foundAfter(run('DELETE FROM event_fields'))).toEqual([]);
  });

  test('I7: written anew from another first event, with all its tiles, it is not the one of its checkpoints', async () => {
    const failures = await ledger.foundAfter(() => {
      forge(2);
    });
    expect(failures.map(({ place }) => place)).toContain(`checkpoint ${headSize()}`);
    expect(failures.some(({ place }) => place.startsWith('tile'))).toBe(false);
  });

  test('what is first found to differ is the first that does', async () => {
    const leaves = 'UPDATE ledger_events SET leaf_sha256 = zeroblob(32) WHERE tenant_id = 2 AND seq IN (7, 40)';
    expect((await ledger.foundAfter(run(leaves)))[0]).toMatchObject({ place: 'event 7', code: 'LEAF_HASH' });
  });
});

/** Changes the time of the tenant's first event, and makes every hash over it right again, as whoever holds the file can. */
function forge(tenantId: number): void {
  const events = db
    .prepare('SELECT event_id, leaf, leaf_sha256 FROM ledger_events WHERE tenant_id = ? ORDER BY seq')
    .all(tenantId) as { event_id: number; leaf: Buffer; leaf_sha256: Buffer }[];
  const [first] = events;
  const leaf = Buffer.from(first?.leaf.toString().replace('"at":"2026', '"at":"2025') ?? '');
  const hashes = [leafHash(leaf), ...events.slice(1).map(({ leaf_sha256 }) => leaf_sha256)];
  db.prepare('UPDATE ledger_events SET leaf = ?, leaf_sha256 = ? WHERE event_id = ?').run(
    leaf,
    hashes[0],
    first?.event_id,
  );
  for (const { level, index, hashes: tile } of appendLeaves(() => new Uint8Array(), 0, hashes))
    db.prepare('UPDATE log_tiles SET hashes = ? WHERE tenant_id = ? AND level = ? AND idx = ?').run(
      tile,
      tenantId,
      level,
      index,
    );
}
