import { describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import { readCorpus } from '../fuzz/corpus.ts';
import { coveredBy } from '../fuzz/covered.ts';
import { genuineOf, judge } from '../fuzz/judge.ts';
import { runCase } from '../fuzz/run-case.ts';

const corpus = readCorpus();
const genuine = genuineOf(corpus);
const CASES = 3_000;

describe('I6, S49-S56: mutated evidence (npm run fuzz: as many as you like)', () => {
  it('crashes nothing, hangs nothing and never verifies what was not signed', () => {
    const results = Array.from({ length: CASES }, (_, seed) => runCase(corpus, genuine, seed));
    expect(results.filter(({ fault }) => fault !== null)).toEqual([]);
    const tally = Map.groupBy(results, ({ verdict }) => verdict);
    // Mutants that say the same in other bytes do verify: the rest is not refused for nothing.
    expect(tally.get('verified')?.length).toBeGreaterThan(50);
    expect(tally.get('failed')?.length).toBeGreaterThan(1_000);
  });

  it('is the same input for the same seed', () => {
    for (const seed of [1, 77, 123_456_789]) {
      const bytes = () => runCase(corpus, genuine, seed).bytes;
      expect(bytes().equals(bytes())).toBe(true);
    }
  });

  it('finds a verifier that believes what it is shown', () => {
    const believer: typeof verifyEvidence = (bytes, context) => {
      const report = verifyEvidence(bytes, context);
      const checks = report.checks.map((check) => ({ ...check, verdict: 'verified' as const }));
      return { ...report, checks, verdict: 'verified' };
    };
    const results = Array.from({ length: 300 }, (_, seed) => runCase(corpus, genuine, seed, believer));
    expect(results.filter(({ fault }) => fault !== null).length).toBeGreaterThan(150);
    const thrower = () => {
      throw new RangeError('out of something');
    };
    expect(runCase(corpus, genuine, 1, thrower)).toMatchObject({
      verdict: 'threw',
      fault: 'RangeError: out of something',
    });
  });

  it('knows the originals: each that the fixtures call genuine may verify, and verifies as they say', () => {
    expect(corpus.originals.filter((original) => original.genuine).length).toBeGreaterThan(150);
    expect(genuine.untold.size).toBeLessThan(60);
    for (const { bytes, at, genuine: expected, name } of corpus.originals) {
      const report = verifyEvidence(bytes, { at, trust: corpus.trust, role: 'escalation' });
      expect([name, judge(bytes, report, genuine)]).toEqual([name, null]);
      if (expected) expect([name, coveredBy(bytes) === null]).toEqual([name, false]);
    }
  });
});
