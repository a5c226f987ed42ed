import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../helpers/project-root.ts';
import { ReaderRun } from '../helpers/reader-run.ts';

const demo = join(projectRoot, 'test/fixtures/fixtures/ledgers/demo/vex.db');
const TENANT = 'acme-payments';
/** The demo's first escalation, with its event and packet; and a resolved one. */
const ID = 'esc-pay-0001';
const RESOLVED = 'wire_transfer/PAY-53298#2';

let folder: string;
let path: string;
let db: Database.Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'));
  path = join(folder, 'vex.db');
  copyFileSync(demo, path);
  db = new Database(path);
  db.pragma('journal_mode = DELETE');
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const recordKey = (id: string) => `coordination:tenant:${TENANT}:record:${id}`;
const textOf = (key: string) =>
  db.prepare<[string], string>('SELECT value FROM kv_store WHERE key = ?').pluck().get(key) ?? '';
const eventKey = (id: string, member = 'escalation_event_id') =>
  `audit:tenant:${TENANT}:event:${JSON.parse(textOf(recordKey(id)))[member]}`;

/** Changes a row as SQLite's own JSON functions do, which leave the rest of its text alone. */
function change(key: string, expression: string, ...values: string[]): void {
  const { changes } = db.prepare(`UPDATE kv_store SET value = ${expression} WHERE key = ?`).run(...values, key);
  expect(changes).toBe(1);
}

async function read(id = ID) {
  const run = await ReaderRun.of([{ path, name: 'vex.db' }], { tenants: [TENANT], folder: join(folder, 'work') });
  const found = run.records.find(({ row }) => row.record.escalation_id === id);
  if (found === undefined) throw new Error(`${id} was not read`);
  const { row } = found;
  return {
    ...row,
    run,
    codes: row.findings.map(({ code }) => code),
    packets: row.evidence.filter(({ kind }) => kind === 'vep'),
  };
}

describe('the audit event of an escalation (docs/formats/import.md)', () => {
  test('as it came has the hash that it says', async () => {
    const { request, codes, packets } = await read();
    expect(request).toMatchObject({ source_hash: 'ok', signed: [], action: 'mass_email' });
    expect([codes, packets.length]).toEqual([[], 1]);
  });

  test('with another target in its data is EVENT_ALTERED', async () => {
    change(eventKey(ID), "json_set(value, '$.data.target', ?)", 'somebody else');
    const { request, codes } = await read();
    expect(request).toMatchObject({ source_hash: 'altered', target: 'somebody else' });
    expect(codes).toEqual(['EVENT_ALTERED']);
  });

  test('of a resolution that was changed is EVENT_ALTERED too', async () => {
    change(eventKey(RESOLVED, 'resolution_event_id'), "json_set(value, '$.data.decision', ?)", 'approved, of course');
    const { decision, codes } = await read(RESOLVED);
    expect(codes).toContain('EVENT_ALTERED');
    expect(decision).toMatchObject({ outcome: 'unknown' });
  });

  test('without its own packet in the capsule gives the one that no hash covers: BLOB_NOT_HASHED', async () => {
    change(eventKey(ID), "json_remove(value, '$.evidence_capsule.vep_blob')");
    const { codes, packets } = await read();
    expect(codes).toContain('BLOB_NOT_HASHED');
    expect(packets).toHaveLength(1);
  });

  test('with two packets that differ gives both: BLOBS_DIFFER', async () => {
    change(eventKey(ID), "json_set(value, '$.vep_blob[4]', 0)");
    const { request, codes, packets } = await read();
    expect(request?.source_hash).toBe('ok');
    expect(codes).toEqual(['BLOBS_DIFFER']);
    expect(packets).toHaveLength(2);
  });

  test('that is not there is EVENT_ABSENT', async () => {
    db.prepare('DELETE FROM kv_store WHERE key = ?').run(eventKey(ID));
    const { request, codes } = await read();
    expect([request, codes]).toEqual([null, ['EVENT_ABSENT']]);
  });

  test('that the record does not name is found by the escalation that it names', async () => {
    const wanted = eventKey(ID).slice(-36);
    change(recordKey(ID), "json_set(value, '$.escalation_event_id', ?)", '11111111-1111-4111-8111-111111111111');
    expect((await read()).request).toMatchObject({ event_id: wanted, source_hash: 'ok' });
  });

  test('of another escalation is never taken for this one’s, though the record names it', async () => {
    const other = eventKey(RESOLVED).slice(-36);
    db.prepare('DELETE FROM kv_store WHERE key = ?').run(eventKey(ID));
    change(recordKey(ID), "json_set(value, '$.escalation_event_id', ?)", other);
    const { request, codes, packets } = await read();
    expect([request, codes, packets]).toEqual([null, ['EVENT_ABSENT'], []]);
  });

  test('that only redacts the escalation’s id is taken', async () => {
    change(eventKey(ID), "json_set(value, '$.data.escalation_id', ?)", '[REDACTED]');
    expect((await read()).request).toMatchObject({ source_hash: 'altered', action: 'mass_email' });
  });

  test('that is no JSON, or of another kind, leaves the escalation without a request; its row is kept as it is', async () => {
    const key = eventKey(ID);
    change(key, '?', '{"id":');
    const { request, run } = await read();
    expect(request).toBeNull();
    const kept = run.sourceRows.find((row) => Buffer.from(row.key).toString() === key);
    expect(Buffer.from(kept?.value ?? '').toString()).toBe('{"id":');
    change(eventKey(RESOLVED), "json_set(value, '$.event_type', ?)", 'DECISION');
    expect((await read(RESOLVED)).request).toBeNull();
  });

  test('keeps an id with U+0000: found by the name that its data give', async () => {
    const id = 'nul\u0000byte';
    const value = JSON.parse(textOf(recordKey(ID)));
    const record = JSON.stringify({
      ...value,
      escalation_id: id,
      escalation_event_id: '11111111-1111-4111-8111-111111111111',
    });
    db.prepare('INSERT INTO kv_store(key, value) VALUES (?, ?)').run(recordKey(id), record);
    change(eventKey(ID), "json_set(value, '$.data.escalation_id', ?)", id);
    expect((await read(id)).request).toMatchObject({ action: 'mass_email' });
  });
});

describe('the request’s deadlines and words', () => {
  test('respond_by is a deadline where it is an instant, and stays a word where it is none', async () => {
    change(eventKey(ID), "json_set(value, '$.data.respond_by', ?)", '2026-10-07T01:00:00+03:00');
    expect((await read()).deadlines).toEqual([{ at: '2026-10-06T22:00:00Z', source: 'agent' }]);
    change(eventKey(ID), "json_set(value, '$.data.respond_by', ?)", 'tomorrow');
    const { deadlines, request } = await read();
    expect([deadlines, request?.respond_by]).toEqual([[], 'tomorrow']);
  });

  test('S63: what is hidden in the agent’s words is found, wherever it stands', async () => {
    change(eventKey(ID), "json_set(value, '$.data.policy_text', ?, '$.data.reference', ?)", 'a\u202eb', 'x\u200by');
    const { codes } = await read();
    expect(codes).toEqual(expect.arrayContaining(['EVENT_ALTERED', 'BIDI_CONTROL', 'INVISIBLE_IN_TEXT']));
  });

  test('a record that says RESOLVED, whose event says rejected, says so', async () => {
    change(eventKey(RESOLVED, 'resolution_event_id'), "json_set(value, '$.data.decision', ?)", 'rejected');
    const { decision, codes } = await read(RESOLVED);
    expect(decision).toMatchObject({ outcome: 'rejected' });
    expect(codes).toContain('EVENT_SAYS_REJECTED');
  });
});
