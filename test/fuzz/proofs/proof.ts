import type { TrustStore } from '../../../electron/evidence/trust/trust.ts';
import { desk, NOBODY, trust } from '../../audit/synthetic-bundle.ts';
import { witness } from './logs.ts';

/** The head of a tree, as a proof takes it for given. */
export interface Head {
  size: bigint;
  root: Uint8Array;
}

/** A bare claim, as the verifiers of the tree take it. */
export type Claim =
  | { kind: 'inclusion'; index: bigint; head: Head; leafHash: Uint8Array; path: Uint8Array[] }
  | { kind: 'consistency'; from: Head; to: Head; path: Uint8Array[] }
  /** A field of an entry, opened. */
  | { kind: 'opening'; committed: string; name: string; salt: string; value: string };

export const FILE_KINDS = ['note', 'cosignature', 'checkpoint', 'proof', 'envelope', 'statement', 'vkey'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Bytes as a stranger hands them in, and with whom and what they are judged. */
export interface ProofFile {
  kind: FileKind;
  bytes: Buffer;
  trust: TrustName;
  /** A head kept from before: of checkpoints and proofs. */
  previous: Buffer | null;
}

export type Proof = Claim | ProofFile;

/** Whom the verifier trusts: only by the first can anything be verified. */
export type TrustName = 'pinned' | 'nobody' | 'other purposes';

export const TRUSTS: Readonly<Record<TrustName, TrustStore>> = {
  pinned: {
    keys: [...trust.keys, { name: 'Witness', purpose: 'witness', public_hex: witness.publicHex }],
    baselines: [],
  },
  nobody: NOBODY,
  'other purposes': {
    keys: [
      ...trust.keys.map((key) => ({ ...key, purpose: 'gate' as const })),
      { name: 'Issuer', purpose: 'issuer', public_hex: desk.publicHex },
    ],
    baselines: [],
  },
};

/** A proof as bytes, to be looked at when it should not have been accepted. */
export function bytesOf(proof: Proof): Buffer {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  const hexed = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    if (Array.isArray(value)) return value.map(hexed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hexed(member)]));
  };
  return 'bytes' in proof ? proof.bytes : Buffer.from(JSON.stringify(hexed(proof), plain));
}
