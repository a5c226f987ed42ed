import type { KeyPurpose } from '../../../shared/domain/verdict.ts';
import type { Content } from '../archive/archive-writer.ts';
import type { CommittedField } from '../log/leaf.ts';
import type { StatementSigner } from '../statement/own-statement.ts';
import type { BundledKind } from './layout.ts';
import type { Manifest } from './manifest.ts';

/** An entry of the log: whole with what the desk still has of its fields, or, outside the query, its leaf's hash. */
export type BundleEntry =
  | { readonly leaf: Uint8Array; readonly fields: readonly CommittedField[] }
  | { readonly hash: Uint8Array };

/** An entry that records a decision, and its place in the log. */
export interface BundleDecision {
  readonly seq: number;
  readonly leaf: Uint8Array;
}

/** A piece of evidence that a whole entry names; `piece` null where the desk no longer has it. */
export interface NamedEvidence {
  readonly sha256: string;
  readonly piece: BundledEvidence | null;
}

/** A piece of evidence; `content` null leaves its bytes out, by choice. */
export interface BundledEvidence {
  readonly kind: BundledKind;
  readonly bytes: number;
  readonly content: Content | null;
}

/** A public key of the tenant with its history. */
export interface BundledKey {
  readonly purpose: KeyPurpose;
  readonly name: string;
  readonly public_hex: string;
  readonly status: string;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
}

/** Hashes from the log's tiles (leftHashes, consistencyProof, inclusionProof). */
export interface BundleProofs {
  /** What stands left of the range. */
  readonly left: readonly Uint8Array[];
  /** From the previous head to this one; empty where there is none. */
  readonly consistency: readonly Uint8Array[];
  /** The path of one entry to this head. */
  inclusion(seq: number): Promise<readonly Uint8Array[]> | readonly Uint8Array[];
}

/** All that a bundle is made of. Whoever gives the streams counts their progress and ends them by throwing. */
export interface BundleInput extends Pick<Manifest, 'generator' | 'tenant' | 'origin' | 'period' | 'query'> {
  readonly range: { readonly from: number; readonly to: number };
  /** The entries of the range in order. */
  entries(): AsyncIterable<BundleEntry> | Iterable<BundleEntry>;
  /** Those among them that are whole and record a decision, as they were. */
  decisions(): AsyncIterable<BundleDecision> | Iterable<BundleDecision>;
  /** Names of fields to leave out. */
  readonly redact: readonly string[];
  readonly proofs: BundleProofs;
  /** The head at the end of the range, signed by `desk`. */
  readonly checkpoint: Uint8Array;
  /** The head that whoever reads the bundle has from before. */
  readonly previous: Uint8Array | null;
  /** The evidence of these digests, in their order. */
  evidence(sha256s: Iterable<string>): AsyncIterable<NamedEvidence> | Iterable<NamedEvidence>;
  readonly records: {
    readonly json: Content;
    readonly csv: Content;
    readonly count: number;
    readonly left_out: number;
  };
  /** Their public parts; the desk's own is among them. */
  readonly keys: readonly BundledKey[];
  readonly desk: StatementSigner;
}

export interface WrittenBundle {
  readonly manifest: Manifest;
  readonly bytes: number;
  /** Of the manifest's bytes, lower-case hex. */
  readonly manifest_sha256: string;
}
