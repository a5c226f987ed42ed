import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareTrust, sameEntry } from '../../../renderer/features/keys/compare.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { aTrust } from './makers.ts';

const GATE: TrustEntry = { name: 'gate', purpose: 'gate', public_hex: 'cf'.repeat(32) };
const ISSUER: TrustEntry = { name: 'issuer', purpose: 'issuer', public_hex: 'fc'.repeat(32) };
const BASELINE: TrustEntry = { name: 'a', purpose: 'pcrs', aid: 'agent', pcrs: { '0': 'aa', '7': 'bb' } };

const anEntry: fc.Arbitrary<TrustEntry> = fc.oneof(
  fc.record({
    name: fc.constantFrom('gate', 'other'),
    purpose: fc.constantFrom('gate' as const, 'issuer' as const),
    public_hex: fc.constantFrom('cf'.repeat(32), 'fc'.repeat(32), '01'.repeat(32)),
  }),
  fc.record({
    name: fc.constant('a'),
    purpose: fc.constant('pcrs' as const),
    aid: fc.constantFrom('agent', 'other'),
    pcrs: fc.constantFrom({ '0': 'aa' }, { '0': 'bb' }),
  }),
);

describe('a trust file beside what is trusted', () => {
  test('the same, new, missing and changed entries are told apart', () => {
    const stored = [aTrust({ entry: GATE }), aTrust({ entry: BASELINE }), aTrust({ entry: ISSUER })];
    const renamed = { ...ISSUER, name: 'issuer-2' };
    const fresh = { ...GATE, public_hex: '01'.repeat(32) };
    const found = compareTrust([GATE, renamed, fresh], stored);
    expect(found).toEqual({
      same: [stored[0]],
      differs: [{ entry: renamed, stored: stored[2] }],
      fresh: [fresh],
      missing: [stored[1]],
    });
  });

  test('what only waits is not trusted: it is new; what was revoked is never new again', () => {
    expect(compareTrust([GATE], [aTrust({ entry: GATE, status: 'offered' })])).toMatchObject({
      fresh: [GATE],
      same: [],
    });
    const revoked = compareTrust([GATE], [aTrust({ entry: GATE, status: 'revoked' })]);
    expect(revoked).toMatchObject({ fresh: [] });
  });

  test('each entry of the file stands in exactly one list', () => {
    const someStored = fc.array(
      fc.record({ entry: anEntry, status: fc.constantFrom('offered', 'pinned', 'retired', 'revoked') }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(anEntry, { comparator: sameEntry }), someStored, (entries, given) => {
        const stored = given.map((one, n) =>
          aTrust({ ...one, entry_id: String(n) } as Partial<ReturnType<typeof aTrust>>),
        );
        const { same, differs, fresh } = compareTrust(entries, stored);
        const placed = entries.map(
          (entry) =>
            Number(same.some((known) => sameEntry(known.entry, entry))) +
            Number(differs.some((pair) => pair.entry === entry)) +
            Number(fresh.includes(entry)),
        );
        expect(placed.every((n) => n === 1)).toBe(true);
      }),
    );
  });

  test('an entry is the same whatever the order of its members and registers', () => {
    expect(sameEntry(BASELINE, { ...BASELINE, pcrs: { '7': 'bb', '0': 'aa' } })).toBe(true);
    expect(sameEntry(BASELINE, { ...BASELINE, pcrs: { '7': 'bb', '0': 'ab' } })).toBe(false);
    expect(sameEntry(GATE, { ...GATE, valid_until: '2026-10-01T00:00:00Z' })).toBe(false);
  });
});
