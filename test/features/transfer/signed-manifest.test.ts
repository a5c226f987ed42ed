import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOwnEnvelope } from '../../../electron/audit/statement/dsse.ts';
import { readExport } from '../../../electron/audit/statement/export-statement.ts';
import { sha256Hex } from '../../../electron/features/writing.ts';
import { ExportFormat } from '../../../shared/contract/transfer.ts';
import { type LogDesk, openLogDesk, TENANT } from '../log/log-desk.ts';

/** `FILE.manifest.dsse.json`, docs/formats/export.md. */
describe('the signed manifest of an export', () => {
  let desk: LogDesk;
  let folder: string;
  beforeEach(async () => {
    desk = await openLogDesk();
    folder = join(desk.home, 'out');
    mkdirSync(folder);
    await desk.decide('E-1');
  });
  afterEach(() => desk.close());

  async function exported(format: ExportFormat, name = `acme.${format}`, force = false) {
    const target = desk.desk.staging.stageTarget(join(folder, name), { name, force });
    const query = { tenant: TENANT, format, status: 'all' as const };
    const call = { by: desk.by, idempotency_key: randomUUID(), query, target };
    return desk.ended((await desk.client.transfer.export(call)).job_id);
  }
  const at = (name: string) => join(folder, name);
  const verified = async (path: string) =>
    desk.client.evidence.verify_file({ tenant: TENANT, staged: desk.stage(path) });

  it.each(ExportFormat.options)('%s: says all that the manifest says, and verifies beside both', async (format) => {
    const { manifest } = await exported(format);
    const name = `acme.${format}`;
    expect(readdirSync(folder).sort()).toEqual([name, `${name}.manifest.dsse.json`, `${name}.manifest.json`]);
    const envelope = readOwnEnvelope(readFileSync(at(`${name}.manifest.dsse.json`)));
    const read = envelope === null ? null : readExport(envelope);
    if (read?.ok !== true) throw new Error('it is no statement of an export');
    const { uid } = await desk.desk.main.store.logHead(TENANT);
    const { tenant, made_at, ...said } = read.statement.predicate;
    expect([tenant, Number.isNaN(Date.parse(made_at))]).toEqual([uid, false]);
    expect(said).toEqual(JSON.parse(readFileSync(at(`${name}.manifest.json`), 'utf8')));
    expect(said).toEqual(manifest);
    const { report, proven } = await verified(at(`${name}.manifest.dsse.json`));
    expect(report).toMatchObject({ kind: 'proof', verdict: 'verified', key: { purpose: 'desk' } });
    expect(proven).toMatch(/^The desk wrote this export/);
    // The export itself leads to it.
    expect((await verified(at(name))).signed_manifest).toEqual(report);
  });

  it('its event names file and manifest, and older ones stay readable', async () => {
    const { manifest } = await exported('csv');
    const { rows } = await desk.client.log.list({ tenant: TENANT, kinds: ['export.finished'], limit: 1 });
    const { leaf } = await desk.client.log.get({ tenant: TENANT, seq: rows[0]?.seq ?? '' });
    const manifest_sha256 = sha256Hex(readFileSync(at('acme.csv.manifest.json')));
    expect(JSON.parse(leaf)).toMatchObject({ v: 2, sha256: manifest?.sha256, manifest_sha256 });
  });

  it('says where a file was changed since, or lies elsewhere', async () => {
    await exported('csv');
    writeFileSync(at('acme.csv.manifest.json'), 'another');
    const { report } = await verified(at('acme.csv.manifest.dsse.json'));
    expect(report.checks.map(({ code }) => code)).toEqual(['SIGNED', 'FILE_DIFFERS']);
    copyFileSync(at('acme.csv.manifest.dsse.json'), desk.file('alone.json'));
    const alone = (await verified(desk.file('alone.json'))).report;
    expect([alone.verdict, ...alone.checks.map(({ code }) => code)]).toEqual(['unchecked', 'SIGNED', 'FILE_ABSENT']);
  });

  it('the bare manifest proves nothing, and says what does', async () => {
    await exported('csv');
    const { report } = await verified(at('acme.csv.manifest.json'));
    expect(report).toMatchObject({ kind: 'unknown', verdict: 'failed' });
    expect(report.checks[0]?.detail).toContain('acme.csv.manifest.dsse.json');
  });

  it.each(['.manifest.json', '.manifest.dsse.json'])(
    'one that is there already (%s) is kept, but by force',
    async (end) => {
      writeFileSync(at(`acme.csv${end}`), 'mine');
      expect((await exported('csv')).error?.code).toBe('ALREADY_EXISTS');
      expect(readdirSync(folder)).toEqual([`acme.csv${end}`]);
      expect(readFileSync(at(`acme.csv${end}`), 'utf8')).toBe('mine');
      expect((await exported('csv', 'acme.csv', true)).state).toBe('done');
      expect((await verified(at('acme.csv.manifest.dsse.json'))).report.verdict).toBe('verified');
    },
  );

  it('what comes in the way in the end leaves none of the three behind', async () => {
    const { store } = desk.desk.main;
    const { logHead } = store;
    // The last thing that is read before the files are put in their places.
    store.logHead = async (tenant) => {
      writeFileSync(at('acme.csv.manifest.dsse.json'), 'mine');
      return logHead(tenant);
    };
    expect((await exported('csv')).error?.code).toBe('ALREADY_EXISTS');
    store.logHead = logHead;
    expect(readdirSync(folder)).toEqual(['acme.csv.manifest.dsse.json']);
    expect(existsSync(at('acme.csv'))).toBe(false);
  });
});
