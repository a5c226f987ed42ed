import { z } from 'zod';
import { decodeBase64 } from '../../../shared/domain/base64.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { JsonObject } from '../../../shared/domain/json/value.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { verifyEd25519 } from '../../evidence/trust/ed25519.ts';
import { equalBytes } from '../log/merkle.ts';

/** DSSE v1 (secure-systems-lab/dsse): a payload of a named type, and signatures over both. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly keyid: string | null; readonly sig: Uint8Array }[];
}

/** The pre-authentication encoding that is signed: lengths are counts of bytes. */
export function pae(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType);
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

const Members = {
  envelope: z.object({ payloadType: z.string(), payload: z.string(), signatures: z.array(z.unknown()) }),
  signature: z.object({ keyid: z.string().optional(), sig: z.string() }),
};

/**
 * The envelope that the bytes are; null where they are none. Unknown members are passed over, as the protocol asks, and
 * both alphabets of base64 are taken, in their one form.
 */
export function readEnvelope(bytes: Uint8Array): Envelope | null {
  const json = readJson(bytes);
  const envelope = Members.envelope.safeParse(json.ok ? plainMembers(json.value) : null);
  if (!envelope.success) return null;
  const payload = decodeEither(envelope.data.payload);
  const signatures = envelope.data.signatures.map(readSignature);
  if (payload === null || signatures.includes(null)) return null;
  return {
    payloadType: envelope.data.payloadType,
    payload,
    signatures: signatures.filter((one) => one !== null),
  };
}

/** The envelope with exactly one signature, in the one form that the desk writes (RFC 8785); null for any other bytes. */
export function readOwnEnvelope(bytes: Uint8Array): Envelope | null {
  const envelope = readEnvelope(bytes);
  if (envelope?.signatures.length !== 1) return null;
  return equalBytes(jcs(writeEnvelope(envelope)), bytes) ? envelope : null;
}

function readSignature(value: unknown): Envelope['signatures'][number] | null {
  const signature = Members.signature.safeParse(plainMembers(value));
  const sig = signature.success ? decodeEither(signature.data.sig) : null;
  return sig === null ? null : { keyid: signature.data?.keyid ?? null, sig };
}

function decodeEither(text: string): Uint8Array | null {
  return decodeBase64(text) ?? decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

function plainMembers(value: unknown): unknown {
  return value instanceof JsonObject ? Object.fromEntries(value.members) : null;
}

/**
 * The keys that signed the envelope, each once; a bad signature beside a good one is passed over. `keyid` is only a hint
 * and decides nothing.
 */
export function signersOf(envelope: Envelope, keys: readonly Uint8Array[]): Uint8Array[] {
  const message = pae(envelope.payloadType, envelope.payload);
  return keys.filter((key) => envelope.signatures.some(({ sig }) => verifyEd25519(key, message, sig)));
}

/** The envelope as plain data, as it is written: RFC 8785 sorts its members. */
export function writeEnvelope({ payloadType, payload, signatures }: Envelope) {
  return {
    payloadType,
    payload: base64(payload),
    signatures: signatures.map(({ keyid, sig }) => ({ ...(keyid === null ? {} : { keyid }), sig: base64(sig) })),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
