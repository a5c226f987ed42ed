import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cosignaturesOf,
  readCheckpoint,
  readLogProof,
  writeCheckpoint,
  writeLogProof,
} from '../../electron/audit/head/checkpoint.ts';
import { type NoteKey, noteKey, openNote, readVkey, signNote, writeVkey } from '../../electron/audit/head/note.ts';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { verifyConsistency, verifyInclusion } from '../../electron/audit/log/merkle.ts';
import { consistencyProof, inclusionProof, rootOf } from '../../electron/audit/log/tiles.ts';
import { publicKeyOf, signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { growLog } from './memory-tiles.ts';

const folder = join(projectRoot, 'test/fixtures/vectors/signed-notes');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const lines = <T>(name: string): T[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');
const known = (vkeys: string[]) => vkeys.map(readVkey).filter((key) => key !== null);

/** The published test key of golang.org/x/mod/sumdb/note; sign.json has the first half of it only. */
const PETER_NEUMANN = '810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173';

interface NoteCase {
  name: string;
  vkeys: string[];
  note_base64: string;
  expect: string;
  strict?: string;
  text?: string;
}
interface Log {
  origin: string;
  vkey: string;
  entries: string[];
  checkpoints: string[];
  roots: string[];
  tile_0_hex: string;
  consistency: { from: number; to: number; proof: string[] }[];
}
const log = JSON.parse(read('tessera-log.json')) as Log;
const logKey = readVkey(log.vkey) as NoteKey;

describe('S61: signed notes', () => {
  test.each(lines<NoteCase>('notes.jsonl').map((one) => [one.name, one] as const))('%s', (_, one) => {
    const opened = openNote(Buffer.from(one.note_base64, 'base64'), known(one.vkeys));
    expect(opened.verdict).toBe(one.strict ?? one.expect);
    if (opened.verdict === 'verified' && one.text !== undefined) expect(opened.note.text).toBe(one.text);
  });

  interface VkeyCase {
    name: string;
    vkey: string;
    valid_ed25519: boolean;
    valid_other_type: boolean;
    strict_valid?: boolean;
  }
  test.each(lines<VkeyCase>('vkeys.jsonl').map((one) => [one.name, one] as const))('key %s', (_, one) => {
    const key = readVkey(one.vkey);
    expect(key !== null && key.type === 1).toBe(one.strict_valid ?? one.valid_ed25519);
    if (key !== null) expect(writeVkey(key)).toBe(one.vkey);
  });

  test('signing gives exactly the reference’s note', () => {
    const { name, text, note, vkey } = JSON.parse(read('sign.json')) as Record<
      'name' | 'text' | 'note' | 'vkey',
      string
    >;
    const seed = Buffer.from(PETER_NEUMANN, 'hex');
    const key = noteKey(name, publicKeyOf(seed));
    expect(writeVkey(key)).toBe(vkey);
    expect(signNote(text, key, (message) => signEd25519(seed, message))).toBe(note);
  });

  test('S61: a note with any byte changed is not what its key signed', () => {
    const note = utf8(log.checkpoints[15] ?? '');
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(note);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(openNote(changed, [logKey]).verdict).not.toBe('verified');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('S61: checkpoints', () => {
  interface CheckpointCase {
    name: string;
    text: string;
    expect: string;
  }
  test.each(lines<CheckpointCase>('checkpoints.jsonl').map((one) => [one.name, one] as const))('%s', (_, one) => {
    const checkpoint = readCheckpoint(one.text);
    expect(checkpoint === null ? 'invalid' : 'valid').toBe(one.expect);
    if (checkpoint !== null) expect(writeCheckpoint(checkpoint)).toBe(one.text);
  });

  test('every checkpoint of a real log verifies, and each begins with every one before', () => {
    const heads = log.checkpoints.map((text) => {
      const opened = openNote(utf8(text), [logKey]);
      return opened.verdict === 'verified' ? readCheckpoint(opened.note.text) : null;
    });
    expect(heads.map((head) => head && hex(head.root))).toEqual(log.roots);
    const tiles = growLog(log.entries.map((entry) => leafHash(utf8(entry))));
    expect(hex(tiles.read({ level: 0, index: 0 }, 15))).toBe(log.tile_0_hex);
    for (const { from, to, proof } of log.consistency) {
      expect(consistencyProof(tiles.read, from, to).map(hex)).toEqual(proof);
      const at = (size: number) => ({ size: BigInt(size), root: rootOf(tiles.read, size) });
      const path = proof.map((one) => Buffer.from(one, 'hex'));
      expect(verifyConsistency({ from: at(from), to: at(to), proof: path })).toBe(true);
    }
  });

  interface CosignatureCase {
    name: string;
    note: string;
    log_vkey: string;
    witness_vkey: string;
    expect: string;
    strict?: string;
    timestamp: string | null;
  }
  test.each(lines<CosignatureCase>('cosignatures.jsonl').map((one) => [one.name, one] as const))(
    'cosignature %s',
    (_, one) => {
      const opened = openNote(utf8(one.note), known([one.log_vkey]));
      const witness = known([one.witness_vkey]);
      const found = opened.verdict === 'verified' ? cosignaturesOf(opened.note, witness) : null;
      const answer = found === null ? 'refused' : found.length > 0 ? 'log and witness' : 'log only';
      expect(answer).toBe(one.strict ?? one.expect);
      if (found?.[0] !== undefined) expect(String(found[0].time)).toBe(one.timestamp);
    },
  );
});

describe('S60: log proofs', () => {
  interface ProofCase {
    name: string;
    proof: string;
    leaf: string;
    expect: string;
  }
  function judge({ proof: text, leaf }: ProofCase): boolean {
    const proof = readLogProof(text);
    const opened = proof === null ? null : openNote(proof.checkpoint, [logKey]);
    if (proof === null || opened?.verdict !== 'verified') return false;
    const head = readCheckpoint(opened.note.text);
    if (head?.origin !== log.origin) return false;
    return verifyInclusion({ ...head, index: proof.index, leafHash: leafHash(utf8(leaf)), proof: proof.path });
  }

  test.each(lines<ProofCase>('tlog-proofs.jsonl').map((one) => [one.name, one] as const))('%s', (_, one) => {
    expect(judge(one)).toBe(one.expect === 'verified');
  });

  test('what is written is read, and verifies', () => {
    const tiles = growLog(log.entries.map((entry) => leafHash(utf8(entry))));
    for (const [index, leaf] of log.entries.entries()) {
      const text = writeLogProof(index, inclusionProof(tiles.read, index, 15), log.checkpoints[15] ?? '');
      expect(judge({ name: '', proof: text, leaf, expect: 'verified' })).toBe(true);
    }
  });
});
