import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openArchive } from '../../electron/audit/archive/archive-reader.ts';
import { bytesAsSource } from '../../electron/audit/archive/byte-source.ts';
import type { BundleDecision } from '../../electron/audit/bundle/bundle-input.ts';
import { Manifest } from '../../electron/audit/bundle/manifest.ts';
import { writeBundle } from '../../electron/audit/bundle/write-bundle.ts';
import { openField, readEntryLine, readLeaf } from '../../electron/audit/log/entry-line.ts';
import { leafHash } from '../../electron/audit/log/leaf.ts';
import { provenBy } from '../../electron/audit/verify/report.ts';
import { encodeHex } from '../../shared/domain/hex.ts';
import { EvidenceReport } from '../../shared/domain/verdict.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { STATEMENTS } from './bundle-lies.ts';
import { growLog } from './memory-tiles.ts';
import { changedManifest, type Files, repack } from './repack.ts';
import {
  bundleBytes,
  bundleInput,
  desk,
  evidenceAs,
  headOf,
  makeLog,
  NOBODY,
  reviewer,
  type SyntheticLog,
  stranger,
  trust,
  verify,
} from './synthetic-bundle.ts';
import { signedHead } from './synthetic-log.ts';
import { unpack } from './unpack.ts';

const log = makeLog(40);
type Report = Awaited<ReturnType<typeof verify>>;
const verdicts = ({ checks }: Report) => Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]));
const codes = ({ checks }: Report) => Object.fromEntries(checks.map(({ name, code }) => [name, code]));
const detail = ({ checks }: Report, name: string) => checks.find((made) => made.name === name)?.detail;
const manifestOf = async (bytes: Uint8Array) =>
  Manifest.parse(JSON.parse((await unpack(bytes)).get('manifest.json')?.toString() ?? ''));

describe('a bundle', () => {
  test('verifies with nothing but pinned keys, and says that it is complete', async () => {
    const report = await verify(await bundleBytes(bundleInput(log)));
    EvidenceReport.parse(report);
    expect(codes(report)).toEqual({
      structure: 'BUNDLE_FORM',
      signature: 'SIGNED',
      files: 'FILES_MATCH',
      checkpoint: 'SIGNED',
      inclusion: 'COMPLETE',
      opening: 'OPENED',
      statement: 'SIGNED',
    });
    expect(report).toMatchObject({ kind: 'bundle', verdict: 'verified', key: { name: 'The desk' }, findings: [] });
    expect(provenBy(report)).toMatch(/^Entries 0 to 39: complete\. The desk signed it/);
  });

  test('its bytes depend on what it is made of alone', async () => {
    const once = await bundleBytes(bundleInput(log, { previous: 10 }));
    expect(await bundleBytes(bundleInput(log, { previous: 10 }))).toEqual(once);
    const grown = makeLog(60);
    expect(await bundleBytes(bundleInput(grown, { to: 40, previous: 10 }))).toEqual(once);
    expect(await bundleBytes(bundleInput(log, { previous: 11 }))).not.toEqual(once);
  });

  test.each([
    [0, 0],
    [0, 1],
    [1, 1],
    [7, 40],
    [32, 40],
    [39, 40],
    [40, 40],
  ])('I7: entries %i up to %i prove to be all of that range', async (from, to) => {
    const report = await verify(await bundleBytes(bundleInput(log, { from, to })));
    expect(report.verdict).toBe('verified');
    expect(codes(report).inclusion).toBe('COMPLETE');
  });

  test('entries outside the query are counted as hashes', async () => {
    const bytes = await bundleBytes(bundleInput(log, { hashed: (seq) => seq % 3 === 2 }));
    const report = await verify(bytes);
    expect(report.verdict).toBe('verified');
    expect(detail(report, 'inclusion')).toBe('Entries 0 to 39: complete but for 13 hashed entries.');
    expect((await manifestOf(bytes)).entries).toEqual({ whole: 27, hashed: 13 });
  });

  test('entries beyond a shard of 100,000 go on in the next, and are one range', async () => {
    const hashes = Array.from({ length: 100_003 }, (_, n) => leafHash(Buffer.from(String(n))));
    const long = { entries: [], hashes, tiles: growLog(hashes), evidence: new Map() };
    const [from, to] = [2, 100_003];
    const entries = () => hashes.slice(from, to).map((hash) => ({ hash }));
    const bytes = await bundleBytes(bundleInput(long, { from, to, previous: 2, changed: { entries } }));
    const report = await verify(bytes);
    expect(report.verdict).toBe('verified');
    expect(detail(report, 'inclusion')).toBe('Entries 2 to 100002: complete but for 100001 hashed entries.');
    const names = [...(await unpack(bytes)).keys()].filter((name) => name.startsWith('log/'));
    expect(names).toEqual(['log/entries-00000.jsonl', 'log/entries-00001.jsonl']);
  });

  test('without pinned keys all that rests on them is unchecked, the rest verified', async () => {
    const report = await verify(await bundleBytes(bundleInput(log)), { trust: NOBODY });
    expect(verdicts(report)).toMatchObject({ signature: 'unchecked', checkpoint: 'unchecked', statement: 'unchecked' });
    expect(verdicts(report)).toMatchObject({ files: 'verified', inclusion: 'verified', opening: 'verified' });
    expect(provenBy(report)).toMatch(/^Only in part proven/);
  });

  test('I6: a key of another purpose, or of somebody else, verifies nothing', async () => {
    const bytes = await bundleBytes(bundleInput(log));
    const pinned = (purpose: 'desk' | 'gate', hex: string) => [{ name: 'K', purpose, public_hex: hex }];
    const other = await verify(bytes, { trust: { keys: pinned('gate', desk.publicHex), baselines: [] } });
    expect(codes(other)).toMatchObject({ signature: 'OTHER_PURPOSE', checkpoint: 'OTHER_PURPOSE' });
    const someone = await verify(bytes, { trust: { keys: pinned('desk', stranger.publicHex), baselines: [] } });
    expect(codes(someone)).toMatchObject({ signature: 'NOT_SIGNED', checkpoint: 'NOT_SIGNED' });
  });

  test('a decision is judged by the key’s validity at its own time', async () => {
    const bytes = await bundleBytes(bundleInput(log));
    const keys = trust.keys.map((key) => ({ ...key, valid_until: '2026-11-15T00:00:10Z' }));
    const report = await verify(bytes, { trust: { keys, baselines: [] } });
    expect(codes(report)).toMatchObject({ signature: 'SIGNED', statement: 'KEY_NO_LONGER_VALID' });
    expect(detail(report, 'statement')).toMatch(/^Entry 10:/);
  });

  test.each(STATEMENTS)('I6: a decision with %s is not verified', async (_, envelope) => {
    const spoilt = makeLog(4, { envelope, signer: () => reviewer });
    const { verdict, checks } = await verify(await bundleBytes(bundleInput(spoilt)));
    expect(verdict).not.toBe('verified');
    expect(checks.filter((one) => one.verdict !== 'verified').map(({ name }) => name)).toEqual(['statement']);
  });

  test('I6: a time that no calendar has does not leave the key’s validity aside', async () => {
    const [, envelope] = STATEMENTS.find(([name]) => name === 'a time that no calendar has') ?? [];
    const expired = { ...trust, keys: trust.keys.map((key) => ({ ...key, valid_until: '2026-01-01T00:00:00Z' })) };
    const bytes = await bundleBytes(bundleInput(makeLog(4, { signer: () => reviewer, ...(envelope && { envelope }) })));
    expect(codes(await verify(bytes, { trust: expired })).statement).toBe('NOT_A_STATEMENT');
  });

  test('decisions from before they were signed are unchecked, and the manifest counts them', async () => {
    const bytes = await bundleBytes(bundleInput(makeLog(20, { signer: (seq) => (seq < 8 ? null : reviewer) })));
    const report = await verify(bytes);
    expect(codes(report).statement).toBe('UNSIGNED');
    expect((await manifestOf(bytes)).decisions).toEqual({ signed: 4, unsigned: 3 });
  });

  test('a bundle without a decision has no check of statements', async () => {
    const report = await verify(await bundleBytes(bundleInput(log, { hashed: (seq) => seq % 3 === 1 })));
    expect(report.verdict).toBe('verified');
    expect(codes(report).statement).toBeUndefined();
  });
});

test('a bundle of version 1, made when it was new, verifies for good', async () => {
  const kept = readFileSync(join(projectRoot, 'test/fixtures/bundles/bundle-v1.zip'));
  const report = await verify(kept);
  expect(report.verdict).toBe('verified');
  expect(codes(report)).toMatchObject({
    inclusion: 'COMPLETE_BUT_HASHED',
    consistency: 'FOLLOWS',
    statement: 'SIGNED',
  });
});

test('a bundle of a newer version is said to be one, and nothing is said against it', async () => {
  const files: Files = [...(await unpack(await bundleBytes(bundleInput(log))))];
  const newer = changedManifest(files, (manifest) => ({ ...manifest, version: 2 }));
  const report = await verify(await repack(newer));
  expect(report).toMatchObject({ verdict: 'unchecked', checks: [{ name: 'structure', code: 'UNKNOWN_VERSION' }] });
});

describe('the checkpoint from before', () => {
  const bundle = (previous: number | null, from = 0) => bundleBytes(bundleInput(log, { previous, from }));

  test('I7: the log follows the previous checkpoint that is in the bundle', async () => {
    const report = await verify(await bundle(16));
    expect(codes(report).consistency).toBe('FOLLOWS');
  });

  test('I7: the log follows the one that the auditor kept, wherever the bundle proves its size', async () => {
    for (const size of [0, 5, 16, 39, 40]) {
      const report = await verify(await bundle(null), { previous: headOf(log, size) });
      expect(codes(report).consistency, String(size)).toBe('FOLLOWS');
    }
    const same = await verify(await bundle(7, 20), { previous: headOf(log, 7) });
    expect(codes(same).consistency).toBe('FOLLOWS');
    expect(same.findings).toEqual(['GAP_AFTER_PREVIOUS']);
    const other = await verify(await bundle(7, 20), { previous: headOf(log, 8) });
    expect(codes(other).consistency).toBe('PREVIOUS_OTHER');
    expect(other.verdict).toBe('unchecked');
  });

  test('I7: a log that was rewritten since is found, and so is another log or signer', async () => {
    const forked = makeLog(40, { signer: () => reviewer });
    const cases: [SyntheticLog, Uint8Array, string][] = [
      [log, headOf(forked, 16), 'FORKED'],
      [log, signedHead(16, new Uint8Array(32), desk, 'vex-review-desk/log/other'), 'OTHER_LOG'],
      [log, Buffer.from('no checkpoint'), 'PREVIOUS_FORM'],
      [log, headOf(log, 16, stranger), 'NOT_SIGNED'],
      [makeLog(41), headOf(log, 40), 'PREVIOUS_NEWER'],
    ];
    for (const [made, previous, code] of cases) {
      const to = code === 'PREVIOUS_NEWER' ? 30 : 40;
      const report = await verify(await bundleBytes(bundleInput(made, { to })), { previous });
      expect(codes(report).consistency).toBe(code);
      expect(report.verdict).toBe(code === 'PREVIOUS_NEWER' ? 'unchecked' : 'failed');
    }
  });

  test('S61: nothing is written on a previous checkpoint that the log does not follow', async () => {
    const forked = makeLog(40, { signer: () => reviewer });
    const input = bundleInput(log, { previous: 16, changed: { previous: headOf(forked, 16) } });
    await expect(bundleBytes(input)).rejects.toMatchObject({ code: 'INTEGRITY_FAILED' });
    const newer = bundleInput(log, { to: 10, changed: { previous: headOf(log, 20) } });
    await expect(bundleBytes(newer)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('redaction', () => {
  test('chosen fields stay out while all proofs hold, counted and named', async () => {
    const bytes = await bundleBytes(bundleInput(log, { redact: ['reason', 'reviewer'] }));
    const report = await verify(bytes);
    expect(report.verdict).toBe('verified');
    const { withheld } = await manifestOf(bytes);
    expect(withheld).toEqual({ redacted: { reason: 13, reviewer: 13 }, removed: {} });
    expect(detail(report, 'opening')).toContain('reason redacted in 13, reviewer redacted in 13');
    expect(bytes.includes('because 1')).toBe(false);
    expect((await bundleBytes(bundleInput(log))).includes('because 1')).toBe(true);
  });

  test('a redacted field is opened later, one by one, and only by its own value and salt', async () => {
    const files = await unpack(await bundleBytes(bundleInput(log, { redact: ['reason'] })));
    const line = files.get('log/entries-00000.jsonl')?.toString().split('\n')[1] ?? '';
    const entry = readEntryLine(Buffer.from(line));
    const leaf = entry !== null && 'leaf' in entry ? readLeaf(entry.leaf) : null;
    const field = log.entries[1]?.fields.find(({ name }) => name === 'reason');
    const opening = { name: 'reason', salt: encodeHex(field?.salt ?? new Uint8Array()), value: '"because 1"' };
    expect(leaf).not.toBeNull();
    if (leaf === null) return;
    expect(openField(leaf, opening)).toBe(true);
    expect(openField(leaf, { ...opening, value: '"because 2"' })).toBe(false);
    expect(openField(leaf, { ...opening, name: 'reviewer' })).toBe(false);
    expect(openField(leaf, { ...opening, salt: '00'.repeat(32) })).toBe(false);
    expect(openField(leaf, { ...opening, name: 'constructor' })).toBe(false);
  });

  test('fields that the desk removed are said to be removed, and with all of them gone the log still proves', async () => {
    const gone = { ...log, entries: log.entries.map(({ leaf }) => ({ leaf, fields: [] })) };
    const bytes = await bundleBytes(bundleInput(gone));
    const report = await verify(bytes);
    expect(report.verdict).toBe('verified');
    expect(codes(report).opening).toBeUndefined();
    expect((await manifestOf(bytes)).withheld.removed).toMatchObject({ actor: 40, reason: 13 });
  });
});

describe('evidence', () => {
  test('its files are named by their SHA-256, each once; by choice only hashes are there', async () => {
    const bytes = await bundleBytes(bundleInput(log));
    const names = [...(await unpack(bytes)).keys()].filter((name) => /^evidence\/[0-9a-f]{64}\.vep$/.test(name));
    expect(names).toEqual([...log.evidence.keys()].sort().map((sha256) => `evidence/${sha256}.vep`));
    const hashes = await bundleBytes(
      bundleInput(log, { changed: { evidence: evidenceAs(() => ({ kind: 'vep', bytes: 8, content: null })) } }),
    );
    expect((await verify(hashes)).verdict).toBe('verified');
    expect((await manifestOf(hashes)).evidence).toEqual({ files: 0, hashes: 7, removed: 0 });
  });

  test('what was removed before is said; what has other bytes than its hash ends the bundle', async () => {
    const removed = await bundleBytes(bundleInput(log, { changed: { evidence: evidenceAs(() => null) } }));
    expect((await verify(removed)).verdict).toBe('verified');
    expect((await manifestOf(removed)).evidence).toEqual({ files: 0, hashes: 0, removed: 7 });
    const altered = bundleInput(log, {
      changed: { evidence: evidenceAs(() => ({ kind: 'vep', bytes: 1, content: Buffer.from('x') })) },
    });
    await expect(bundleBytes(altered)).rejects.toMatchObject({ code: 'INTEGRITY_FAILED' });
  });
});

describe('writing', () => {
  const decisions = [...(bundleInput(log).decisions() as Iterable<BundleDecision>)];
  const damaged: [string, Parameters<typeof bundleInput>[1]][] = [
    ['an entry too few', { changed: { entries: () => log.entries.slice(1) } }],
    ['an entry too many', { changed: { entries: () => [...log.entries, ...log.entries] } }],
    ['entries in another order', { changed: { entries: () => log.entries.toReversed() } }],
    ['a decision too few', { changed: { decisions: () => decisions.slice(1) } }],
    ['a decision too many', { changed: { decisions: () => [...decisions, ...decisions] } }],
    ['a decision of another place', { changed: { decisions: () => decisions.map(({ leaf }) => ({ seq: 0, leaf })) } }],
    ['a piece of evidence too few', { changed: { evidence: (all) => evidenceAs(() => null)([...all].slice(1)) } }],
    ['a checkpoint of another size', { changed: { checkpoint: headOf(log, 39) } }],
    ['a checkpoint by another desk', { changed: { checkpoint: headOf(log, 40, stranger) } }],
    ['another tenant’s log', { changed: { tenant: '00000000-0000-4000-8000-0000000000ff' } }],
    ['a checkpoint of another root', { changed: { checkpoint: headOf(makeLog(40, { signer: () => desk }), 40) } }],
  ];
  test.each(damaged)('INTEGRITY_FAILED: %s never becomes a bundle', async (_, choice) => {
    await expect(bundleBytes(bundleInput(log, choice))).rejects.toMatchObject({ code: 'INTEGRITY_FAILED' });
  });

  test('a field that is not what its leaf committed to never becomes a bundle', async () => {
    const entries = log.entries.map(({ leaf, fields }) => ({
      leaf,
      fields: fields.map((field) => ({ ...field, value: Buffer.from('"other"') })),
    }));
    await expect(bundleBytes(bundleInput({ ...log, entries }))).rejects.toMatchObject({ code: 'INTEGRITY_FAILED' });
  });

  test('whoever gives the entries can end it: what was thrown comes out, and nothing is finished', async () => {
    const stop = new Error('stop');
    const pieces: Uint8Array[] = [];
    function* entries() {
      yield log.entries[0] as (typeof log.entries)[number];
      throw stop;
    }
    const input = bundleInput(log, { changed: { entries } });
    await expect(writeBundle(input, (bytes) => void pieces.push(bytes))).rejects.toBe(stop);
    await expect(openArchive(bytesAsSource(Buffer.concat(pieces)))).rejects.toMatchObject({ name: 'ArchiveFault' });
  });
});
