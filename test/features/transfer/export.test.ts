import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeatureContext } from '../../../electron/features/context.ts';
import { cancel } from '../../../electron/features/job/handlers.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { preview, startExport } from '../../../electron/features/transfer/handlers.ts';
import type { ExportFormat } from '../../../shared/contract/transfer.ts';
import { readCsv } from '../../helpers/read-csv.ts';
import { BY, FIXTURES, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const fixtures = join(FIXTURES, 'fixtures');
const FORMATS: ExportFormat[] = ['vex-json', 'jsonl', 'csv', 'vex-db'];
const tenant = 'acme-payments';

let desk: TransferDesk;
let demo: string;
let turn = 0;
beforeAll(async () => {
  desk = await openTransferDesk();
  demo = join(desk.folder, 'demo.db');
  copyFileSync(join(fixtures, 'ledgers', 'demo', 'vex.db'), demo);
  await desk.imported(demo);
});
afterAll(() => desk[Symbol.asyncDispose]());

/** A folder of its own for each test. */
function place(): string {
  turn += 1;
  const folder = join(desk.folder, `out-${turn}`);
  mkdirSync(folder);
  return folder;
}

type KvRow = { key: string; value: string; created_at: number | null; updated_at: number | null; tenant_id: string };
function kvRows(path: string): Map<string, KvRow> {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare<[], KvRow>('SELECT key, value, created_at, updated_at, tenant_id FROM kv_store').all();
  db.close();
  return new Map(rows.map((row) => [row.key, row]));
}

describe('vex-json', () => {
  test.each(['acme-payments', 'clinic-research', 'northwind-ops'])(
    'of %s’s active ones is what VEX prints, byte for byte',
    async (name) => {
      const path = join(place(), 'x.json');
      const manifest = await desk.exported(path, { tenant: name, format: 'vex-json', status: 'active' });
      expect(readFileSync(path, 'utf8')).toBe(readFileSync(join(fixtures, 'http', `escalations-${name}.json`), 'utf8'));
      expect(manifest.records).toBe(JSON.parse(readFileSync(path, 'utf8')).length);
    },
  );

  test('of nothing is an empty array', async () => {
    const path = join(place(), 'x.json');
    const manifest = await desk.exported(path, { tenant, format: 'vex-json', to: '2020-01-01T00:00:00Z' });
    expect([readFileSync(path, 'utf8'), manifest.records]).toEqual(['[]', 0]);
  });
});

describe('vex-db', () => {
  test('has vex-persist’s schema and migrations, and keeps records, list and audit rows byte for byte', async () => {
    const path = join(place(), 'vex.db');
    await desk.exported(path, { tenant, format: 'vex-db' });
    const [ours, theirs] = [path, demo].map((file) => {
      const db = new Database(file, { readonly: true });
      const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema').all();
      const migrations = db.prepare('SELECT version, description, success, hex(checksum) FROM _sqlx_migrations').all();
      const types = db.prepare('SELECT DISTINCT typeof(key), typeof(value) FROM kv_store').all();
      const check = db.pragma('integrity_check', { simple: true });
      db.close();
      return { schema, migrations, types, check };
    });
    expect(ours).toEqual(theirs);
    const source = [...kvRows(demo)].filter(([key]) => key.includes(`:tenant:${tenant}:`));
    const written = kvRows(path);
    expect(written.size).toBe(source.length);
    for (const [key, { value, created_at, updated_at, tenant_id }] of source) {
      expect(written.get(key)).toMatchObject({ value, tenant_id });
      if (key.startsWith('audit:')) expect(written.get(key)).toMatchObject({ created_at, updated_at });
    }
  });

  test('of a part lists only what is in it', async () => {
    const path = join(place(), 'vex.db');
    await desk.exported(path, { tenant, format: 'vex-db', status: 'resolved' });
    const rows = kvRows(path);
    expect(rows.get(`coordination:tenant:${tenant}:active`)?.value).toBe('[]');
    expect([...rows.keys()].filter((key) => key.includes(':record:'))).toHaveLength(12);
  });

  test('holds one of several escalations with one id: the active one', async () => {
    const record = (event: string, status: string) => ({
      tenant: 'reused',
      id: 'a',
      record: { escalation_id: 'a', status, escalation_event_id: event, timestamp: '2026-11-01T00:00:00Z' },
    });
    const lines = [
      record('919108f7-52d1-4320-9bac-f847db4148a8', 'EXPIRED'),
      record('11111111-1111-4111-8111-111111111111', 'ESCALATED'),
      record('22222222-2222-4222-8222-222222222222', 'EXPIRED'),
    ];
    const folder = place();
    writeFileSync(join(folder, 'in.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    await desk.imported(join(folder, 'in.jsonl'));
    const manifest = await desk.exported(join(folder, 'vex.db'), { tenant: 'reused', format: 'vex-db' });
    const rows = kvRows(join(folder, 'vex.db'));
    expect(manifest.records).toBe(1);
    expect(rows.get('coordination:tenant:reused:active')?.value).toBe('["a"]');
    expect(rows.get('coordination:tenant:reused:record:a')?.value).toContain('11111111');
  });
});

describe('csv', () => {
  test('has a line for each record and a cell for each column', async () => {
    const path = join(place(), 'x.csv');
    await desk.exported(path, { tenant, format: 'csv' });
    const rows = readCsv(readFileSync(path, 'utf8'));
    expect(rows).toHaveLength(41);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]?.length]));
  });
});

describe('every format', () => {
  test.each(FORMATS)('%s: the manifest says what the file is, and stands beside it', async (format) => {
    const folder = place();
    const path = join(folder, 'out');
    const manifest = await desk.exported(path, { tenant, format, status: 'active' });
    const bytes = readFileSync(path);
    expect(manifest).toMatchObject({
      file: 'out',
      bytes: bytes.length,
      records: 28,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      query: { tenant, format, status: 'active' },
      generator: 'vex-review-desk 0.0.0',
    });
    expect(JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8'))).toEqual(manifest);
    expect(readdirSync(folder).sort()).toEqual(['out', 'out.manifest.dsse.json', 'out.manifest.json']);
  });

  test.each(FORMATS)('%s: a file or manifest that is there is not replaced without force', async (format) => {
    const folder = place();
    const path = join(folder, 'out');
    writeFileSync(path, 'mine');
    expect((await desk.export(path, { tenant, format })).error?.code).toBe('ALREADY_EXISTS');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['out']);
    expect((await desk.export(path, { tenant, format }, true)).state).toBe('done');
    expect((await desk.export(join(folder, 'other'), { tenant, format })).state).toBe('done');
    expect((await desk.export(join(folder, 'other'), { tenant, format })).error?.code).toBe('ALREADY_EXISTS');
  });

  test.each(FORMATS)('%s: cancelled, it leaves nothing behind', async (format) => {
    const folder = place();
    const key = `77777777-7777-4777-8777-77777777777${FORMATS.indexOf(format)}`;
    // The store hands out one record at a time, and the job is cancelled when the second is asked for.
    const slow = {
      async *exportBatches(range: Parameters<typeof desk.store.exportBatches>[0]) {
        for await (const batch of desk.store.exportBatches(range)) {
          for (const escalation of batch) {
            yield [escalation];
            await cancel(context, { job_id: key });
          }
        }
      },
    };
    const store = new Proxy(desk.store, { get: (target, name) => own(slow, name) ?? bound(target, name) });
    const context: FeatureContext = { ...desk.context, store };
    const target = context.staging.stageTarget(join(folder, 'out'), { name: 'out', force: false });
    await startExport(context, { by: BY, idempotency_key: key, query: { tenant, format, status: 'all' }, target });
    await jobsOf(context).ended(key);
    expect((await desk.store.job(key))?.job).toMatchObject({ state: 'cancelled', manifest: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder that is not there is a failed job, with nothing written', async () => {
    const job = await desk.export(join(desk.folder, 'none', 'out'), { tenant, format: 'csv' });
    expect(job.state).toBe('failed');
    expect(existsSync(join(desk.folder, 'none'))).toBe(false);
  });

  test('preview counts what an export would have', async () => {
    const query = { tenant, format: 'csv', status: 'resolved' } as const;
    expect(await preview(desk.context, query)).toEqual({ records: 12, exact: true });
  });

  test('of the sample says so', async () => {
    const context = { ...desk.context, sample: true };
    const target = context.staging.stageTarget(join(place(), 'out'), { name: 'out', force: false });
    const key = '88888888-8888-4888-8888-888888888888';
    await startExport(context, {
      by: BY,
      idempotency_key: key,
      query: { tenant, format: 'csv', status: 'all' },
      target,
    });
    await jobsOf(context).ended(key);
    expect((await desk.store.job(key))?.job.manifest?.query).toMatchObject({ sample: true });
  });
});

function own(object: object, name: string | symbol): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? value.bind(target) : value;
}
