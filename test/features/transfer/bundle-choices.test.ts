import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyFile } from '../../../electron/features/evidence/handlers.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { startExport } from '../../../electron/features/transfer/handlers.ts';
import type { ExportQuery } from '../../../shared/contract/transfer.ts';
import { BY, LEDGERS, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const tenant = 'acme-payments';
const BUNDLE = { tenant, format: 'bundle', status: 'all' } as const;

let desk: TransferDesk;
let first: { path: string; job: string };
beforeAll(async () => {
  desk = await openTransferDesk();
  const demo = join(desk.folder, 'demo.db');
  copyFileSync(join(LEDGERS, 'demo', 'vex.db'), demo);
  await desk.imported(demo);
  const path = join(desk.folder, 'first.zip');
  first = { path, job: (await desk.export(path, BUNDLE)).job_id };
});
afterAll(() => desk[Symbol.asyncDispose]());

function start(name: string, query: ExportQuery, more: { previous?: string; continues?: string }) {
  const path = join(desk.folder, name);
  const target = desk.context.staging.stageTarget(path, { name, force: false });
  return startExport(desk.context, { by: BY, idempotency_key: desk.context.ids.uuid(), query, target, ...more });
}

const verify = (path: string, name: string) => {
  const staged = desk.context.staging.stageSource(path, { name, temporary: false });
  return verifyFile(desk.context, { tenant, staged, role: 'escalation' });
};

describe('a file of the log', () => {
  test('is verified with the tenant’s keys, and what it proves is said in a sentence', async () => {
    const { report, anatomy, proven } = await verify(first.path, 'first.zip');
    expect(report).toMatchObject({ kind: 'bundle', verdict: 'verified' });
    expect(anatomy).toBeNull();
    expect(proven).toMatch(/The desk signed it, no file was changed since/);
  });

  test('that is cut short is a bundle still, and fails', async () => {
    const path = join(desk.folder, 'cut.zip');
    const bytes = readFileSync(first.path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 200));
    const { report, proven } = await verify(path, 'cut.zip');
    expect(report).toMatchObject({ kind: 'bundle', verdict: 'failed' });
    expect(proven).toMatch(/^Not proven: /);
  });

  test('a packet proves nothing of a log', async () => {
    const packet = join(LEDGERS, '..', 'packets', 'runtime-plain.vep');
    expect(await verify(packet, 'runtime-plain.vep')).toMatchObject({ report: { kind: 'vep' }, proven: null });
  });
});

describe('a bundle goes on from', () => {
  test('an earlier export of the tenant', async () => {
    const job = await start('second.zip', BUNDLE, { continues: first.job });
    await jobsOf(desk.context).ended(job.job_id);
    const { report } = await verify(join(desk.folder, 'second.zip'), 'second.zip');
    expect(report).toMatchObject({ kind: 'bundle', root: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(report.checks.find(({ name }) => name === 'consistency')).toBeDefined();
  });

  test('no other tenant’s export (I5), and no job that is none', async () => {
    const other = { ...BUNDLE, tenant: 'clinic-research' };
    await expect(start('x.zip', other, { continues: first.job })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const none = desk.context.ids.uuid();
    await expect(start('y.zip', BUNDLE, { continues: none })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('one checkpoint only, and no other format from any', async () => {
    const both = { continues: first.job, previous: 'staged-0' };
    await expect(start('z.zip', BUNDLE, both)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const csv = { tenant, format: 'csv', status: 'all' } as const;
    await expect(start('z.csv', csv, { continues: first.job })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the agents’ explanations', () => {
  test('stay out of a bundle together with the evidence that holds them', async () => {
    await expect(start('e.zip', { ...BUNDLE, redact: ['explanation'] }, {})).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const path = join(desk.folder, 'quiet.zip');
    await desk.exported(path, { ...BUNDLE, evidence: 'hashes', redact: ['explanation'] });
    const [quiet, whole] = [readFileSync(path).toString('latin1'), readFileSync(first.path).toString('latin1')];
    const said = 'should hear of the outage before they ask';
    expect(whole, 'a bundle of all holds it').toContain(said);
    expect(quiet).not.toContain(said);
    expect((await verify(path, 'quiet.zip')).report.verdict).toBe('verified');
  });
});
