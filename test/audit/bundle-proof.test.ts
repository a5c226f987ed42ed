import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogProof } from '../../electron/audit/head/checkpoint.ts';
import { keyId, noteKey, readNote, SIGNATURE_TYPE, writeNote } from '../../electron/audit/head/note.ts';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { verifyInclusion } from '../../electron/audit/log/merkle.ts';
import { inclusionProof, rootOf } from '../../electron/audit/log/tiles.ts';
import { auditFileKind } from '../../electron/audit/verify/file-kind.ts';
import { provenBy } from '../../electron/audit/verify/report.ts';
import { verifyCheckpointFile, verifyProofFile, writeProofFile } from '../../electron/audit/verify/verify-head.ts';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { EvidenceReport } from '../../shared/domain/verdict.ts';
import {
  bundleBytes,
  bundleInput,
  headOf,
  makeLog,
  NOBODY,
  reviewer,
  stranger,
  trust,
  verify,
} from './synthetic-bundle.ts';
import { signedHead, testKey } from './synthetic-log.ts';

const log = makeLog(40);
const alone = { trust, previous: null };
const codes = ({ checks }: EvidenceReport) => Object.fromEntries(checks.map(({ name, code }) => [name, code]));

function proofOf(seq: number, size = 40, leaf = log.entries[seq]?.leaf ?? new Uint8Array()): Buffer {
  const head = Buffer.from(headOf(log, size)).toString();
  return Buffer.from(writeProofFile(leaf, seq, inclusionProof(log.tiles.read, seq, size), head));
}

describe('S60: the proof of one entry as a file', () => {
  test('every entry proves itself under every head that has it, and a decision its statement', () => {
    for (const size of [1, 7, 40]) {
      for (let seq = 0; seq < size; seq += 1) {
        const report = verifyProofFile(proofOf(seq, size), alone);
        EvidenceReport.parse(report);
        expect(report).toMatchObject({ kind: 'proof', verdict: 'verified' });
        const statement = seq % 3 === 1 ? { statement: 'SIGNED' } : {};
        expect(codes(report)).toEqual({ checkpoint: 'SIGNED', inclusion: 'INCLUDED', ...statement });
      }
    }
  });

  test('it is a log proof that other tools read, and carries its leaf', () => {
    const proof = readLogProof(proofOf(4).toString());
    const leaf = Buffer.from(proof?.extra ?? '', 'base64');
    expect(leaf.equals(log.entries[4]?.leaf ?? new Uint8Array())).toBe(true);
    const claim = { index: 4n, size: 40n, leafHash: leafHash(leaf), proof: proof?.path ?? [] };
    expect(verifyInclusion({ ...claim, root: rootOf(log.tiles.read, 40) })).toBe(true);
  });

  test('no byte of it can be changed and still be proven', () => {
    const bytes = proofOf(4);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        expect(verifyProofFile(changed, alone).verdict).not.toBe('verified');
      }),
      { numRuns: 1500 },
    );
  });

  test('another entry, place or log is not the proven one', () => {
    const other = proofOf(4, 40, log.entries[5]?.leaf);
    expect(codes(verifyProofFile(other, alone))).toMatchObject({ inclusion: 'NOT_INCLUDED' });
    const path = inclusionProof(log.tiles.read, 4, 40);
    const foreign = signedHead(40, rootOf(log.tiles.read, 40), testKey('desk'), 'another/log');
    const text = writeProofFile(log.entries[4]?.leaf ?? new Uint8Array(), 4, path, Buffer.from(foreign).toString());
    expect(codes(verifyProofFile(Buffer.from(text), alone))).toMatchObject({ inclusion: 'NOT_INCLUDED' });
    expect(codes(verifyProofFile(Buffer.from('no proof'), alone))).toEqual({ structure: 'FILE_FORM' });
    const bare = proofOf(4)
      .toString()
      .replace(/^extra .*\n/m, '');
    expect(codes(verifyProofFile(Buffer.from(bare), alone))).toEqual({ structure: 'FILE_FORM' });
  });

  test('I6: who is not pinned proves nothing', () => {
    const report = verifyProofFile(proofOf(4), { trust: NOBODY, previous: null });
    expect(report.verdict).toBe('unchecked');
    expect(provenBy(report)).toMatch(/^Only in part proven/);
    expect(provenBy(verifyProofFile(proofOf(4), alone))).toMatch(/^It is entry 4 of the log of 40\. The desk signed/);
    expect(provenBy(verifyProofFile(proofOf(4, 40, new Uint8Array()), alone))).toMatch(/^Not proven/);
    expect(codes(report)).toEqual({ checkpoint: 'NO_KEY', inclusion: 'INCLUDED', statement: 'NO_KEY' });
  });
});

describe('S61: a checkpoint as a file', () => {
  test('is judged by who signed it, and by one of its own size', () => {
    const cases: [Uint8Array, Uint8Array | null, Record<string, string>][] = [
      [headOf(log, 40), null, { checkpoint: 'SIGNED' }],
      [headOf(log, 40), headOf(log, 40), { checkpoint: 'SIGNED', consistency: 'FOLLOWS' }],
      [headOf(log, 40), headOf(log, 39), { checkpoint: 'SIGNED', consistency: 'PREVIOUS_OTHER' }],
      [headOf(log, 39), headOf(log, 40), { checkpoint: 'SIGNED', consistency: 'PREVIOUS_NEWER' }],
      [
        headOf(log, 40),
        headOf(makeLog(40, { signer: () => reviewer }), 40),
        { checkpoint: 'SIGNED', consistency: 'FORKED' },
      ],
      [headOf(log, 40, stranger), null, { checkpoint: 'NOT_SIGNED' }],
      [headOf(log, 40, reviewer), null, { checkpoint: 'OTHER_PURPOSE' }],
      [Buffer.from('no checkpoint'), null, { structure: 'FILE_FORM' }],
    ];
    for (const [head, previous, expected] of cases) {
      const report = verifyCheckpointFile(head, { trust, previous });
      EvidenceReport.parse(report);
      expect(codes(report)).toEqual(expected);
    }
  });

  test('says what it proves, and what was not compared', () => {
    const said = (previous: Uint8Array | null) => provenBy(verifyCheckpointFile(headOf(log, 40), { trust, previous }));
    expect(said(null)).toBe('The desk signed this head of its log; no earlier checkpoint was compared.');
    expect(said(headOf(log, 40))).toContain('the log goes on from the previous checkpoint');
    expect(said(headOf(log, 39))).toMatch(/^Only in part proven: Nothing here is proven about that size/);
  });

  test('a line of a pinned key that does not hold spoils it, whoever else signed', () => {
    const note = readNote(headOf(log, 40));
    const key = noteKey(note?.signatures[0]?.name ?? '', reviewer.publicKey);
    const bad = { name: key.name, id: key.id, signature: new Uint8Array(64) };
    const both = Buffer.from(writeNote(note?.text ?? '', [...(note?.signatures ?? []), bad]));
    expect(codes(verifyCheckpointFile(both, alone))).toEqual({ checkpoint: 'NOTE_SIGNATURE' });
  });
});

test('each file of a log is told by its content', async () => {
  const bundle = await bundleBytes(bundleInput(log));
  const files = [bundle, proofOf(4), headOf(log, 40), Buffer.from('{"payload":1}'), new Uint8Array()];
  expect(files.map(auditFileKind)).toEqual(['bundle', 'proof', 'checkpoint', null, null]);
});

describe('witnesses', () => {
  const witness = testKey('witness');
  const pinned = (more: object): TrustStore => ({
    ...trust,
    keys: [...trust.keys, { name: 'Witness Inc', purpose: 'witness', public_hex: witness.publicHex, ...more }],
  });
  const time = 1_790_000_000n;

  function cosigned(head: Uint8Array, signer = witness): Uint8Array {
    const note = readNote(head);
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${note?.text}`);
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(time);
    const id = keyId('witness.example', SIGNATURE_TYPE.cosignature, witness.publicKey);
    const line = { name: 'witness.example', id, signature: Buffer.concat([stamp, signer.sign(message)]) };
    return Buffer.from(writeNote(note?.text ?? '', [...(note?.signatures ?? []), line]));
  }
  const detail = (report: EvidenceReport) => report.checks.find(({ name }) => name === 'checkpoint')?.detail;

  test('a pinned witness that cosigned is named, in a checkpoint and in a bundle', async () => {
    const head = cosigned(headOf(log, 40));
    const report = verifyCheckpointFile(head, { trust: pinned({}), previous: null });
    expect(detail(report)).toContain('Cosigned by Witness Inc');
    const bytes = await bundleBytes(bundleInput(log, { changed: { checkpoint: head } }));
    const bundle = await verify(bytes, { trust: pinned({}) });
    expect(bundle.verdict).toBe('verified');
    expect(detail(bundle)).toContain('Cosigned by Witness Inc');
  });

  test('one that is not pinned, revoked or outside its validity is not counted', () => {
    const head = cosigned(headOf(log, 40));
    const stores = [trust, pinned({ revoked: true }), pinned({ valid_until: '2020-01-01T00:00:00Z' })];
    for (const store of stores) {
      const report = verifyCheckpointFile(head, { trust: store, previous: null });
      expect(report.verdict).toBe('verified');
      expect(detail(report)).toContain('No pinned witness');
    }
  });

  test('a cosignature that a pinned witness did not make fails the checkpoint', () => {
    const report = verifyCheckpointFile(cosigned(headOf(log, 40), stranger), { trust: pinned({}), previous: null });
    expect(codes(report)).toEqual({ checkpoint: 'COSIGNATURE' });
  });
});
