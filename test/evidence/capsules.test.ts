import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import { type CheckName, EvidenceReport } from '../../shared/domain/verdict.ts';
import { fixtureTrust, instant } from './trusted.ts';

const folder = new URL('../fixtures/fixtures/capsules/', import.meta.url);

interface Expected {
  file: string;
  sha256: string;
  bytes: number;
  profile: string | null;
  canonicalization: string | null;
  checks: Record<string, string>;
  hash_rules: Record<string, string>;
}

const cases = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected[];
const HASHES = ['intent_hash', 'authority_hash', 'identity_hash', 'witness_hash'];
const CODES: Readonly<Record<string, string>> = {
  prefixed: 'HASH_PREFIXED',
  naked: 'HASH_NAKED',
  neither: 'HASH_DIFFERS',
};

function verify(file: string): EvidenceReport {
  const context = { at: instant('2026-11-15T12:00:00Z'), trust: fixtureTrust(), role: 'escalation' as const };
  return EvidenceReport.parse(verifyEvidence(readFileSync(new URL(file, folder)), context));
}

/** The report in the words of expected.json: the four stored hashes are the parts of one check here. */
function inTheirWords({ checks }: EvidenceReport): Record<string, string> {
  const failed = checks[0]?.verdict === 'failed';
  const of = (name: CheckName) => checks.find((check) => check.name === name);
  const parts = of('hashes')?.parts ?? [];
  const verdict = (found: { verdict: string } | undefined) => found?.verdict ?? (failed ? 'unchecked' : 'absent');
  return {
    structure: verdict(of('structure')),
    root: verdict(of('root')),
    signature: verdict(of('signature')),
    capsule_id: verdict(of('capsule_id')),
    ...Object.fromEntries(HASHES.map((name, at) => [name, verdict(parts[at])])),
  };
}

describe('I6: capsules in their JSON form', () => {
  it('has every file', () => {
    expect(cases).toHaveLength(51);
    const files = readdirSync(folder).filter((name) => name !== 'expected.json');
    expect(files.toSorted()).toEqual(cases.map(({ file }) => file).toSorted());
  });

  it.each(cases.map((c) => [c.file, c] as const))('%s', (file, expected) => {
    const report = verify(file);
    expect(inTheirWords(report)).toEqual(expected.checks);
    expect(report).toMatchObject({ sha256: expected.sha256, bytes: expected.bytes, profile: expected.profile });
    expect(report.canonicalization ?? null).toBe(expected.canonicalization);
    if (expected.checks.structure === 'failed') expect(report.checks).toHaveLength(1);
    else expect(report.kind).toBe('capsule');
    const rules = report.checks.find(({ name }) => name === 'hashes')?.parts ?? [];
    const expectedRules = HASHES.filter((name) => name in expected.hash_rules);
    expect(rules.map(({ code }) => code)).toEqual(expectedRules.map((name) => CODES[expected.hash_rules[name] ?? '']));
  });

  it('name members that nothing covers, and other schemes, as findings', () => {
    expect(verify('minimal.json').findings).toEqual([]);
    expect(verify('extra-top-member.json').findings).toEqual(['UNCOVERED_MEMBER']);
    expect(verify('request-commitment.json').findings).toEqual(['UNCOVERED_MEMBER']);
    expect(verify('tampered-scope.json').findings).toEqual(['OTHER_SCOPE']);
    expect(verify('big-integer-u64max.json').findings).toEqual(['UNSAFE_INTEGER']);
  });

  it('fail the check hashes when one of four is wrong, and name it', () => {
    const check = verify('tampered-identity-hash.json').checks.find(({ name }) => name === 'hashes');
    expect(check).toMatchObject({ verdict: 'failed', code: 'HASH_DIFFERS' });
    expect(check?.detail).toBe('identity_hash is not the hash of its pillar by any rule.');
  });
});
