import { DeskError } from '../../../shared/domain/errors.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import type { Checkpoint } from '../head/checkpoint.ts';
import { noteKey, openNote } from '../head/note.ts';
import { readHead, type SignedHead } from '../head/signed-head.ts';
import { emptyRoot, equalBytes, verifyConsistency } from '../log/merkle.ts';
import type { BundleInput } from './bundle-input.ts';
import { originOf } from './manifest.ts';
import { damagedLog } from './tally.ts';

export interface BundleHeads {
  readonly head: SignedHead;
  /** The desk's signature on it. */
  readonly signature: Uint8Array;
  readonly previous: SignedHead | null;
}

/**
 * The heads that a bundle is written between. INTEGRITY_FAILED where the head is not the desk's own for the end of the
 * range or does not follow the previous one (S61); INVALID_INPUT where the previous one is none of this log.
 */
export function checkHeads(input: BundleInput): BundleHeads {
  const head = readHead(input.checkpoint);
  const signature = head === null ? null : ownSignature(input);
  if (head === null || signature === null || !isHeadOf(head.head, input)) {
    throw damagedLog('The checkpoint is not the signed head at the end of the range.');
  }
  const previous = input.previous === null ? null : readHead(input.previous);
  if (previous === null && input.previous !== null) throw refusePrevious('is no checkpoint');
  if (previous !== null) checkPrevious(input, head.head, previous.head);
  return { head, signature, previous };
}

function ownSignature({ checkpoint, origin, desk }: BundleInput): Uint8Array | null {
  const key = noteKey(origin, decodeHex(desk.publicHex) ?? new Uint8Array());
  const opened = openNote(checkpoint, [key]);
  if (opened.verdict !== 'verified') return null;
  const own = opened.note.signatures.find(({ name, id }) => name === key.name && equalBytes(id, key.id));
  return own?.signature ?? null;
}

function isHeadOf(head: Checkpoint, { origin, tenant, range }: BundleInput): boolean {
  return head.origin === origin && origin === originOf(tenant) && head.size === BigInt(range.to);
}

function checkPrevious({ origin, proofs }: BundleInput, to: Checkpoint, from: Checkpoint): void {
  if (from.origin !== origin) throw refusePrevious('is of another log');
  if (from.size > to.size) throw refusePrevious('is newer than the end of the range');
  const follows =
    from.size === 0n ? equalBytes(from.root, emptyRoot()) : verifyConsistency({ from, to, proof: proofs.consistency });
  if (!follows) throw damagedLog('The log does not begin with the previous checkpoint.');
}

function refusePrevious(why: string): DeskError {
  return new DeskError(
    'INVALID_INPUT',
    `The previous checkpoint ${why}. No bundle was written; give the one you kept of this log.`,
  );
}
