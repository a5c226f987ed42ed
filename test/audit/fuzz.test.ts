import { beforeAll, describe, expect, test } from 'vitest';
import { SeededRandom } from '../bench/random.ts';
import type { CaseResult } from '../fuzz/area.ts';
import { makeLogs } from '../fuzz/proofs/logs.ts';
import { originalOf } from '../fuzz/proofs/originals.ts';
import { ProofCases } from '../fuzz/proofs/proof-cases.ts';
import { accepts } from '../fuzz/proofs/verifiers.ts';

const logs = makeLogs();
const CASES = 6_000;
const FIRST = 1_000_000_000;

describe('S60, S61, I6: mutated proofs (npm run fuzz -- proofs: as many as you like)', () => {
  let results: CaseResult[] = [];
  beforeAll(() => {
    const cases = new ProofCases(logs);
    results = Array.from({ length: CASES }, (_, n) => cases.run(FIRST + n));
  });

  test('none that says other than the log is accepted, and every original is', () => {
    expect(results.filter(({ fault }) => fault !== null)).toEqual([]);
    const tally = Map.groupBy(results, ({ outcome }) => outcome);
    expect(tally.get('refused')?.length).toBeGreaterThan(CASES * 0.8);
    // The rule that sets mutants apart does not do so for most of them, and those that say the same are not all refused.
    expect(tally.get('same_accepted')?.length).toBeGreaterThan(100);
  });

  test('each kind of proof is refused, hundreds of times', () => {
    const kinds = [
      'inclusion',
      'consistency',
      'opening',
      'note',
      'cosignature',
      'checkpoint',
      'proof',
      'envelope',
      'statement',
      'vkey',
    ];
    for (const kind of kinds) {
      const refused = results.filter(({ failed }) => failed === `${kind} refused`);
      expect([kind, refused.length > 200]).toEqual([kind, true]);
    }
  });

  test('the same seed gives the same input', () => {
    const again = new ProofCases(logs);
    for (const n of [0, 77, 5_999]) expect(again.run(FIRST + n).bytes).toEqual(results[n]?.bytes);
  });

  test('finds a verifier that accepts whatever it is shown, one that refuses it, and one that throws', () => {
    const faultsOf = (verify: typeof accepts) => {
      const cases = new ProofCases(logs, verify);
      return Array.from({ length: 200 }, (_, seed) => cases.run(seed)).filter(({ fault }) => fault !== null).length;
    };
    const thrower = () => {
      throw new RangeError('out of something');
    };
    expect(faultsOf(() => true)).toBeGreaterThan(150);
    expect(faultsOf(() => false)).toBe(200);
    expect(faultsOf(thrower)).toBe(200);
  });

  test('finds a verifier that leaves one thing out', () => {
    const careless: [string, typeof accepts][] = [
      ['who must have signed', (proof) => accepts('bytes' in proof ? { ...proof, trust: 'pinned' } : proof)],
      ['the head kept from before', (proof) => accepts('bytes' in proof ? { ...proof, previous: null } : proof)],
      ['a long path', (proof) => (proof.kind === 'inclusion' && proof.path.length > 7) || accepts(proof)],
      ['the salt', (proof) => proof.kind === 'opening' || accepts(proof)],
    ];
    for (const [name, verify] of careless) {
      const cases = new ProofCases(logs, verify);
      const found = Array.from({ length: 1_500 }, (_, seed) => cases.run(seed)).some(({ fault }) => fault !== null);
      expect([name, found]).toEqual([name, true]);
    }
  });

  test('originals of every kind hold', () => {
    const random = new SeededRandom(5);
    for (const kind of ['inclusion', 'consistency', 'checkpoint', 'proof', 'note'] as const) {
      for (let n = 0; n < 200; n += 1) {
        const { name, proof } = originalOf(kind, logs, random);
        expect([name, accepts(proof)]).toEqual([name, true]);
      }
    }
  });
});
