import { describe, expect, test } from 'vitest';
import { sharedCause } from '../../../renderer/features/queue/shared-cause.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';

const NOTHING = { gate: false, issuer: false, baseline: false };
const KEYS = { gate: true, issuer: true, baseline: false };

const rows = (n: number, detail: string, verdict: Verdict = 'unchecked', packets = 1) =>
  Array.from({ length: n }, (_, at) => ({ id: `${detail} ${at}`, event: '', evidence: { verdict, packets, detail } }));

describe('why most rows of the queue are unchecked', () => {
  test('one reason that all share is said once, and that it is all of them', () => {
    const found = sharedCause(rows(24, '9 of 10, not pcrs'), KEYS);
    expect(found).toMatchObject({ causes: ['baseline'], all: true });
    expect(found?.rows).toHaveLength(24);
  });

  test('with nothing pinned all reasons are said, also where only some rows have a token', () => {
    const mixed = [
      ...rows(9, '4 of 6, not signature, pcrs'),
      ...rows(8, '7 of 10, not token.signature, signature, pcrs'),
    ];
    const found = sharedCause([...mixed, ...rows(6, 'structure', 'failed')], NOTHING);
    expect(found).toMatchObject({ causes: ['gate-key', 'issuer-key', 'baseline'], all: false });
    expect(found?.rows).toHaveLength(17);
  });

  test('rows that wait for several things at once are one group, in a fixed order', () => {
    const some = [...rows(3, '3 of 5, not signature, pcrs'), ...rows(1, 'all 7 checks', 'verified')];
    expect(sharedCause(some, NOTHING)).toMatchObject({ causes: ['gate-key', 'baseline'], all: false });
    const tokens = rows(3, '6 of 9, not signature, pcrs, token.signature');
    expect(sharedCause(tokens, NOTHING)?.causes).toEqual(['gate-key', 'issuer-key', 'baseline']);
  });

  test('a signature is not said to wait for a key where one is pinned', () => {
    expect(sharedCause(rows(4, '4 of 6, not signature, pcrs'), KEYS)?.causes).toEqual(['baseline']);
    expect(sharedCause(rows(4, '5 of 6, not signature'), KEYS)).toBeNull();
  });

  test('no more than a few rows, or less than half of them, share nothing', () => {
    expect(sharedCause(rows(2, '5 of 6, not pcrs'), KEYS)).toBeNull();
    const mixed = [...rows(3, '5 of 6, not pcrs'), ...rows(4, 'signature', 'failed')];
    expect(sharedCause(mixed, KEYS)).toBeNull();
  });

  test('what has no packet waits for it; what is verified or failed waits for nothing', () => {
    expect(sharedCause(rows(5, 'no packet attached', 'unchecked', 0), KEYS)?.causes).toEqual(['packet']);
    expect(sharedCause(rows(5, 'not verified yet'), NOTHING)).toBeNull();
    expect(sharedCause(rows(5, 'signature', 'failed'), NOTHING)).toBeNull();
  });
});
