import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { makeSpecimen } from '../audit/bundle-mutants.ts';
import { desk, NOBODY, reviewer, trust, verify } from '../audit/synthetic-bundle.ts';
import { hasGo, openPeer, type Peer, type PeerLine } from './peer.ts';

const COUNT = Number(process.env.VEX_BUNDLE_SPECIMENS ?? 120);
let peer: Peer;

beforeAll(() => {
  peer = openPeer();
});
afterAll(() => peer.close());

/** The container's faults have one code there. */
const CONTAINER = [
  'NOT_AN_ARCHIVE',
  'ARCHIVE_FORM',
  'UNSAFE_NAME',
  'COLLIDING_NAMES',
  'NOT_A_FILE',
  'COMPRESSED',
  'OUT_OF_PLACE',
  'TOO_MANY_FILES',
  'DAMAGED',
];
const plain = ({ name, verdict, code }: PeerLine): PeerLine => ({
  name,
  verdict,
  code: CONTAINER.includes(code) ? 'CONTAINER' : code,
});

const EXPIRED = '2026-11-15T00:00:10Z';
const TRUSTS: readonly TrustStore[] = [
  trust,
  NOBODY,
  { keys: trust.keys.map((key) => ({ ...key, valid_until: EXPIRED })), baselines: [] },
  { keys: [{ name: 'gate', purpose: 'gate', public_hex: desk.publicHex }], baselines: [] },
  { keys: [{ name: 'both', purpose: 'desk', public_hex: reviewer.publicHex }], baselines: [] },
];

describe.skipIf(!hasGo)(`a verifier in Go${hasGo ? '' : ' (no go here)'}`, () => {
  test(
    `says of ${COUNT} bundles, sound and spoilt, check by check what ours says`,
    async () => {
      for (let seed = 1; seed <= COUNT; seed += 1) {
        const { how, bytes, previous } = await makeSpecimen(seed);
        const trusted = seed % 3 === 0 ? (TRUSTS[seed % TRUSTS.length] ?? trust) : trust;
        const ours = await verify(bytes, { trust: trusted, previous });
        expect(peer.ask('bundle', bytes, trusted, previous), how).toEqual(ours.checks.map(plain));
      }
    },
    180_000 + COUNT * 1000,
  );
});
