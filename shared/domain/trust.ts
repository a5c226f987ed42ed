import { z } from 'zod';
import { Instant, Sha256Hex, WellFormedText } from './escalation.ts';
import { hasBadCharacter } from './json/utf8.ts';
import { KeyPurpose } from './verdict.ts';

/** Ed25519 public keys travel as 64 lower-case hex digits. */
export const PublicHex = Sha256Hex;
/** Text that JSON files carry to every reader: without noncharacters (S50). */
const FileText = WellFormedText.refine((text) => !hasBadCharacter(text), 'has a noncharacter');
const Name = FileText.refine((name) => name.length >= 1 && name.length <= 200, 'has 1 to 200 characters');
const Validity = { valid_from: Instant.optional(), valid_until: Instant.optional() };

export const TrustedKey = z.strictObject({ name: Name, purpose: KeyPurpose, public_hex: PublicHex, ...Validity });
export type TrustedKey = z.infer<typeof TrustedKey>;

/** The platform measurements that an agent (`aid`) must show: index as text to lower-case hex. */
export const PcrBaseline = z.strictObject({
  name: Name,
  purpose: z.literal('pcrs'),
  aid: FileText,
  pcrs: z.record(z.string().regex(/^(0|[1-9]\d{0,3})$/), z.string().regex(/^([0-9a-f]{2}){1,128}$/)),
  ...Validity,
});
export type PcrBaseline = z.infer<typeof PcrBaseline>;

/** One entry of a trust file, which is a JSON array of them (docs/formats/trust-file.md). */
export const TrustEntry = z.union([TrustedKey, PcrBaseline]);
export type TrustEntry = z.infer<typeof TrustEntry>;
