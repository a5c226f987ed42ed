import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRefused, readVep } from '../../electron/evidence/packet/packet.ts';
import { PillarHashes } from '../../electron/evidence/packet/profiles.ts';
import { type VerifyContext, verifyEvidence } from '../../electron/evidence/verify.ts';
import { encodeHex } from '../../shared/domain/hex.ts';
import { EvidenceReport, worstVerdict } from '../../shared/domain/verdict.ts';
import { fixtureTrust, instant } from './trusted.ts';

const folder = new URL('../fixtures/fixtures/packets/', import.meta.url);

interface Expected {
  file: string;
  sha256: string;
  bytes: number;
  now: string;
  generation: string;
  profile: string | null;
  canonicalization: string | null;
  header: { version: number; aid_hex: string; capsule_root_hex: string; nonce: string } | null;
  checks: Record<string, string>;
  findings: string[];
  root: string | null;
  reference_accepts: boolean;
  leaves: Record<string, string> | null;
  profile_leaves: Record<string, string> | null;
}

const cases = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected[];

function bytesOf(file: string): Buffer {
  return readFileSync(new URL(file, folder));
}

function context(now: string): VerifyContext {
  return { at: instant(now), trust: fixtureTrust(), role: 'escalation' };
}

/** The report in the words of expected.json (docs/guide/command-line.md, "Verdict"). */
function inTheirWords({ checks }: EvidenceReport): Record<string, string> {
  const structure = checks.find(({ name }) => name === 'structure');
  const none = structure?.verdict === 'failed' ? 'unchecked' : 'absent';
  const of = (...names: string[]) => {
    const verdicts = checks.filter(({ name }) => names.includes(name)).map(({ verdict }) => verdict);
    return verdicts.length === 0 ? none : worstVerdict(verdicts);
  };
  return {
    structure: of('structure'),
    root: of('root'),
    signature: of('signature'),
    aid: of('aid'),
    nonce: of('nonce'),
    pcrs: of('pcrs'),
    stark: of('stark'),
    token: of('token.structure', 'token.signature', 'token.lifecycle'),
    token_aid: of('token.binding'),
  };
}

/** Their words for what fails nothing, and our codes. */
const FINDINGS: readonly (readonly [RegExp, string])[] = [
  [/bytes are not canonical$/, 'NOT_CANONICAL'],
  [/integer beyond 2\^53$/, 'UNSAFE_INTEGER'],
  [/^unknown segment type/, 'UNKNOWN_SEGMENT'],
  [/^footer/, 'FOOTER'],
  [/^payload segment/, 'PAYLOAD_NOT_COVERED'],
  [/taken from segment 7$/, 'MAGPIE_FROM_SEGMENT'],
  [/also in segment 7$/, 'MAGPIE_REPEATED'],
  [/differs from segment 7/, 'MAGPIE_DIFFERS'],
  [/^segment 7 is not hashed$/, 'MAGPIE_NOT_COVERED'],
];

function codesOf(findings: readonly string[]): string[] {
  return [...new Set(findings.map((text) => FINDINGS.find(([words]) => words.test(text))?.[1] ?? text))].toSorted();
}

/** Its maker is 1.7, but its nonce is a number, and that is what tells the generations apart. */
const OF_1_6_BY_SHAPE = ['type-nonce-number-in-17.vep'];

describe('I6: packets', () => {
  it('has every file', () => {
    expect(cases).toHaveLength(191);
    const files = readdirSync(folder).filter((name) => name.endsWith('.vep'));
    expect(files.toSorted()).toEqual(cases.map(({ file }) => file).toSorted());
  });

  it.each(cases.map((c) => [c.file, c] as const))('%s', (file, expected) => {
    const report = EvidenceReport.parse(verifyEvidence(bytesOf(file), context(expected.now)));
    expect(inTheirWords(report)).toEqual(expected.checks);
    expect(report).toMatchObject({
      sha256: expected.sha256,
      bytes: expected.bytes,
      profile: expected.profile,
      root: headerOf(expected)?.capsule_root ?? null,
    });
    expect(report.canonicalization ?? null).toBe(expected.canonicalization ?? null);
    expect(report.header ?? null).toEqual(headerOf(expected));
    if (expected.checks.structure === 'failed') {
      expect(report.checks.map(({ name }) => name)).toEqual(['structure']);
      return;
    }
    expect(report.findings.filter((code) => code !== 'MINUS_ZERO').toSorted()).toEqual(codesOf(expected.findings));
    if (/^1/.test(expected.generation) && !OF_1_6_BY_SHAPE.includes(file)) {
      expect(report.generation).toBe(expected.generation);
    }
  });

  it.each(cases.filter(({ profile_leaves }) => profile_leaves != null).map((c) => [c.file, c] as const))(
    '%s has the leaves of its profile',
    (file, expected) => {
      const packet = readVep(bytesOf(file));
      if (isRefused(packet)) throw new Error(packet.fault.detail);
      const { found } = new PillarHashes(packet.pillars, packet.magpie).search(packet.root);
      const leaves = Object.entries(found?.leaves ?? {}).map(([name, leaf]) => [name, encodeHex(leaf)]);
      expect(Object.fromEntries(leaves)).toEqual(expected.profile_leaves);
    },
  );

  it('of more than 16 MiB are refused, and 16 MiB are not', () => {
    const recipe = JSON.parse(readFileSync(new URL('oversize.recipe.json', folder), 'utf8')) as {
      base: string;
      append_type: number;
      append_zero_bytes: number;
      checks: { structure: string };
    };
    const base = bytesOf(recipe.base);
    const withSegment = (zeros: number) => {
      const head = Buffer.alloc(5);
      head.writeUInt8(recipe.append_type);
      head.writeUInt32BE(zeros, 1);
      return Buffer.concat([base, head, Buffer.alloc(zeros)]);
    };
    const over = verifyEvidence(withSegment(recipe.append_zero_bytes), context('2026-11-15T12:00:00Z'));
    expect(over.checks).toMatchObject([{ name: 'structure', verdict: recipe.checks.structure, code: 'TOO_LARGE' }]);
    const fits = verifyEvidence(withSegment(16 * 1024 * 1024 - base.length - 5), context('2026-11-15T12:00:00Z'));
    expect(fits).toMatchObject({ bytes: 16 * 1024 * 1024, verdict: 'verified', findings: ['UNKNOWN_SEGMENT'] });
  });
});

/** What does not begin with the magic bytes has no header, whatever stands where one would be. */
function headerOf({ file, header }: Expected) {
  if (header === null || file === 'flip-magic.vep') return null;
  return {
    version: header.version,
    aid: header.aid_hex,
    capsule_root: header.capsule_root_hex,
    nonce: header.nonce,
  };
}
