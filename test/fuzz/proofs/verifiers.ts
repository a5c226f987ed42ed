import { cosignaturesOf, readCheckpoint } from '../../../electron/audit/head/checkpoint.ts';
import { noteKey, openNote, readNote, readVkey } from '../../../electron/audit/head/note.ts';
import { openField, readLeaf } from '../../../electron/audit/log/entry-line.ts';
import { verifyConsistency, verifyInclusion } from '../../../electron/audit/log/merkle.ts';
import { judgeStatement } from '../../../electron/audit/statement/check-statement.ts';
import { readEnvelope, signersOf } from '../../../electron/audit/statement/dsse.ts';
import { verifyCheckpointFile, verifyProofFile } from '../../../electron/audit/verify/verify-head.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { desk, reviewer } from '../../audit/synthetic-bundle.ts';
import { ORIGIN } from '../../audit/synthetic-log.ts';
import { witnessKey } from './logs.ts';
import { type FileKind, type Proof, type ProofFile, TRUSTS } from './proof.ts';

const deskKey = noteKey(ORIGIN, desk.publicKey);

/** Whether what is tested accepts the proof, as it stands. */
export function accepts(proof: Proof): boolean {
  switch (proof.kind) {
    case 'inclusion':
      return verifyInclusion({ ...proof, ...proof.head, proof: proof.path });
    case 'consistency':
      return verifyConsistency({ ...proof, proof: proof.path });
    case 'opening': {
      const { committed, name, salt, value } = proof;
      return openField({ fields: { reason: committed } }, { name, salt, value });
    }
    default:
      return FILES[proof.kind](proof);
  }
}

const FILES: Readonly<Record<FileKind, (file: ProofFile) => boolean>> = {
  note: ({ bytes, trust }) => {
    const opened = openNote(bytes, trust === 'pinned' ? [deskKey] : []);
    return opened.verdict === 'verified' && readCheckpoint(opened.note.text) !== null;
  },
  cosignature: ({ bytes, trust }) => {
    const note = readNote(bytes);
    const found = note === null ? null : cosignaturesOf(note, trust === 'pinned' ? [witnessKey] : []);
    return found !== null && found.length > 0;
  },
  checkpoint: ({ bytes, trust, previous }) =>
    verifyCheckpointFile(bytes, { trust: TRUSTS[trust], previous }).verdict === 'verified',
  proof: ({ bytes, trust, previous }) =>
    verifyProofFile(bytes, { trust: TRUSTS[trust], previous }).verdict === 'verified',
  envelope: ({ bytes, trust }) => {
    const envelope = readEnvelope(bytes);
    const keys = trust === 'pinned' ? [desk.publicKey, reviewer.publicKey] : [];
    return envelope !== null && signersOf(envelope, keys).length > 0;
  },
  statement: ({ bytes, trust }) => {
    const text = decodeUtf8(bytes);
    const leaf = text === null ? null : readLeaf(text);
    return leaf !== null && leaf.envelope !== undefined && judgeStatement(leaf, TRUSTS[trust]).verdict === 'verified';
  },
  vkey: ({ bytes }) => readVkey(decodeUtf8(bytes) ?? '') !== null,
};
