import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { spawnNodeReader } from '../../../electron/desk/node-reader.ts';
import type { ReaderProcess } from '../../../electron/features/context.ts';
import { cancel, get } from '../../../electron/features/job/handlers.ts';
import { jobsOf } from '../../../electron/features/job/jobs.ts';
import { startImport } from '../../../electron/features/transfer/handlers.ts';
import { BY, openTransferDesk, READER, type TransferDesk } from './transfer-desk.ts';

const KEY = '99999999-9999-4999-8999-999999999999';
const EVENT = '919108f7-52d1-4320-9bac-f847db4148a8';
const line = (n: number) =>
  JSON.stringify({
    escalation_id: `e${n}`,
    status: 'ESCALATED',
    escalation_event_id: EVENT,
    timestamp: '2026-11-01T00:00:00Z',
  });

let desk: TransferDesk;
let spawned: ReaderProcess;
let memory: number | null = null;
/** What the desk hears; a test may hold a message back. */
let gate: (message: unknown, pass: () => void) => void = (_, pass) => pass();
let program = READER;

beforeEach(async () => {
  memory = null;
  gate = (_, pass) => pass();
  program = READER;
  desk = await openTransferDesk(() => {
    const reader = spawnNodeReader(program);
    spawned = {
      ...reader,
      onMessage: (listener) => reader.onMessage((message) => gate(message, () => listener(message))),
      residentBytes: () => memory ?? reader.residentBytes(),
    };
    return spawned;
  });
});
afterEach(() => desk[Symbol.asyncDispose]());

function records(count: number): string {
  const path = join(desk.folder, 'x.jsonl');
  writeFileSync(path, Array.from({ length: count }, (_, n) => line(n)).join('\n'));
  return path;
}

async function start(path: string): Promise<string> {
  const source = desk.context.staging.stageSource(path, { name: 'x.jsonl', temporary: false });
  const input = { by: BY, idempotency_key: KEY, sources: [source], tenants: ['t'], dry_run: false };
  return (await startImport(desk.context, input)).job_id;
}

async function end(jobId: string) {
  await jobsOf(desk.context).ended(jobId);
  return get(desk.context, { job_id: jobId });
}

/** A reader that never says a word. */
function silentProgram(): string {
  mkdirSync(join(desk.folder, 'program'));
  const path = join(desk.folder, 'program', 'silent.mjs');
  writeFileSync(path, 'process.on("message", () => undefined);\n');
  return path;
}

describe('S46: the reader process can be stopped', () => {
  test('when it makes no progress for 60 seconds', async () => {
    program = silentProgram();
    const jobId = await start(records(1));
    await vi.waitFor(() => expect(desk.readers).toHaveLength(1));
    for (let second = 0; second < 60; second += 1) desk.clock.tick(1000);
    expect((await get(desk.context, { job_id: jobId })).state).toBe('running');
    desk.clock.tick(1000);
    expect(await end(jobId)).toMatchObject({ state: 'failed', error: { code: 'LIMIT_EXCEEDED' } });
    expect(readdirSync(join(desk.folder, 'home'))).toEqual([]);
  });

  test('when it holds more than 1 GiB', async () => {
    program = silentProgram();
    const jobId = await start(records(1));
    await vi.waitFor(() => expect(desk.readers).toHaveLength(1));
    memory = 1024 ** 3 + 1;
    desk.clock.tick(1000);
    expect(await end(jobId)).toMatchObject({ state: 'failed', error: { code: 'LIMIT_EXCEEDED' } });
  });

  test('when it says what it may not say', async () => {
    gate = (message, pass) => {
      if ((message as { type: string }).type === 'batch') Object.assign(message as object, { tenant: 7 });
      pass();
    };
    const jobId = await start(records(1));
    const error = { code: 'INTERNAL', message: expect.stringContaining('of another build') };
    expect(await end(jobId)).toMatchObject({ state: 'failed', error });
    expect(await desk.store.tenants()).toEqual([]);
  });

  test('when it dies: what is in stays in, and importing again goes on', async () => {
    let batches = 0;
    gate = (message, pass) => {
      batches += (message as { type: string }).type === 'batch' ? 1 : 0;
      if (batches === 2) spawned.kill();
      else pass();
    };
    const path = records(2500);
    const job = await end(await start(path));
    expect(job).toMatchObject({
      state: 'failed',
      error: { code: 'LIMIT_EXCEEDED' },
      import_result: { imported: 1000 },
    });
    expect(await desk.all('t')).toHaveLength(1000);
    gate = (_, pass) => pass();
    expect(await desk.imported(path, { tenants: ['t'] })).toMatchObject({
      read: 2500,
      imported: 1500,
      unchanged: 1000,
    });
  });
});

describe('a job', () => {
  test('that is cancelled ends after its step; what is in stays in, and nothing is left of its copies', async () => {
    gate = (message, pass) => {
      pass();
      if ((message as { type: string }).type === 'batch') void cancel(desk.context, { job_id: KEY });
    };
    const job = await end(await start(records(5000)));
    expect(job).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } });
    const kept = (await desk.all('t')).length;
    expect(kept).toBeLessThan(5000);
    expect(job.import_result).toMatchObject({ imported: kept });
    expect(readdirSync(join(desk.folder, 'home'))).toEqual([]);
  });

  test('that is started twice with one key runs once; the key with another input is INVALID_INPUT', async () => {
    const path = records(3);
    const source = desk.context.staging.stageSource(path, { name: 'x.jsonl', temporary: false });
    const input = { by: BY, idempotency_key: KEY, sources: [source], tenants: ['t'], dry_run: false };
    expect(await startImport(desk.context, input)).toEqual(await startImport(desk.context, input));
    await expect(startImport(desk.context, { ...input, dry_run: true })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await end(KEY);
    expect(await startImport(desk.context, input)).toEqual({ job_id: KEY });
    expect(desk.readers).toHaveLength(1);
  });

  test('is not started by a desk that closes', async () => {
    await jobsOf(desk.context).close();
    await expect(start(records(1))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('of a desk that died has failed for the next one; of one that lives it goes on', async () => {
    program = silentProgram();
    const jobId = await start(records(1));
    const jobs = jobsOf({ ...desk.context, owner: 'next' });
    await jobs.failOrphans(() => true);
    expect((await desk.store.job(jobId))?.job.state).toBe('running');
    await jobs.failOrphans(() => false);
    expect((await desk.store.job(jobId))?.job).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } });
  });

  test('that nobody knows is NOT_FOUND', async () => {
    await expect(get(desk.context, { job_id: KEY })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(cancel(desk.context, { job_id: KEY })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
