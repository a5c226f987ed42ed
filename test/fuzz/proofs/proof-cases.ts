import { SeededRandom } from '../../bench/random.ts';
import type { CaseResult, FuzzArea } from '../area.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { ClaimsTruth, type Meaning } from './claims-truth.ts';
import { FilesTruth } from './files-truth.ts';
import type { Logs } from './logs.ts';
import { mutateClaim } from './mutate-claim.ts';
import { mutateSigned } from './mutate-envelope.ts';
import { mutateNote } from './mutate-note.ts';
import { type Original, originalOf, pickOriginal } from './originals.ts';
import { bytesOf, type Proof, type ProofFile } from './proof.ts';
import { accepts } from './verifiers.ts';

/** How a mutant ended: what says other than the log must be `refused`; the others may be accepted, and are counted apart. */
export type Outcome = 'refused' | 'accepted' | 'same_accepted' | 'same_refused' | 'unbound' | 'threw';

/**
 * Makes the mutant of each seed and judges the answer: nothing may throw, no mutant that says other than the log may be
 * accepted, and the original that it was made of must be, so that one who refuses everything is found as well.
 */
export class ProofCases implements FuzzArea {
  private readonly logs: Logs;
  private readonly claims: ClaimsTruth;
  private readonly files: FilesTruth;
  private readonly verify: (proof: Proof) => boolean;

  constructor(logs: Logs, verify: (proof: Proof) => boolean = accepts) {
    this.logs = logs;
    this.claims = new ClaimsTruth(logs);
    this.files = new FilesTruth(logs);
    this.verify = verify;
  }

  /** The mutant of a seed, and what it was made of. */
  make(seed: number): { original: Original; proof: Proof } {
    const random = new SeededRandom(seed);
    const original = pickOriginal(this.logs, random);
    return { original, proof: this.mutant(original, random) };
  }

  run(seed: number): CaseResult & { outcome: Outcome } {
    const { original, proof } = this.make(seed);
    const made = { seed, original: original.name, bytes: bytesOf(proof) };
    try {
      if (!this.verify(original.proof)) return this.fault(made, 'refused', 'the original is refused');
      const meaning = this.meaningOf(proof);
      const outcome = outcomeOf(meaning, this.verify(proof));
      const fault = outcome === 'accepted' ? 'it says other than the log, and is accepted' : null;
      return { ...made, outcome, failed: `${proof.kind} ${outcome}`, fault };
    } catch (error) {
      return this.fault(made, 'threw', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
  }

  private fault(made: Pick<CaseResult, 'seed' | 'original' | 'bytes'>, outcome: Outcome, fault: string) {
    return { ...made, outcome, failed: null, fault };
  }

  private meaningOf(proof: Proof): Meaning {
    if (!('bytes' in proof)) return this.claims.meaningOf(proof);
    return this.files.isSaid(proof) ? 'same' : 'other';
  }

  private mutant({ proof }: Original, random: SeededRandom): Proof {
    let mutated = proof;
    for (let left = 1 + random.below(3); left > 0; left -= 1) {
      mutated = 'bytes' in mutated ? this.otherFile(mutated, random) : mutateClaim(mutated, this.logs, random);
    }
    return mutated;
  }

  private otherFile(file: ProofFile, random: SeededRandom): ProofFile {
    if (file.kind !== 'vkey' && random.perMille(30))
      return { ...file, trust: random.pick(['nobody', 'other purposes']) };
    const donor = originalOf(file.kind, this.logs, random).proof as ProofFile;
    if (random.perMille(30) && (file.kind === 'checkpoint' || file.kind === 'proof')) {
      const head = originalOf('checkpoint', this.logs, random).proof as ProofFile;
      return { ...file, previous: random.perMille(500) ? head.bytes : mutateBytes(head.bytes, donor.bytes, random) };
    }
    if (random.perMille(250)) return { ...file, bytes: mutateBytes(file.bytes, donor.bytes, random) };
    const change = file.kind === 'envelope' || file.kind === 'statement' ? mutateSigned : mutateNote;
    return { ...file, bytes: Buffer.from(change(file.bytes.toString(), donor.bytes.toString(), random)) };
  }
}

function outcomeOf(meaning: Meaning, accepted: boolean): Outcome {
  if (meaning === 'unbound') return 'unbound';
  if (meaning === 'same') return accepted ? 'same_accepted' : 'same_refused';
  return accepted ? 'accepted' : 'refused';
}
