import { encodeHex } from '../../../shared/domain/hex.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { type NoteSignature, readNote } from './note.ts';

/** A signed head, taken apart. */
export interface SignedHead {
  readonly head: Checkpoint;
  /** What is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The signed head that the bytes are; null where they are none. No signature is looked into. */
export function readHead(bytes: Uint8Array): SignedHead | null {
  const note = readNote(bytes);
  const head = note === null ? null : readCheckpoint(note.text);
  return note === null || head === null ? null : { head, ...note };
}

/** A head as a manifest says it. */
export function headFacts({ size, root }: Checkpoint): { size: string; root: string } {
  return { size: String(size), root: encodeHex(root) };
}
