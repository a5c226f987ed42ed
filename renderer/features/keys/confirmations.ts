import type { Confirmation } from '../../../shared/contract/keys.ts';
import { isFingerprint } from '../../../shared/domain/fingerprint.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';

/** What a person said of one fingerprint. */
export interface Said {
  readonly typed: string;
  readonly compared: boolean;
}

export const UNSAID: Said = { typed: '', compared: false };

/** Whether what was typed is the fingerprint; `open` while nothing, or not yet enough, stands there. */
export function judgeTyped(fingerprint: string, typed: string): 'open' | 'right' | 'wrong' {
  if (typed.trim() === '') return 'open';
  if (isFingerprint(decodeHex(fingerprint) ?? new Uint8Array(0), typed)) return 'right';
  return isUnfinished(fingerprint, typed) ? 'open' : 'wrong';
}

/** How the person made sure, or null: what was typed wrongly is no yes, whatever else is ticked. */
export function confirmationOf(fingerprint: string, { typed, compared }: Said): Confirmation | null {
  const judged = judgeTyped(fingerprint, typed);
  if (judged === 'right') return { how: 'typed', fingerprint: typed.trim() };
  return judged === 'open' && typed.trim() === '' && compared ? { how: 'compared' } : null;
}

/** Digits that begin the fingerprint, or words that may still be added to. */
function isUnfinished(fingerprint: string, typed: string): boolean {
  const digits = typed.toLowerCase().replace(/[\s:]/g, '');
  if (/^[0-9a-f]+$/.test(digits)) return fingerprint.startsWith(digits);
  return typed.trim().split(/\s+/).length < 12;
}
