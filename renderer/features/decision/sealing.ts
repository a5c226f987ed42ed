import type { OwnKey } from '../../../shared/contract/keys.ts';
import type { FormState, ResolutionChoice } from './form.ts';

/** What decides whether the desk can seal a packet here. */
export interface SealFacts {
  /** The reviewer's key in use; null: there is none. */
  readonly key: OwnKey | null;
  /** What lacks for a packet of this escalation, in words; null: nothing. */
  readonly cannotSeal: string | null;
}

/** Why nothing can be sealed at this moment; null: it can. A locked key can be opened in the form itself. */
export function cannotSealNow({ key, cannotSeal }: SealFacts): 'key-missing' | 'seal-impossible' | 'key-locked' | null {
  if (key === null || key.state === 'lost') return 'key-missing';
  if (cannotSeal !== null) return 'seal-impossible';
  return key.state === 'locked' ? 'key-locked' : null;
}

/** Whether sealing may be chosen at all: a locked key may, it asks to be opened. */
export function maySeal(facts: SealFacts): boolean {
  const why = cannotSealNow(facts);
  return why === null || why === 'key-locked';
}

/** How the packet comes about as the form stands: what was chosen where it is possible, else the usual way. */
export function resolutionOf({ outcome, resolution }: FormState, facts: SealFacts): ResolutionChoice {
  const possible: readonly ResolutionChoice[] = {
    approved: ['seal', 'packet', 'hash'] as const,
    rejected: ['seal', 'none'] as const,
    withdrawn: ['none'] as const,
    expired: ['none'] as const,
  }[outcome].filter((choice) => choice !== 'seal' || maySeal(facts));
  return possible.find((choice) => choice === resolution) ?? possible[0] ?? 'none';
}
