import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerStore } from '../../electron/store/ledger-store.ts';
import { openSqliteStore } from '../../electron/store/sqlite/open.ts';
import { allLogFailures } from '../contract/store/checked.ts';
import { evidence, importRows, keyOf, resolvedUpstream, writing } from '../contract/store/makers.ts';
import { faultsOf } from './check-store.ts';
import { systemClock, systemIds } from './child/system.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const REMOVER = join(import.meta.dirname, 'child', 'remover.ts');
const MANY = 450;
const rows = Array.from({ length: MANY }, (_, n) =>
  resolvedUpstream(`esc-${n}`, { evidence: [evidence(`packet ${n} `.repeat(n % 9 === 0 ? 9_000 : 40))] }),
);

/** Runs the remover; kills it with SIGKILL once so many steps were acknowledged. How many escalations those removed. */
async function remove(path: string, killAfter: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [REMOVER, path, 'acme'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (printed.split('\n').length > killAfter) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = printed
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { escalations: number });
  return lines.reduce((sum, { escalations }) => sum + escalations, 0);
}

/** How many lost their bytes; each wholly and with its event, or not at all. */
async function removedIn(store: LedgerStore): Promise<number> {
  let removed = 0;
  for (const row of rows) {
    const read = (await store.read(keyOf(row), systemClock.now())) ?? expect.fail('an escalation is lost');
    const [piece] = read.escalation.evidence;
    const isTold = read.escalation.events.some(({ type }) => type === 'evidence.removed');
    const bytes = await store.evidenceBytes('acme', piece?.sha256 ?? '');
    expect([piece?.removed_at !== undefined, bytes === null]).toEqual([isTold, isTold]);
    removed += isTold ? 1 : 0;
  }
  return removed;
}

test('I1, I2, I7: kill -9 in the middle of a removal leaves each escalation whole or removed, with its event; the rest goes on', async () => {
  const path = folder.path('removed.ledger');
  const open = () => openSqliteStore({ path, clock: systemClock, ids: systemIds });
  const made = await open();
  await importRows(made, writing(systemClock), rows);
  const before = await made.logHead('acme');
  await made.close();
  let least = 0;
  for (const steps of [1, 2, 1, Number.POSITIVE_INFINITY]) {
    least += await remove(path, steps);
    const store = await open();
    expect(await removedIn(store)).toBeGreaterThanOrEqual(least);
    expect(await allLogFailures(store)).toEqual([]);
    expect(await store.logRoot('acme', before.size)).toEqual(before.root);
    await store.close();
  }
  const store = await open();
  expect(await removedIn(store)).toBe(MANY);
  await store.close();
  expect(faultsOf(path)).toEqual([]);
}, 120_000);
