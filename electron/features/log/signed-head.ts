import type { SignedHead } from '../../../shared/contract/log.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { instantFromEpochSeconds, toUtcText } from '../../../shared/domain/instant.ts';
import { verifyCosignature } from '../../audit/head/checkpoint.ts';
import { keyId, type Note, type NoteKey, noteKey, openNote, SIGNATURE_TYPE } from '../../audit/head/note.ts';
import { readHead } from '../../audit/head/signed-head.ts';
import { equalBytes } from '../../audit/log/merkle.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import { type PinnedKey, placeInValidity } from '../../evidence/trust/trust.ts';
import type { StoredCheckpoint } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { trustOf } from '../keys/trust-store.ts';

/** A stored checkpoint as it is shown; null where the desk's signature on it does not hold, or its note says another head. */
export async function signedHead(
  context: FeatureContext,
  tenant: string,
  { size, root, note, madeAt }: StoredCheckpoint,
): Promise<SignedHead | null> {
  const bytes = Buffer.from(note);
  const read = readHead(bytes);
  if (read === null || read.head.size !== BigInt(size) || !equalBytes(read.head.root, root)) return null;
  const { trust } = await trustOf(context, tenant);
  const opened = openNote(bytes, await deskKeys(context, trust.keys, read.head.origin));
  if (opened.verdict !== 'verified' || opened.by[0] === undefined) return null;
  return {
    size: String(size),
    root: encodeHex(root),
    signed_at: madeAt,
    key: encodeHex(opened.by[0].publicKey),
    witnesses: witnessesOn(read, trust.keys).map(({ name, at }) => ({ name, at })),
    note,
  };
}

/** Keys of the desk, those that it rotated or that were revoked too: what they signed stays theirs. */
async function deskKeys(context: FeatureContext, pinned: readonly PinnedKey[], origin: string): Promise<NoteKey[]> {
  const own = (await context.store.ownKeys()).filter(({ purpose }) => purpose === 'desk');
  const hex = [...own, ...pinned.filter(({ purpose }) => purpose === 'desk')].map(({ public_hex }) => public_hex);
  return [...new Set(hex)].map((one) => noteKey(origin, decodeHex(one) ?? new Uint8Array()));
}

/** A pinned witness's cosignature. */
export interface WitnessLine {
  readonly name: string;
  /** The fingerprint of its key. */
  readonly key: string;
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly line: Note['signatures'][number];
}

/** The cosignatures of witnesses that are pinned and were valid at their time, each witness once, the first that holds. */
export function witnessesOn(note: Note, pinned: readonly PinnedKey[]): WitnessLine[] {
  const found = new Map<string, WitnessLine>();
  for (const line of note.signatures) {
    const witness = witnessOf(line, pinned);
    const at = witness === null ? null : cosignedAt(note.text, line, witness);
    if (witness !== null && at !== null && !found.has(witness.public_hex))
      found.set(witness.public_hex, { name: witness.name, key: fingerprintOf(witness.public_hex), at, line });
  }
  return [...found.values()];
}

/** Whose line it says it is: the pinned witness whose key gives its key id under its name; null for another's. */
export function witnessOf({ name, id }: Note['signatures'][number], pinned: readonly PinnedKey[]): PinnedKey | null {
  const witnesses = pinned.filter(({ purpose, revoked }) => purpose === 'witness' && revoked !== true);
  const isIts = ({ public_hex }: PinnedKey) =>
    equalBytes(id, keyId(name, SIGNATURE_TYPE.cosignature, bytesOf(public_hex)));
  return witnesses.find(isIts) ?? null;
}

/** When the witness cosigned the text by that line; null where it did not, or was not valid then. */
function cosignedAt(text: string, line: Note['signatures'][number], witness: PinnedKey): string | null {
  const key = noteKey(line.name, bytesOf(witness.public_hex), SIGNATURE_TYPE.cosignature);
  const made = verifyCosignature(text, line, key);
  const at = made === null ? null : instantFromEpochSeconds(Number(made.time));
  return at !== null && placeInValidity(witness, at) === 'inside' ? toUtcText(at) : null;
}

function bytesOf(hex: string): Uint8Array {
  return decodeHex(hex) ?? new Uint8Array();
}
