import { createCipheriv, createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import { Instant, WellFormedText } from '../../../shared/domain/escalation.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { PublicHex } from '../../../shared/domain/trust.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { publicKeyOf } from '../../evidence/trust/ed25519.ts';

/** No box is near as large; nothing larger is looked at. */
const MAX_BOX_BYTES = 16 * 1024;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^([0-9a-f]{2}){${bytes}}$`), 'is not lower-case hex digits');

/** What gives the key that a box is encrypted under. */
export const OpenedBy = z.discriminatedUnion('kind', [
  /** Argon2id (RFC 9106) of the passphrase. The bounds keep a foreign file from taking all memory or all day. */
  z.strictObject({
    kind: z.literal('passphrase'),
    kdf: z.literal('argon2id'),
    memory_kib: z.number().int().min(8).max(1_048_576),
    passes: z.number().int().min(1).max(64),
    lanes: z.literal(1),
    salt_hex: hex(32),
  }),
  /** Random, sealed by the system's keyring; in base64. */
  z.strictObject({ kind: z.literal('keyring'), sealed_base64: z.string().min(1).max(8192) }),
  /** In a file beside the desk's data that only its account can read. */
  z.strictObject({ kind: z.literal('file') }),
]);
export type OpenedBy = z.infer<typeof OpenedBy>;

/** A private key as it lies on disk, encrypted (docs/formats/keys.md). */
const KeyBox = z.strictObject({
  format: z.literal('vex-review-desk/private-key'),
  version: z.literal(1),
  purpose: z.enum(['reviewer', 'desk']),
  public_hex: PublicHex,
  opened_by: OpenedBy,
  /** In a recovery file: what the key is called and when it was made. */
  label: z.strictObject({ name: WellFormedText.min(1).max(200), made_at: Instant }).optional(),
  nonce_hex: hex(NONCE_BYTES),
  sealed_hex: hex(32 + TAG_BYTES),
});
export type KeyBox = z.infer<typeof KeyBox>;
export interface BoxHead {
  readonly purpose: KeyBox['purpose'];
  readonly public_hex: string;
  readonly opened_by: OpenedBy;
  readonly label?: KeyBox['label'];
}

/**
 * The box of a private key (`seed`, 32 bytes) as RFC 8785 bytes: AES-256-GCM under `key`, with all other members of the
 * box as authenticated data, so that none of them can be changed unseen. `nonce`: 12 bytes, never twice under one key.
 */
export function sealBox(seed: Uint8Array, head: BoxHead, key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const open = { format: 'vex-review-desk/private-key', version: 1, ...head, nonce_hex: encodeHex(nonce) } as const;
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(open));
  const sealed = Buffer.concat([cipher.update(seed), cipher.final(), cipher.getAuthTag()]);
  return jcs({ ...defined(open), sealed_hex: encodeHex(sealed) });
}

/** The box that the bytes are; null unless they are one in its one form (RFC 8785). Says nothing of what is in it. */
export function readBox(bytes: Uint8Array): KeyBox | null {
  if (bytes.length > MAX_BOX_BYTES) return null;
  try {
    const box = KeyBox.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return Buffer.compare(jcs(defined(box)), bytes) === 0 ? box : null;
  } catch {
    return null;
  }
}

/** The private key in the box; null when `key` does not open it, or it is not the private part of its public key. */
export function openBox(box: KeyBox, key: Uint8Array): Uint8Array | null {
  const { sealed_hex: sealedHex, ...open } = box;
  const sealed = decodeHex(sealedHex) ?? new Uint8Array(0);
  const nonce = decodeHex(open.nonce_hex) ?? new Uint8Array(0);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(authenticated(open));
    decipher.setAuthTag(sealed.subarray(32));
    const seed = new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]));
    return encodeHex(publicKeyOf(seed)) === box.public_hex ? seed : null;
  } catch {
    return null;
  }
}

function authenticated(open: Omit<KeyBox, 'sealed_hex'>): Uint8Array {
  return jcs(defined(open));
}

function defined<T extends { label?: unknown }>(box: T): object {
  const { label, ...rest } = box;
  return label === undefined ? rest : { ...rest, label };
}
