import { decodeHex } from '../../../shared/domain/hex.ts';
import { instantFromEpochSeconds } from '../../../shared/domain/instant.ts';
import type { Check, UsedKey } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import { judgeSignature } from '../../evidence/trust/signature.ts';
import { type PinnedKey, placeInValidity, type TrustStore } from '../../evidence/trust/trust.ts';
import { equalBytes } from '../log/merkle.ts';
import { cosignaturesOf } from './checkpoint.ts';
import { keyId, type Note, type NoteKey, noteKey, openNote, SIGNATURE_TYPE } from './note.ts';
import { readHead, type SignedHead } from './signed-head.ts';

/** Whether a desk's key that is pinned signed a head, and who else says that they saw it. */
export interface JudgedHead {
  readonly check: Check;
  /** Null where the bytes are no signed head. */
  readonly head: SignedHead | null;
  readonly key: UsedKey | null;
}

/**
 * Judges a signed head (C2SP tlog-checkpoint). verified: SIGNED. failed: CHECKPOINT_FORM; NOTE_SIGNATURE, where a line
 * that names a pinned key does not hold; COSIGNATURE, the same of a pinned witness; and the codes of judgeSignature.
 * unchecked: NO_KEY. Its time is not proven, so that a key's validity is left aside.
 */
export function judgeHead(bytes: Uint8Array, trust: TrustStore): JudgedHead {
  const head = readHead(bytes);
  if (head === null) return { check: failed('CHECKPOINT_FORM', 'It is no signed checkpoint.'), head, key: null };
  const { origin } = head.head;
  const keys = [...new Set(trust.keys.map(({ public_hex }) => public_hex))].map((hex) => noteKey(origin, bytesOf(hex)));
  const opened = openNote(bytes, keys);
  if (opened.verdict === 'verified') return { head, ...judgeSigner(head, opened.by, trust) };
  if (opened.verdict !== 'unverified') {
    return { check: failed('NOTE_SIGNATURE', 'A line that names a pinned key does not hold.'), head, key: null };
  }
  const pinned = trust.keys.some(({ purpose }) => purpose === 'desk');
  const made = pinned
    ? failed('NOT_SIGNED', 'No desk key that is pinned signed this checkpoint.')
    : check('checkpoint', 'unchecked', 'NO_KEY', 'No key of a desk is pinned.');
  return { check: made, head, key: null };
}

function judgeSigner(head: SignedHead, by: readonly NoteKey[], trust: TrustStore): Omit<JudgedHead, 'head'> {
  const answers = by.map((key) => {
    const line = head.signatures.find(({ name, id }) => name === key.name && equalBytes(id, key.id));
    const messages = [{ profile: 'signed-note', bytes: Buffer.from(head.text) }];
    const signature = line?.signature ?? new Uint8Array();
    return judgeSignature({ signature, messages, purposes: ['desk'], trust, at: null, over: 'checkpoint' });
  });
  const best = answers.find(({ verdict }) => verdict === 'verified') ?? answers[0];
  if (best === undefined) return { check: failed('NOT_SIGNED', 'Nobody signed it.'), key: null };
  if (best.verdict !== 'verified')
    return { check: check('checkpoint', best.verdict, best.code, best.detail), key: null };
  const witnesses = witnessesOf(head, trust);
  if (witnesses === null)
    return { check: failed('COSIGNATURE', 'The line of a pinned witness does not hold.'), key: null };
  const seen = witnesses.length === 0 ? 'No pinned witness cosigned it.' : `Cosigned by ${witnesses.join(', ')}.`;
  return { check: check('checkpoint', 'verified', best.code, `${best.detail} ${seen}`), key: best.key };
}

/** The names of the pinned witnesses, valid at their time, whose cosignatures hold; null where one does not hold. */
function witnessesOf(note: Note, trust: TrustStore): string[] | null {
  const pinned = trust.keys.filter(({ purpose, revoked }) => purpose === 'witness' && revoked !== true);
  const named = new Map<NoteKey, PinnedKey>();
  for (const { name, id } of note.signatures) {
    const key = pinned.find(({ public_hex }) =>
      equalBytes(id, keyId(name, SIGNATURE_TYPE.cosignature, bytesOf(public_hex))),
    );
    if (key !== undefined) named.set(noteKey(name, bytesOf(key.public_hex), SIGNATURE_TYPE.cosignature), key);
  }
  const found = cosignaturesOf(note, [...named.keys()]);
  if (found === null) return null;
  const valid = found.map(({ key, time }) => {
    const at = instantFromEpochSeconds(Number(time));
    const pin = named.get(key);
    return pin !== undefined && at !== null && placeInValidity(pin, at) === 'inside' ? pin.name : null;
  });
  return [...new Set(valid.filter((name) => name !== null))];
}

function failed(code: string, detail: string): Check {
  return check('checkpoint', 'failed', code, detail);
}

function bytesOf(hex: string): Uint8Array {
  return decodeHex(hex) ?? new Uint8Array();
}
