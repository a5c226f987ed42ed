import type { VerifyResult } from '../../../shared/contract/job.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import type { Judged } from './judge.ts';

/** Changed verdicts that a result names; it counts them all. */
const NAMED = 1000;

/** Counts what a verification found. */
export class VerifyTally {
  readonly #verdicts: Record<Verdict, number> = { verified: 0, failed: 0, unchecked: 0 };
  readonly #changed: VerifyResult['changed'] = [];
  #changedTotal = 0;

  add({ judgements, changed }: Judged): void {
    for (const { verdict } of judgements) this.#verdicts[verdict] += 1;
    this.#changedTotal += changed.length;
    for (const { key, before, after, detail } of changed.slice(0, NAMED - this.#changed.length)) {
      this.#changed.push({ id: key.id, event: key.event, before, after, detail });
    }
  }

  get judged(): number {
    const { verified, failed, unchecked } = this.#verdicts;
    return verified + failed + unchecked;
  }

  result(): VerifyResult {
    return { judged: this.judged, ...this.#verdicts, changed: this.#changed, changed_total: this.#changedTotal };
  }
}
