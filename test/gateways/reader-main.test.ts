import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { READER, ReaderRun } from '../helpers/reader-run.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const line = (n: number) =>
  `{"tenant":"t","id":"e${n}","record":{"escalation_id":"e${n}","status":"ESCALATED","escalation_event_id":"919108f7-52d1-4320-9bac-f847db4148a8","timestamp":"2026-11-01T00:00:00Z"}}\n`;

let folder: string;
let source: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reader-'));
  source = join(folder, 'x.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the reader process', () => {
  test('waits for the desk after each batch, and goes with it, its private folder too', async () => {
    writeFileSync(source, Array.from({ length: 5000 }, (_, n) => line(n)).join(''));
    const work = join(folder, 'work');
    mkdirSync(work);
    const reader = fork(READER, [], { serialization: 'advanced', env: {} });
    const exited = once(reader, 'exit');
    let batches = 0;
    const first = new Promise<void>((resolve) => {
      reader.on('message', (message: { type: string }) => {
        if (message.type !== 'batch') return;
        batches += 1;
        resolve();
      });
    });
    reader.send({ type: 'read', sources: [{ path: source, name: 'x' }], tenants: [], now: NOW, folder: work });
    await first;
    expect(existsSync(work)).toBe(true);
    reader.disconnect();
    expect(await exited).toEqual([1, null]);
    expect(existsSync(work)).toBe(false);
    expect(batches).toBe(1);
  });

  test('gives batches of at most 1,000 records, all in their order', async () => {
    writeFileSync(source, Array.from({ length: 2100 }, (_, n) => line(n)).join(''));
    const run = await ReaderRun.of([{ path: source, name: 'x' }], { folder: join(folder, 'work') });
    expect(run.batches).toEqual([1000, 1000, 100]);
    expect(run.records.map(({ locator }) => Number(locator))).toEqual(Array.from({ length: 2100 }, (_, n) => n + 1));
  });

  test('closes a batch at 8 MiB', async () => {
    const wide = (n: number) => line(n).replace('"timestamp"', `"note":"${'x'.repeat(900_000)}","timestamp"`);
    writeFileSync(source, Array.from({ length: 20 }, (_, n) => wide(n)).join(''));
    const run = await ReaderRun.of([{ path: source, name: 'x' }], { folder: join(folder, 'work') });
    expect(run.batches).toEqual([10, 10]);
  });
});
