import { argon2id } from 'hash-wasm';
import { decodeBase64, encodeBase64 } from '../../../shared/domain/base64.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import type { Keyring } from '../context.ts';
import type { OpenedBy } from './key-box.ts';

/** What a private key's box is opened with. */
export type Opener =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'keyring'; readonly keyring: Keyring }
  | { readonly kind: 'file'; readonly secret: Uint8Array };

/** How much work a guess of the passphrase is: memory in KiB, and how often all of it is gone over. */
export interface Argon2Cost {
  readonly memory_kib: number;
  readonly passes: number;
}

/** 64 MiB, three times: RFC 9106's second choice, on one lane since there is one thread. */
export const COST: Argon2Cost = { memory_kib: 65_536, passes: 3 };
const SALT_BYTES = 32;
const KEY_BYTES = 32;

export interface BoxKey {
  /** 32 bytes; whoever asked for it wipes it. */
  readonly key: Uint8Array;
  readonly openedBy: OpenedBy;
}

/**
 * A new key to encrypt a box under, and what the box has to say for it to be found again. `random` gives unpredictable
 * bytes. Only such a key ever goes through the system's keyring, the private key itself never leaves the desk's process
 * (S16).
 */
export async function newBoxKey(opener: Opener, random: (n: number) => Uint8Array, cost = COST): Promise<BoxKey> {
  if (opener.kind === 'file') return { key: Uint8Array.from(opener.secret), openedBy: { kind: 'file' } };
  if (opener.kind === 'keyring') {
    const key = random(KEY_BYTES);
    return { key, openedBy: { kind: 'keyring', sealed_base64: encodeBase64(await opener.keyring.seal(key)) } };
  }
  const openedBy = {
    kind: 'passphrase',
    kdf: 'argon2id',
    ...cost,
    lanes: 1,
    salt_hex: encodeHex(random(SALT_BYTES)),
  } as const;
  return { key: await derive(opener.passphrase, openedBy), openedBy };
}

/**
 * The key of a box; null where the opener is not of the box's kind. `reseal`: the keyring asks for the box to be made
 * anew. Fails as the keyring does.
 */
export async function boxKey(openedBy: OpenedBy, opener: Opener): Promise<{ key: Uint8Array; reseal: boolean } | null> {
  if (openedBy.kind === 'passphrase' && opener.kind === 'passphrase') {
    return { key: await derive(opener.passphrase, openedBy), reseal: false };
  }
  if (openedBy.kind === 'file' && opener.kind === 'file') {
    return { key: Uint8Array.from(opener.secret), reseal: false };
  }
  if (openedBy.kind !== 'keyring' || opener.kind !== 'keyring') return null;
  const { secret, reseal } = await opener.keyring.unseal(decodeBase64(openedBy.sealed_base64) ?? new Uint8Array(0));
  return { key: secret, reseal };
}

/** Argon2id, version 1.3 (RFC 9106), of the passphrase's UTF-8 in NFC: keyboards differ in how they compose letters. */
function derive(passphrase: string, by: Extract<OpenedBy, { kind: 'passphrase' }>): Promise<Uint8Array> {
  return argon2id({
    password: passphrase.normalize('NFC'),
    salt: decodeHex(by.salt_hex) ?? new Uint8Array(0),
    memorySize: by.memory_kib,
    iterations: by.passes,
    parallelism: by.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
}
