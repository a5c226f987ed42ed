import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock, systemIds } from '../../electron/desk/system-clock.ts';
import { checkEventHash } from '../../electron/gateways/files/source-event-hash.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { readJson } from '../../shared/domain/json/read.ts';
import { fillStore } from './areas/import.ts';
import { bareImport } from './bare/import.ts';
import { BareLog } from './bare/log.ts';
import { WriteRecorder } from './bare/recorder.ts';
import { Replay } from './bare/replay.ts';
import { deflatedZip, storedZip } from './bare/zip.ts';
import { runBench } from './bench.ts';
import { BenchDesk } from './bench-desk.ts';
import { BUDGETS } from './budgets.ts';
import { makeLedger } from './make-ledger.ts';
import { LOG_TENANT, makeLog, newestOf } from './make-log.ts';
import { alternate, durations, quantiles, rates } from './measure.ts';
import { AREAS, PARTS, readOptions, UsageError } from './options.ts';
import { Testbed } from './testbed.ts';
import { unpackBundle } from './unpack-bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = {
  reader: join(ROOT, 'electron/gateways/files/reader-main.ts'),
  cli: join(ROOT, 'electron/hosts/cli/main.ts'),
};
const AROUND = { programs: SOURCES, say: () => undefined, mostRounds: 2 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vex-bench-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is measured', () => {
  test('JSONL: a line for each area and size, then the machine, with the members that scripts read', async () => {
    const lines: string[] = [];
    const options = { areas: AREAS, sizes: [60], seed: 1, json: true };
    await runBench(options, { ...AROUND, print: (text) => lines.push(text) });
    const printed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const machine = printed.pop();
    expect(printed.map(({ name }) => name)).toEqual(
      AREAS.flatMap((name) => (name in PARTS ? PARTS[name as keyof typeof PARTS] : [name])),
    );
    for (const measurement of printed) {
      expect(Object.keys(measurement)).toEqual(['name', 'n', 'unit', 'ours', 'bare', 'ratio']);
      const { n, ours, bare, ratio } = measurement as unknown as ReturnType<typeof durations>;
      // Of evidence alone the numbers are those of a round, which a short run makes short.
      expect(n).toBe(/^evidence-/.test(String(measurement.name)) ? AROUND.mostRounds : 60);
      for (const value of [ours.p50, ours.p95, bare.p50, bare.p95, ratio]) expect(value).toBeGreaterThan(0);
    }
    expect(Object.keys(machine ?? {})).toEqual(['machine', 'node', 'sqlite', 'date']);
  }, 120_000);

  test('without --json each line stands beside its budget', async () => {
    let printed = '';
    const print = (text: string) => {
      printed += text;
    };
    await runBench({ areas: ['counts'], sizes: [20], seed: 1, json: false }, { ...AROUND, print });
    expect(printed).toMatch(/^counts +20 .*(pass|over) \(p95 10 ms\)$/m);
  }, 60_000);

  test('both sides of an import write as many rows into every table', async () => {
    const bed = new Testbed(400, 5, AROUND);
    try {
      await fillStore(bed);
      const bare = bed.file('bare.db');
      await bed.withStore(async () => undefined, bare);
      expect(bareImport(bed.ledger.path, bare, bed.ledger.tenant)).toBe(400);
      const ours = rowsByTable(bed.store);
      // Kept of an import beside what it brings: who did it, how it went, and under which keys.
      const around = [
        'profiles',
        'profile_roles',
        'jobs',
        'job_report',
        'changes',
        'idempotency',
        'list_epochs',
        'leases',
        'sqlite_sequence',
      ];
      for (const table of around) delete ours[table];
      // Of the whole import the log has one event more, with its actor.
      const logged = { ledger_events: (ours.ledger_events ?? 0) - 1, event_fields: (ours.event_fields ?? 0) - 1 };
      expect(rowsByTable(bare)).toMatchObject({ ...ours, ...logged });
    } finally {
      bed.remove();
    }
  }, 60_000);

  test('a bare transaction writes the very rows that the desk wrote', () => {
    const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')];
    for (const path of [from, to]) {
      const db = new Database(path);
      db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)');
      db.close();
    }
    const recorder = new WriteRecorder();
    const db = new Database(from);
    const insert = db.prepare('INSERT INTO t (b) VALUES (?)');
    db.prepare('SELECT 1').get();
    insert.run(['one']);
    db.prepare('DELETE FROM t WHERE a = ?').run(99);
    insert.run('two');
    const written = recorder.take();
    recorder.stop();
    expect(written).toHaveLength(2);
    const replay = new Replay(to);
    replay.prepare(written);
    replay.write(written);
    replay.close();
    const rows = new Database(to).prepare('SELECT b FROM t ORDER BY a').pluck().all();
    expect(rows).toEqual(['one', 'two']);
    db.close();
  });
});

describe('the made ledger', () => {
  test('is the same for the same seed, another for another', () => {
    const [first, again, other] = [1, 1, 2].map((seed, n) => {
      const { path } = makeLedger(join(folder, `seed-${n}.db`), 50, seed);
      return new Database(path, { readonly: true }).prepare('SELECT key, value FROM kv_store ORDER BY key').raw().all();
    });
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('holds records of about 2 KiB and audit events with the hash that VEX makes', () => {
    const { path, tenant, active } = makeLedger(join(folder, 'shape.db'), 300, 7);
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT key, value FROM kv_store').all() as { key: string; value: string }[];
    const own = rows.filter(({ key }) => key.includes(':record:') || key.includes(':event:'));
    const bytes = own.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
    expect(bytes / 300).toBeGreaterThan(1800);
    expect(bytes / 300).toBeLessThan(3000);
    const list = rows.find(({ key }) => key === `coordination:tenant:${tenant}:active`);
    expect(JSON.parse(list?.value ?? '[]')).toHaveLength(active);
    const events = rows.filter(({ key }) => key.includes(':event:'));
    for (const { value } of events) {
      const read = readJson(Buffer.from(value), { bytes: 1024 * 1024 });
      expect(read.ok && checkEventHash(read.value)).toBe('ok');
    }
  });
});

describe('the made log', () => {
  const now = newestOf(120) + 60_000;
  const clock = { ...systemClock, now: () => now };

  test('is one that the desk verifies, with decisions in it; its bare root is its own', async () => {
    const path = join(folder, 'log.db');
    const store = await openSqliteStore({ path, clock, ids: systemIds });
    const size = await makeLog(store, 120, 1, now);
    const [{ root }, decisions] = [await store.logHead(LOG_TENANT), await store.logRows(DECISIONS)];
    const failures: unknown[] = [];
    for await (const step of store.checkLog(LOG_TENANT)) failures.push(...step.failures);
    await store.close();
    expect([size, decisions.length, failures]).toEqual([127, 6, []]);
    const bare = new BareLog(path);
    expect(bare.root()).toEqual(Buffer.from(root));
    const rows = rowsByTable(path);
    expect(bare.hashAll()).toBe((rows.event_fields ?? 0) + (rows.evidence ?? 0) + (rows.escalations ?? 0));
    bare.close();
  });

  test('its bundle’s files, put together bare, are the bundle’s own bytes', async () => {
    const bed = new Testbed(1, 1, AROUND);
    const [path, target, files] = [bed.file('bundle.zip'), bed.file('bare.zip'), bed.file('files')];
    const store = await openSqliteStore({ path: bed.file('log.db'), clock, ids: systemIds });
    await makeLog(store, 40, 1, now);
    await store.close();
    const desk = await BenchDesk.open(bed, bed.file('log.db'), clock);
    try {
      await desk.export(LOG_TENANT, 'bundle', path);
      const names = await unpackBundle(path, files);
      storedZip(files, names, target);
      expect(readFileSync(target).equals(readFileSync(path))).toBe(true);
      deflatedZip(files, names, target);
      const [first = ''] = names;
      const unzipped = inflateRawSync(readFileSync(target).subarray(30 + Buffer.byteLength(first)));
      expect(unzipped.equals(readFileSync(join(files, first)))).toBe(true);
    } finally {
      await desk.close();
      bed.remove();
    }
  });
});

const DECISIONS = { tenant: LOG_TENANT, kinds: ['decision.recorded'], limit: 100 };

describe('the numbers', () => {
  test('quantiles are the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(quantiles(values)).toEqual({ p50: 50, p95: 95 });
    expect(quantiles([7])).toEqual({ p50: 7, p95: 7 });
  });

  test('less is better in every ratio, of times and of rates', () => {
    const slow = { ours: [30, 30, 30], bare: [10, 10, 10] };
    expect(durations('open', 5, slow)).toMatchObject({ unit: 'ms', ratio: 3 });
    expect(rates('import', 60, slow)).toMatchObject({
      unit: 'records/s',
      ours: { p50: 2000 },
      bare: { p50: 6000 },
      ratio: 3,
    });
    expect(BUDGETS.import.kept(rates('import', 60, slow))).toBe(false);
  });

  test('the sides take turns, and neither always goes first', async () => {
    const order: string[] = [];
    const taken = await alternate(
      3,
      () => order.push('ours'),
      () => order.push('bare'),
    );
    expect(order).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
    expect(taken).toMatchObject({ ours: { length: 3 }, bare: { length: 3 } });
  });
});

describe('the command line', () => {
  test('names areas and sizes; all of them when none is named', () => {
    expect(readOptions(['search', '--sizes', '10000,100000', '--json'])).toEqual({
      areas: ['search'],
      sizes: [10_000, 100_000],
      seed: 1,
      json: true,
    });
    expect(readOptions([])).toEqual({ areas: [...AREAS], sizes: [10_000, 100_000, 1_000_000], seed: 1, json: false });
    expect(readOptions(['--help'])).toBeNull();
  });

  test.each([['nowhere'], ['--sizes', '0'], ['--sizes', '1e3'], ['--sizes', ''], ['--seed', '-1'], ['--fast']])(
    'refuses %s %s and says why',
    (...args) => {
      expect(() => readOptions(args)).toThrow(UsageError);
    },
  );
});

function rowsByTable(path: string): Record<string, number> {
  const db = new Database(path, { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  // The shadow tables of the full text hold its index, whose pages depend on how it was merged.
  const own = tables.filter((name) => name === 'search_docsize' || !name.startsWith('search_'));
  const rows = own.map((name) => [name, db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number] as const);
  db.close();
  return Object.fromEntries(rows);
}
