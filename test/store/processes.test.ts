import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import {
  CountedIds,
  decisionOn,
  escalation,
  HandClock,
  importRows,
  keyOf,
  pageQuery,
  writing,
} from '../contract/store/makers.ts';
import { signing } from '../contract/store/signing.ts';
import { faultsOf } from './check-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const DECIDER = join(import.meta.dirname, 'child', 'decider.ts');

interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: unknown[];
  readonly ended: Promise<unknown>;
}

function start(path: string, name: string, ids: readonly string[]): Child {
  const child = spawn(process.execPath, [DECIDER, path, name, ...ids], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: unknown[] = [];
  const reading = createInterface(child.stdout);
  reading.on('line', (line) => lines.push(JSON.parse(line)));
  return { process: child, lines, ended: Promise.all([once(child, 'exit'), once(reading, 'close')]) };
}

async function together(children: readonly Child[]): Promise<void> {
  await vi.waitFor(() => expect(children.every(({ lines }) => lines.length > 0)).toBe(true), { timeout: 60_000 });
  for (const child of children) child.process.stdin.write('go\n');
  await Promise.all(children.map(({ ended }) => ended));
}

const answersOf = (child: Child) => child.lines.slice(1) as { id: string; code: string }[];

describe('several processes on one store', { timeout: 120_000 }, () => {
  test('I8, I10: of two that decide the same, one is accepted each time; nothing is lost, nothing decided twice', async () => {
    const path = folder.path('two.ledger');
    const clock = new HandClock();
    const store = await openSqliteStore({ path, clock, ids: new CountedIds() });
    const ids = Array.from({ length: 40 }, (_, n) => `esc-${n}`);
    await importRows(
      store,
      writing(clock),
      ids.map((id) => escalation(id)),
    );
    const { cursor } = await store.changesSince(null);
    store.movedElsewhere();

    const children = [start(path, 'Ada', ids), start(path, 'Bob', ids)];
    await together(children);
    expect(children.map(({ process: child }) => child.exitCode)).toEqual([0, 0]);

    for (const id of ids) {
      const codes = children.map((child) => answersOf(child).find((answer) => answer.id === id)?.code);
      expect(codes.filter((code) => code === 'decided')).toHaveLength(1);
      const stored = (await store.read(keyOf(escalation(id)), clock.now()))?.escalation;
      const late = codes.filter((code) => code === 'ALREADY_DECIDED').length;
      expect(stored?.dissents).toHaveLength(late);
      expect(stored?.events.filter(({ type }) => type === 'decision.recorded')).toHaveLength(1);
      const winner = codes[0] === 'decided' ? 'Ada' : 'Bob';
      expect(stored?.decision?.reviewer).toBe(winner);
    }
    const { counts } = await store.page(pageQuery(clock));
    expect(counts).toMatchObject({ active: 80, expired: 40 });
    expect(store.movedElsewhere()).toBe(true);
    expect(store.movedElsewhere()).toBe(false);
    const news = await store.changesSince(cursor);
    expect(news.overflow || news.changes.some(({ key }) => key?.id === 'esc-39')).toBe(true);
    await store.close();
    expect(faultsOf(path)).toEqual([]);
  });

  test('each sees at once what another has committed, and its own writes are not news', async () => {
    const path = folder.path('news.ledger');
    const clock = new HandClock();
    const open = async () => signing(await openSqliteStore({ path, clock, ids: new CountedIds() }));
    const [first, second] = [await open(), await open()];
    const { cursor } = await first.changesSince(null);
    first.movedElsewhere();
    await importRows(first, writing(clock), [escalation('mine')]);
    expect(first.movedElsewhere()).toBe(false);
    await second.decide(writing(clock), await decisionOn(second, keyOf(escalation('mine')), clock));
    expect(first.movedElsewhere()).toBe(true);
    expect((await first.changesSince(cursor)).changes.map(({ topic, key }) => [topic, key?.id])).toEqual([
      ['queue', undefined],
      ['escalation', 'mine'],
      ['queue', undefined],
    ]);
    expect((await first.read(keyOf(escalation('mine')), clock.now()))?.escalation.record.status).toBe('EXPIRED');
    await first.close();
    await second.close();
  });

  test('two that make the store at once make one', async () => {
    const path = folder.path('race.ledger');
    const children = [start(path, 'Ada', []), start(path, 'Bob', [])];
    await together(children);
    expect(children.map(({ process: child }) => child.exitCode)).toEqual([0, 0]);
    expect(faultsOf(path)).toEqual([]);
  });
});
