import { describe, expect, test } from 'vitest';
import { minutesOpen, myKeyOf } from '../../../renderer/features/keys/my-key.ts';
import {
  groupBaselines,
  keysOfOthers,
  lackingPurposes,
  type StoredBaseline,
  shownStatus,
  validWords,
} from '../../../renderer/features/keys/trust-rows.ts';
import { isBadHex, typedEntry } from '../../../renderer/features/keys/typed-key.ts';
import { anOwnKey, aTrust } from './makers.ts';

const NOW = Date.parse('2026-11-16T10:00:00Z');
const gate = (valid: object) =>
  aTrust({ entry: { name: 'g', purpose: 'gate', public_hex: 'cf'.repeat(32), ...valid } });

describe('the rows of the trust store', () => {
  test('a pinned key is in use only within its validity', () => {
    expect(shownStatus(gate({}), NOW)).toBe('in-use');
    expect(shownStatus(gate({ valid_until: '2026-11-16T10:00:00Z' }), NOW)).toBe('ended');
    expect(shownStatus(gate({ valid_from: '2026-11-16T10:00:01Z' }), NOW)).toBe('not-yet');
    expect(shownStatus({ ...gate({}), status: 'offered' }, NOW)).toBe('waits');
    expect(shownStatus({ ...gate({}), status: 'retired' }, NOW)).toBe('ended');
    expect(shownStatus({ ...gate({}), status: 'revoked' }, NOW)).toBe('revoked');
  });

  test('a purpose without a key in use is said, one that only waits or has ended is none', () => {
    expect(lackingPurposes([gate({})], NOW)).toEqual(['issuer', 'witness']);
    expect(lackingPurposes([{ ...gate({}), status: 'offered' }], NOW)).toContain('gate');
    expect(lackingPurposes([gate({ valid_until: '2026-10-01T00:00:00Z' })], NOW)).toContain('gate');
  });

  test('validity in days', () => {
    expect(validWords({ valid_from: '2026-10-01T00:00:00Z' })).toBe('from 1 Oct 2026');
    expect(validWords({ valid_from: '2026-01-01T00:00:00Z', valid_until: '2026-10-01T00:00:00Z' })).toBe(
      '1 Jan 2026 to 1 Oct 2026',
    );
    expect(validWords({})).toBe('no end given');
  });

  test('own keys are listed as own, not among those of others', () => {
    const own = anOwnKey({});
    const mine = aTrust({ entry: { name: 'me', purpose: 'reviewer', public_hex: own.public_hex } });
    expect(keysOfOthers({ trust: [gate({}), mine], own: [own] })).toEqual([gate({})]);
  });

  test('equal baselines stand together, whatever the order of their registers', () => {
    const of = (aid: string, pcrs: Record<string, string>) =>
      aTrust({ entry_id: aid, entry: { name: aid, purpose: 'pcrs', aid, pcrs } }) as StoredBaseline;
    const groups = groupBaselines([
      of('a', { '0': 'aa', '11': 'cc' }),
      of('b', { '0': 'ab' }),
      of('c', { '11': 'cc', '0': 'aa' }),
    ]);
    expect(groups.map(({ baselines }) => baselines.map(({ entry_id }) => entry_id))).toEqual([['a', 'c'], ['b']]);
  });
});

describe('one’s own key', () => {
  test('the newest in use signs; another’s never does', () => {
    const old = anOwnKey({ key_id: 'old', made_at: '2026-11-01T00:00:00Z' });
    const fresh = anOwnKey({ key_id: 'new', made_at: '2026-11-03T00:00:00Z' });
    const ended = anOwnKey({ key_id: 'ended', made_at: '2026-11-04T00:00:00Z', status: 'rotated' });
    const other = anOwnKey({ key_id: 'other', profile_id: 'another', made_at: '2026-11-05T00:00:00Z' });
    const desk = anOwnKey({ key_id: 'desk', profile_id: null, purpose: 'desk' });
    expect(myKeyOf({ own: [old, fresh, ended, other, desk] }, old.profile_id ?? '')?.key_id).toBe('new');
    expect(myKeyOf({ own: [ended, other, desk] }, old.profile_id ?? '')).toBeNull();
  });

  test('how long it stays open, rounded up, and nothing for one that is locked', () => {
    const open = anOwnKey({ state: 'unlocked', unlocked_until: '2026-11-16T10:14:01Z' });
    expect(minutesOpen(open, NOW)).toBe(15);
    expect(minutesOpen({ ...open, unlocked_until: '2026-11-16T10:00:00Z' }, NOW)).toBe(1);
    expect(minutesOpen({ ...open, unlocked_until: null }, NOW)).toBeNull();
    expect(minutesOpen({ ...open, state: 'locked' }, NOW)).toBeNull();
  });
});

describe('a key that is typed in', () => {
  const typed = { purpose: 'gate', name: ' gate ', hex: 'CF'.repeat(32), from: '', until: '' } as const;

  test('is taken in any letter case and grouping, with whole days of validity', () => {
    expect(typedEntry({ ...typed, hex: `cf:${'cf '.repeat(31)}`, from: '2026-10-01', until: '2026-12-31' })).toEqual({
      name: 'gate',
      purpose: 'gate',
      public_hex: 'cf'.repeat(32),
      valid_from: '2026-10-01T00:00:00Z',
      valid_until: '2027-01-01T00:00:00Z',
    });
  });

  test('is none without a name or with other than 64 hex digits', () => {
    expect(typedEntry({ ...typed, name: ' ' })).toBeNull();
    for (const hex of ['cf'.repeat(31), `${'cf'.repeat(31)}cg`, 'cf'.repeat(33)]) {
      expect(typedEntry({ ...typed, hex })).toBeNull();
      expect(isBadHex(hex)).toBe(true);
    }
    expect(isBadHex('')).toBe(false);
  });
});
