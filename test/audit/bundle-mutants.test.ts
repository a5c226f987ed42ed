import { describe, expect, test } from 'vitest';
import { makeSpecimen } from './bundle-mutants.ts';
import { verify } from './synthetic-bundle.ts';

const COUNT = Number(process.env.VEX_BUNDLE_SPECIMENS ?? 120);

describe('bundles, sound and spoilt', () => {
  test(
    `S73: of ${COUNT}, every sound one verifies, and no other is complete and signed`,
    async () => {
      const kinds = { sound: 0, spoilt: 0 };
      for (let seed = 1; seed <= COUNT; seed += 1) {
        const { how, sound, bytes, previous } = await makeSpecimen(seed);
        const report = await verify(bytes, { previous });
        expect(report.verdict === 'verified', `${how}: ${JSON.stringify(report.checks)}`).toBe(sound);
        kinds[sound ? 'sound' : 'spoilt'] += 1;
      }
      expect(Math.min(kinds.sound, kinds.spoilt)).toBeGreaterThan(COUNT / 20);
    },
    180_000 + COUNT * 1000,
  );
});
