import { z } from 'zod';
import { DecimalText, Instant, Sha256Hex, Verdict, WellFormedText } from './escalation.ts';

/**
 * What was checked on a piece of evidence and what came out (docs/guide/command-line.md, "Verdict"). Three values: a
 * check is `verified` only where it was made and held, `failed` where it was made and did not hold, else `unchecked`.
 * A check that does not apply is left out; when structure fails nothing else is there.
 */
export const CHECK_NAMES = [
  'structure',
  'root',
  'hashes',
  'capsule_id',
  'signature',
  'aid',
  'nonce',
  'pcrs',
  'stark',
  'opening',
  'payload',
  'escalation',
  'token.structure',
  'token.signature',
  'token.lifecycle',
  'token.binding',
  'files',
  'checkpoint',
  'consistency',
  'inclusion',
  'statement',
] as const;
export const CheckName = z.enum(CHECK_NAMES);
export type CheckName = z.infer<typeof CheckName>;

/**
 * Checks that a tenant may waive by name: those that can come out `unchecked` on what a request is judged by
 * (docs/formats/evidence.md). An approval then asks for no tick; a waiver says nothing of a check that failed.
 */
export const WAIVABLE_CHECKS = [
  'signature',
  'nonce',
  'pcrs',
  'stark',
  'payload',
  'token.structure',
  'token.signature',
  'token.binding',
] as const satisfies readonly CheckName[];
export const WaivableCheck = z.enum(WAIVABLE_CHECKS);
export type WaivableCheck = z.infer<typeof WaivableCheck>;

/** Why a check came out as it did: a code that programs tell apart, and words for a reviewer. */
const Outcome = z.strictObject({
  verdict: Verdict,
  code: z.string().regex(/^[A-Z0-9_]{1,64}$/, 'is no code'),
  detail: WellFormedText,
});

export const Check = Outcome.extend({
  name: CheckName,
  /** What a check is made of, where that is more than one thing (a token's bindings): each with its own line. */
  parts: z.array(Outcome).optional(),
});
export type Check = z.infer<typeof Check>;

/** What is kept under a pinned key's public part: purposes are never mixed (a gate's key verifies no token). */
export const KEY_PURPOSES = ['gate', 'issuer', 'reviewer', 'witness', 'desk'] as const;
export const KeyPurpose = z.enum(KEY_PURPOSES);
export type KeyPurpose = z.infer<typeof KeyPurpose>;

/** The pinned key that a signature was verified with, and the validity that was used. */
export const UsedKey = z.strictObject({
  name: WellFormedText,
  purpose: KeyPurpose,
  public_hex: Sha256Hex,
  valid_from: Instant.nullable(),
  valid_until: Instant.nullable(),
  /** When the tenant pinned it; null for a key of a trust file, which says no such thing. */
  pinned_at: Instant.nullable(),
});
export type UsedKey = z.infer<typeof UsedKey>;

export const EVIDENCE_FILE_KINDS = ['vep', 'capsule', 'token', 'bundle', 'checkpoint', 'proof', 'unknown'] as const;
export const EvidenceFileKind = z.enum(EVIDENCE_FILE_KINDS);
export type EvidenceFileKind = z.infer<typeof EvidenceFileKind>;

export const Generation = z.enum(['1.7', '1.6']);
export const Canonicalization = z.enum(['same', 'serde_jcs only', 'rfc8785 only']);
export type Canonicalization = z.infer<typeof Canonicalization>;

/** What a verifier says of one piece of evidence. */
export const EvidenceReport = z.strictObject({
  sha256: Sha256Hex,
  bytes: z.number().int().nonnegative(),
  kind: EvidenceFileKind,
  /** The worst of the checks. */
  verdict: Verdict,
  /** How its hashes are made (`vex-0.3`, `sdk-1.6`, `flat-0.2`), or what a token's signature is over; null: not known. */
  profile: z.string().nullable(),
  generation: Generation.optional(),
  canonicalization: Canonicalization.optional(),
  /** The root that its header or its JSON names; null where it names none. */
  root: Sha256Hex.nullable(),
  header: z
    .strictObject({
      version: z.number().int(),
      aid: Sha256Hex,
      capsule_root: Sha256Hex,
      nonce: DecimalText,
    })
    .optional(),
  /** Codes of what is odd and fails nothing. */
  findings: z.array(z.string()),
  checks: z.array(Check),
  /** The key that made a verified signature. */
  key: UsedKey.nullable(),
});
export type EvidenceReport = z.infer<typeof EvidenceReport>;

/** The worst of several verdicts; nothing at all is `unchecked`, never verified (I6). */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('failed')) return 'failed';
  return verdicts.length === 0 || verdicts.includes('unchecked') ? 'unchecked' : 'verified';
}
