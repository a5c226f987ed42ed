import { z } from 'zod';
import { Instant, Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { PublicHex, TrustEntry } from '../domain/trust.ts';
import { Acting, InTenant, mutation, query, StagedId } from './base.ts';

/**
 * The tenant's trust store and the reviewers' own keys. Nothing is trusted on first use: what a file, a packet or a
 * gateway brings is `offered`, and judges nothing until a person has confirmed its fingerprint.
 */
export const TRUST_STATUSES = ['offered', 'pinned', 'retired', 'revoked'] as const;
export const TrustStatus = z.enum(TRUST_STATUSES);
export type TrustStatus = z.infer<typeof TrustStatus>;

/**
 * How a person made sure of a fingerprint: typed it from another channel, compared it there by eye, or named the very
 * file in a command of theirs (the command line alone; the window never says so).
 */
export const Confirmation = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('typed'), fingerprint: z.string().max(500) }),
  z.strictObject({ how: z.literal('compared') }),
  z.strictObject({ how: z.literal('command') }),
]);
export type Confirmation = z.infer<typeof Confirmation>;

/** One entry of the trust store; `entry.valid_until` of a retired one is when it was retired, or earlier. */
export const StoredTrust = z.strictObject({
  entry_id: Uuid,
  status: TrustStatus,
  entry: TrustEntry,
  /** SHA-256 of the public key, 64 hex digits; of a baseline SHA-256 of its aid and values as RFC 8785. */
  fingerprint: z.string(),
  /** Where it came from: a file's name, `packet`, `typed`, `made here`. */
  source: WellFormedText,
  offered_at: Instant,
  pinned_at: Instant.nullable(),
  pinned_by: WellFormedText.nullable(),
  ended_at: Instant.nullable(),
  /** Why it was revoked. */
  reason: WellFormedText.nullable(),
});
export type StoredTrust = z.infer<typeof StoredTrust>;

/** A private key that this desk keeps, encrypted; its public part is pinned as a reviewer's (or the desk's). */
export const OwnKey = z.strictObject({
  key_id: Uuid,
  /** null: the desk's own. */
  profile_id: Uuid.nullable(),
  name: WellFormedText,
  purpose: z.enum(['reviewer', 'desk']),
  public_hex: PublicHex,
  fingerprint: z.string(),
  status: z.enum(['in-use', 'rotated', 'revoked']),
  /** What opens it: the system's keyring, a passphrase, or a file that only this account can read (the desk's own). */
  protection: z.enum(['keyring', 'passphrase', 'file']),
  /** `lost`: what protects it cannot open it any more (a changed or lost system keyring): recover, or revoke and make anew. */
  state: z.enum(['unlocked', 'locked', 'lost']),
  /** When it locks by itself. */
  unlocked_until: Instant.nullable(),
  made_at: Instant,
  ended_at: Instant.nullable(),
  reason: WellFormedText.nullable(),
  /** When a recovery file was last written; null: never. */
  backed_up_at: Instant.nullable(),
});
export type OwnKey = z.infer<typeof OwnKey>;

export const KeysOverview = z.strictObject({
  trust: z.array(StoredTrust),
  own: z.array(OwnKey),
  /** How a new key is kept on this host. */
  protection: z.enum(['keyring', 'passphrase']),
  /** How many of the tenant's escalations are not judged with these keys yet. */
  to_verify: z.number().int(),
});
export type KeysOverview = z.infer<typeof KeysOverview>;

/** Never stored, never logged, no part of what an idempotency key remembers. */
const Passphrase = z.string().min(8, 'has at least 8 characters').max(1000);
const OfKey = Acting.extend({ tenant: Tenant, key_id: Uuid });
const Reason = WellFormedText.min(1).max(2000);
const stale = ['keys', 'escalation', 'queue'] as const;

export const keysContract = {
  list: query(['reviewer', 'auditor', 'operator'], ['NOT_FOUND'])
    .input(InTenant.extend({ by: Uuid.optional() }))
    .output(KeysOverview),
  /** Reads a staged trust file without keeping anything of it. INTEGRITY_FAILED: it is none. */
  read_file: query(['operator'], ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(InTenant.extend({ staged: StagedId }))
    .output(z.strictObject({ name: WellFormedText, entries: z.array(TrustEntry) })),
  /** Keeps entries as offered; known ones stay as they are. */
  offer: mutation(['operator'], ['keys'], ['NOT_FOUND'])
    .input(
      Acting.extend({ tenant: Tenant, source: WellFormedText.max(500), entries: z.array(TrustEntry).min(1).max(1000) }),
    )
    .output(KeysOverview),
  /**
   * Pins entries, each confirmed by a person, and verifies again what they touch. INVALID_INPUT: a typed fingerprint
   * is not the key's. An entry may be one that was offered, or new.
   */
  pin: mutation(['operator'], stale, ['NOT_FOUND'])
    .input(
      Acting.extend({
        tenant: Tenant,
        source: WellFormedText.max(500),
        entries: z
          .array(z.strictObject({ entry: TrustEntry, confirmation: Confirmation }))
          .min(1)
          .max(1000),
      }),
    )
    .output(KeysOverview),
  /** Forgets what was offered; nothing was ever judged by it. */
  drop_offer: mutation(['operator'], ['keys'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, entry_id: Uuid }))
    .output(KeysOverview),
  /** Ends an entry's validity at `valid_until` (now when left out); what it signed before stays verified. */
  retire: mutation(['operator'], stale, ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, entry_id: Uuid, valid_until: Instant.optional() }))
    .output(KeysOverview),
  /** Retires one entry and pins another in its place, in one step. */
  replace: mutation(['operator'], stale, ['NOT_FOUND'])
    .input(
      Acting.extend({
        tenant: Tenant,
        entry_id: Uuid,
        source: WellFormedText.max(500),
        entry: TrustEntry,
        confirmation: Confirmation,
      }),
    )
    .output(KeysOverview),
  /** Takes all trust from an entry, whatever its validity was; `reason` is kept. */
  revoke: mutation(['operator'], stale, ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, entry_id: Uuid, reason: Reason }))
    .output(KeysOverview),
  /** Writes what is pinned and retired as a trust file. */
  export: mutation(['auditor', 'operator'], [], ['NOT_FOUND', 'ALREADY_EXISTS'])
    .input(Acting.extend({ tenant: Tenant, target: StagedId }))
    .output(z.strictObject({ file: WellFormedText, entries: z.number().int() })),

  /** Makes a key for the caller, pins its public part as a reviewer's, and leaves it unlocked. */
  make: mutation(['reviewer'], stale, ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, name: WellFormedText.min(1).max(200), passphrase: Passphrase.optional() }))
    .output(OwnKey),
  /** UNAUTHORIZED: the passphrase does not open it, or its keyring is lost (`details.lost`). */
  unlock: mutation(['reviewer'], ['keys'], ['NOT_FOUND'])
    .input(OfKey.extend({ passphrase: Passphrase.optional(), minutes: z.number().int().min(1).max(720).default(15) }))
    .output(OwnKey),
  lock: mutation(['reviewer'], ['keys'], ['NOT_FOUND']).input(OfKey).output(OwnKey),
  /** Makes a new key in the place of this one, whose validity ends now. */
  rotate: mutation(['reviewer'], stale, ['NOT_FOUND'])
    .input(OfKey.extend({ passphrase: Passphrase.optional() }))
    .output(OwnKey),
  /** Takes all trust from an own key and forgets its private part. */
  revoke_own: mutation(['reviewer'], stale, ['NOT_FOUND'])
    .input(OfKey.extend({ reason: Reason }))
    .output(OwnKey),
  /** Writes the private key, encrypted under a passphrase of its own, to a recovery file. UNAUTHORIZED: it is locked. */
  save_recovery: mutation(['reviewer'], ['keys'], ['NOT_FOUND', 'ALREADY_EXISTS'])
    .input(OfKey.extend({ passphrase: Passphrase, target: StagedId }))
    .output(OwnKey),
  /** Brings a key back from its recovery file and protects it anew. INTEGRITY_FAILED, UNAUTHORIZED. */
  recover: mutation(['reviewer'], stale, ['NOT_FOUND', 'INTEGRITY_FAILED'])
    .input(
      Acting.extend({
        tenant: Tenant,
        staged: StagedId,
        passphrase: Passphrase,
        new_passphrase: Passphrase.optional(),
      }),
    )
    .output(OwnKey),
};
