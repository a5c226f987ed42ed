import { PublicHex, TrustedKey } from '../../../shared/domain/trust.ts';
import type { KeyPurpose } from '../../../shared/domain/verdict.ts';

/** A key as a person types it in. */
export interface TypedKey {
  readonly purpose: KeyPurpose;
  readonly name: string;
  readonly hex: string;
  /** Days as date fields give them, `2026-10-01`, or empty. */
  readonly from: string;
  readonly until: string;
}

/** The hex digits as they count: white space and colons between them are only for the eye. */
function digitsOf(hex: string): string {
  return hex.toLowerCase().replace(/[\s:]/g, '');
}

/** Whether what stands there is wrong; nothing yet is not wrong. */
export function isBadHex(hex: string): boolean {
  return hex.trim() !== '' && !PublicHex.safeParse(digitsOf(hex)).success;
}

/** The entry that was typed, or null while it is none. A last day is valid to its end: until the next day begins. */
export function typedEntry({ purpose, name, hex, from, until }: TypedKey): TrustedKey | null {
  const end = until === '' ? null : dayAfter(until);
  const entry = {
    name: name.trim(),
    purpose,
    public_hex: digitsOf(hex),
    ...(from === '' ? {} : { valid_from: `${from}T00:00:00Z` }),
    ...(end === null ? {} : { valid_until: end }),
  };
  return TrustedKey.safeParse(entry).data ?? null;
}

/** The instant at which a day has ended, in UTC. */
export function dayAfter(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000);
  return next.toISOString().replace('.000Z', 'Z');
}
