import { describe, expect, test } from 'vitest';
import { baselineOf, distinctBaselines } from '../../../renderer/features/verify/baseline.ts';
import { hashTree } from '../../../renderer/features/verify/hash-tree.ts';
import { hexRows } from '../../../renderer/features/verify/hex-rows.ts';
import { changedPillars, partingsOf, partsAt } from '../../../renderer/features/verify/parting.ts';
import { ExactJson } from '../../../shared/domain/escalation.ts';
import { anAnatomy, hash } from './anatomy.ts';

const sound = anAnatomy();
const withPillar = (name: string, change: object) =>
  anAnatomy({ pillars: sound.pillars.map((one) => (one.name === name ? { ...one, ...change } : one)) });

describe('where a packet parts from what it claims', () => {
  test('a sound one nowhere', () => {
    for (const check of ['root', 'hashes', 'aid', 'nonce'] as const) expect(partingsOf(check, sound)).toEqual([]);
    expect(changedPillars(sound)).toEqual([]);
  });

  test('the root: claimed beside computed', () => {
    const changed = anAnatomy({ root: { claimed: hash('e'), computed: hash('d') } });
    expect(partingsOf('root', changed)).toEqual([{ of: 'root', claimed: hash('e'), computed: hash('d') }]);
  });

  test('a capsule says which of its parts was changed, by the hash beside it', () => {
    const changed = withPillar('authority', { claimed: { hash: hash('9'), rule: 'neither' } });
    expect(partingsOf('hashes', changed)).toEqual([{ of: 'authority', claimed: hash('9'), computed: hash('2') }]);
    expect(changedPillars(changed)).toEqual(['authority']);
  });

  test('header against pillars; a nonce beyond 2^53 keeps every digit', () => {
    const nonce = withPillar('authority', { json: ExactJson.parse('{"nonce":18446744073709551614}') });
    expect(partingsOf('nonce', nonce)).toEqual([
      { of: 'nonce', claimed: '18446744073709551615', computed: '18446744073709551614' },
    ]);
    const aid = withPillar('identity', { json: ExactJson.parse(`{"aid":"${hash('b')}"}`) });
    expect(partingsOf('aid', aid)).toMatchObject([{ claimed: hash('a'), computed: hash('b') }]);
  });

  test('two values part at their first different character', () => {
    expect([partsAt('abc', 'abd'), partsAt('ab', 'abc'), partsAt('', 'a')]).toEqual([2, 2, 0]);
  });
});

describe('the tree of hashes', () => {
  test('root, two nodes, four leaves; only what is claimed can fit or part', () => {
    const tree = hashTree(sound);
    expect(tree).toMatchObject({ name: 'root', state: 'fits' });
    expect(tree.children.map(({ name, state }) => [name, state])).toEqual([
      ['left', 'computed'],
      ['right', 'computed'],
    ]);
    expect(tree.children.flatMap(({ children }) => children.map(({ name }) => name))).toEqual([
      'intent',
      'authority',
      'identity',
      'witness',
    ]);
  });

  test('a leaf that parts is marked where it is, and so is the root', () => {
    const changed = {
      ...withPillar('intent', { claimed: { hash: hash('9'), rule: 'neither' } }),
      root: { claimed: hash('e'), computed: hash('d') },
    };
    const tree = hashTree(changed);
    expect(tree.state).toBe('parts');
    expect(tree.children[0]?.children.map(({ state }) => state)).toEqual(['parts', 'computed']);
  });

  test('the profile without nodes hangs its leaves on the root; what can’t be computed is said to be missing', () => {
    const tree = hashTree({
      ...withPillar('witness', { leaf: null }),
      nodes: null,
      root: { claimed: hash('e'), computed: null },
    });
    expect(tree.state).toBe('missing');
    expect(tree.children.map(({ state }) => state)).toEqual(['computed', 'computed', 'computed', 'missing']);
  });
});

describe('the baseline that a packet would have', () => {
  test('I6: it is its identity’s aid and measurements as they stand, and only an offer', () => {
    expect(baselineOf(sound)).toEqual({
      name: 'PCRs of aaaaaaaa',
      purpose: 'pcrs',
      aid: hash('a'),
      pcrs: { '0': '00', '7': '77' },
    });
  });

  test('there is none where the identity has no measurements, or none that a baseline can have', () => {
    for (const json of [
      '{"aid":"a"}',
      '{"aid":"a","pcrs":{}}',
      '{"aid":"a","pcrs":{"0":"XYZ"}}',
      '{"aid":"a","pcrs":{"x":"00"}}',
    ]) {
      expect(baselineOf(withPillar('identity', { json: ExactJson.parse(json) }))).toBeNull();
    }
  });

  test('many packets of one machine offer it once', () => {
    const [one, other] = [
      baselineOf(sound),
      baselineOf(withPillar('identity', { json: ExactJson.parse('{"aid":"b","pcrs":{"0":"00"}}') })),
    ];
    if (one === null || other === null) throw new Error('both packets name measurements');
    expect(distinctBaselines([one, other, { ...one }])).toEqual([one, other]);
  });
});

describe('bytes in hex', () => {
  test('rows of sixteen from an offset of the file, never beyond its end', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, at) => at);
    expect(hexRows(bytes, 20, 100).map(({ offset }) => offset)).toEqual(['000014', '000024']);
    expect(hexRows(bytes, 0, 17)[1]).toEqual({ offset: '000010', hex: '10', ascii: '·' });
    expect(hexRows(new Uint8Array(0), 0, 16)).toEqual([]);
  });
});
