import { anatomyOf } from '../../electron/evidence/packet/anatomy.ts';
import { readPacketFacts } from '../../electron/evidence/packet/packet-facts.ts';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import { PacketAnatomy } from '../../shared/domain/anatomy.ts';
import { EvidenceReport } from '../../shared/domain/verdict.ts';
import { SeededRandom } from '../bench/random.ts';
import type { Corpus, Original } from './corpus.ts';
import { type Genuine, judge } from './judge.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import { mutatePacket } from './mutate-packet.ts';

export type Verify = typeof verifyEvidence;

export interface CaseResult {
  readonly seed: number;
  readonly original: string;
  /** What the report says; `threw` where there is none. */
  readonly verdict: 'verified' | 'failed' | 'unchecked' | 'threw';
  /** The first check that failed, and why; null where none did. */
  readonly failed: string | null;
  /** Why this must not be; null: all is well. */
  readonly fault: string | null;
  readonly bytes: Buffer;
  readonly millis: number;
}

/** Longer for one input of a few KiB is as good as hanging. */
const SLOW_MILLIS = 2_000;

/**
 * Makes the input of this seed, verifies it, and judges the verdict: nothing may throw or be slow, and what is said to
 * be genuine, root and signature or the token's signature, must say in all that is signed just what an original says,
 * under that original's very signature. What is verified as a whole must agree with its header and be well formed too.
 */
export function runCase(corpus: Corpus, genuine: Genuine, seed: number, verify: Verify = verifyEvidence): CaseResult {
  const random = new SeededRandom(seed);
  const original = random.pick(corpus.originals);
  const bytes = mutant(original, corpus, random);
  const role = random.pick(['escalation', 'resolution'] as const);
  const began = performance.now();
  try {
    const report = verify(bytes, { at: original.at, trust: corpus.trust, role });
    const millis = performance.now() - began;
    if (random.perMille(250)) lookAround(bytes, corpus, report);
    const fault = millis > SLOW_MILLIS ? `it took ${Math.round(millis)} ms` : judge(bytes, report, genuine);
    const failed = report.checks.find(({ verdict }) => verdict === 'failed');
    const why = failed === undefined ? null : `${failed.name} ${failed.code}`;
    return { seed, original: original.name, verdict: report.verdict, failed: why, fault, bytes, millis };
  } catch (error) {
    const fault = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const millis = performance.now() - began;
    return { seed, original: original.name, verdict: 'threw', failed: null, fault, bytes, millis };
  }
}

function mutant(original: Original, { originals }: Corpus, random: SeededRandom): Buffer {
  let { bytes } = original;
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const other = random.pick(originals).bytes;
    if (random.perMille(400)) bytes = mutateBytes(bytes, other, random);
    else if (bytes[0] === 0x7b) bytes = Buffer.from(mutateJson(bytes.toString(), random));
    else bytes = mutatePacket(bytes, other, random);
  }
  return bytes;
}

/** The rest of what reads evidence must not throw either, and keep to its shapes. */
function lookAround(bytes: Buffer, { trust }: Corpus, report: EvidenceReport): void {
  EvidenceReport.parse(report);
  const anatomy = anatomyOf(bytes, trust);
  if (anatomy !== null) PacketAnatomy.parse(anatomy);
  readPacketFacts(bytes);
}
