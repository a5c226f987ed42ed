import { DeskError } from '../../../../shared/domain/errors.ts';
import type { RetentionRules } from '../../ledger-store.ts';

/** How far a removal is: evidence first, in the order of decisions; then what is kept beside the log, in its order. */
export interface RetentionPlace {
  readonly part: 'evidence' | 'fields';
  /** Of evidence, the decision's sort key. */
  readonly key: string;
  /** The escalation's number, or the event's. */
  readonly n: number;
}

export const FIRST_PLACE: RetentionPlace = { part: 'evidence', key: '', n: Number.MAX_SAFE_INTEGER };
const FIRST_OF_FIELDS: RetentionPlace = { part: 'fields', key: '', n: 0 };

/** The place, or the next one that a rule is for; null where there is none. */
export function nextPlace(place: RetentionPlace, { evidence, fields }: RetentionRules): RetentionPlace | null {
  if (place.part === 'evidence' && evidence !== null) return place;
  if (fields === null) return null;
  return place.part === 'fields' ? place : FIRST_OF_FIELDS;
}

export function placeText(place: RetentionPlace): string {
  return JSON.stringify(place);
}

/** INVALID_INPUT for what is no place. */
export function readPlace(text: string): RetentionPlace {
  try {
    const { part, key, n } = JSON.parse(text) as RetentionPlace;
    if ((part === 'evidence' || part === 'fields') && typeof key === 'string' && Number.isSafeInteger(n))
      return { part, key, n };
  } catch {
    // Said below.
  }
  throw new DeskError('INVALID_INPUT', 'This is no place where a removal goes on. Nothing was removed.');
}
