import { compareInstants, type Instant, parseInstant } from '../../../shared/domain/instant.ts';
import type { PcrBaseline, TrustedKey } from '../../../shared/domain/trust.ts';
import type { UsedKey } from '../../../shared/domain/verdict.ts';

/** A key that verdicts may rest on: an entry of a trust file, or one that a person pinned in the tenant. */
export interface PinnedKey extends TrustedKey {
  /** RFC 3339 in UTC; a trust file says no such thing. */
  readonly pinned_at?: string;
  /** A revoked key verifies nothing, whatever its validity. */
  readonly revoked?: boolean;
}

/** What is pinned; purposes are never mixed. A key of a packet or of a token never gets here by itself (I6). */
export interface TrustStore {
  readonly keys: readonly PinnedKey[];
  readonly baselines: readonly PcrBaseline[];
}

export const NO_TRUST: TrustStore = { keys: [], baselines: [] };

export interface Validity {
  readonly valid_from?: string | undefined;
  readonly valid_until?: string | undefined;
}

/**
 * Where an instant lies: `valid_from` is the first instant that is inside, `valid_until` the first that is not. A bound
 * that is no instant of the calendar leaves nothing inside.
 */
export function placeInValidity(validity: Validity, at: Instant): 'inside' | 'before' | 'after' {
  const { valid_from: from, valid_until: until } = validity;
  if (from !== undefined && !isAtOrAfter(at, parseInstant(from))) return 'before';
  const end = until === undefined ? undefined : parseInstant(until);
  return end === null || (end !== undefined && isAtOrAfter(at, end)) ? 'after' : 'inside';
}

function isAtOrAfter(at: Instant, bound: Instant | null): boolean {
  return bound !== null && compareInstants(at, bound) >= 0;
}

/** The key and the validity that a verdict used, as its report names them. */
export function usedKey(key: PinnedKey): UsedKey {
  return {
    name: key.name,
    purpose: key.purpose,
    public_hex: key.public_hex,
    valid_from: key.valid_from ?? null,
    valid_until: key.valid_until ?? null,
    pinned_at: key.pinned_at ?? null,
  };
}
