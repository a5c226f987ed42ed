import { z } from 'zod';
import { ExactJson, Sha256Hex, WellFormedText } from './escalation.ts';
import { KeyPurpose } from './verdict.ts';

/**
 * What a packet is made of, for a person who wants to see why it verified or failed: claimed, computed, and where they
 * part. Nothing here is a verdict; those are in the report. All texts are the agent's or the gate's, not the desk's.
 */
export const PILLARS = ['intent', 'authority', 'identity', 'witness'] as const;
export const PillarName = z.enum(PILLARS);
export type PillarName = z.infer<typeof PillarName>;

/** Longer exact JSON is cut; `length` says how long it is. */
export const MAX_SHOWN_JSON = 64 * 1024;

export const PillarAnatomy = z.strictObject({
  name: PillarName,
  /** As it was read, cut at 64 KiB. null: missing or unreadable. */
  json: ExactJson.nullable(),
  /** UTF-8 bytes of the whole pillar as it stands in the file. */
  length: z.number().int(),
  /** Byte offset of its value in the file; null for the JSON form. */
  offset: z.number().int().nullable(),
  /** The stored hash member of the JSON form, and which rule it follows; null where the form has none. */
  claimed: z.strictObject({ hash: WellFormedText, rule: z.enum(['prefixed', 'naked', 'neither']) }).nullable(),
  /** The leaf as the desk computes it under the profile that was found, or the first one tried. */
  leaf: Sha256Hex.nullable(),
});
export type PillarAnatomy = z.infer<typeof PillarAnatomy>;

export const SegmentAnatomy = z.strictObject({
  type: z.number().int(),
  /** `intent`, `payload`, …; `unknown` for a type that the protocol does not name. */
  name: z.string(),
  offset: z.number().int(),
  length: z.number().int(),
  /** Whether the root covers it. */
  covered: z.boolean(),
});
export type SegmentAnatomy = z.infer<typeof SegmentAnatomy>;

export const PacketAnatomy = z.strictObject({
  sha256: Sha256Hex,
  bytes: z.number().int(),
  kind: z.enum(['vep', 'capsule']),
  /** Why it could not be read, else null; what could be read is there all the same. */
  fault: z.string().nullable(),
  profile: z.string().nullable(),
  generation: z.string().nullable(),
  canonicalization: z.string().nullable(),
  header: z
    .strictObject({ version: z.number().int(), aid: Sha256Hex, capsule_root: Sha256Hex, nonce: z.string() })
    .nullable(),
  pillars: z.array(PillarAnatomy),
  /** node(intent, authority) and node(identity, witness); null for the profile that has no tree. */
  nodes: z.strictObject({ left: Sha256Hex, right: Sha256Hex }).nullable(),
  root: z.strictObject({ claimed: Sha256Hex.nullable(), computed: Sha256Hex.nullable() }),
  /** Hex, as it stands; null where there is none. */
  signature: z.string().nullable(),
  segments: z.array(SegmentAnatomy),
  /** Pinned keys that were tried on the signature, and what came out. */
  keys: z.array(
    z.strictObject({ name: WellFormedText, purpose: KeyPurpose, public_hex: Sha256Hex, outcome: z.string() }),
  ),
});
export type PacketAnatomy = z.infer<typeof PacketAnatomy>;
