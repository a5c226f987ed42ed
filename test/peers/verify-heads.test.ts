import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCheckpointFile, verifyProofFile } from '../../electron/audit/verify/verify-head.ts';
import { makeLogs } from '../fuzz/proofs/logs.ts';
import { type ProofFile, TRUSTS } from '../fuzz/proofs/proof.ts';
import { ProofCases } from '../fuzz/proofs/proof-cases.ts';
import { hasGo, openPeer, type Peer } from './peer.ts';

const COUNT = Number(process.env.VEX_HEAD_SPECIMENS ?? 400);
const FIRST = 2_000_000_000;
const VERIFIERS = { checkpoint: verifyCheckpointFile, proof: verifyProofFile } as const;

let peer: Peer;
beforeAll(() => {
  peer = openPeer();
});
afterAll(() => peer.close());

/** Signed heads and proofs of entries, as they are and changed. */
function* specimens(): Generator<{ seed: number; file: ProofFile & { kind: keyof typeof VERIFIERS } }> {
  const cases = new ProofCases(makeLogs());
  let made = 0;
  for (let seed = FIRST; made < COUNT; seed += 1) {
    const { original, proof: mutant } = cases.make(seed);
    const proof = seed % 5 === 0 ? original.proof : mutant;
    if (proof.kind !== 'checkpoint' && proof.kind !== 'proof') continue;
    made += 1;
    yield { seed, file: { ...proof, kind: proof.kind } };
  }
}

describe.skipIf(!hasGo)(`a verifier in Go${hasGo ? '' : ' (no go here)'}`, () => {
  test(
    `S60, S61: says of ${COUNT} heads and proofs, sound and changed, check by check what ours says`,
    () => {
      const verdicts = new Set<string>();
      for (const { seed, file } of specimens()) {
        const { kind, bytes, previous, trust } = file;
        const ours = VERIFIERS[kind](bytes, { trust: TRUSTS[trust], previous });
        const lines = ours.checks.map(({ name, verdict, code }) => ({ name, verdict, code }));
        expect(peer.ask(kind, bytes, TRUSTS[trust], previous), `${kind}, seed ${seed}`).toEqual(lines);
        for (const { name, code } of lines) verdicts.add(`${name} ${code}`);
      }
      expect(verdicts.size).toBeGreaterThan(8);
    },
    180_000 + COUNT * 1000,
  );
});
