import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { type BuiltWriter, buildWriter } from './build-writer.ts';
import { killCycle } from './kill-cycle.ts';

const folder = temporaryFolder();
let writer: BuiltWriter;

beforeAll(async () => {
  writer = await buildWriter();
});
afterAll(() => writer.remove());

test('I1, I2, I7: kill -9 at random points loses nothing that was acknowledged and leaves no half (npm run faults: 10,000 times)', async () => {
  let acknowledged = 0;
  for (let seed = 1; seed <= 8; seed += 1) {
    const cycle = await killCycle(writer.path, folder.path('killed.ledger'), seed);
    expect([cycle.seed, cycle.faults]).toEqual([seed, []]);
    acknowledged += cycle.acknowledged;
  }
  expect(acknowledged).toBeGreaterThan(8);
}, 120_000);
