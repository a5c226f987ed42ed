import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDecision } from '../../electron/audit/statement/decision-statement.ts';
import { pae, readEnvelope, signersOf, writeEnvelope } from '../../electron/audit/statement/dsse.ts';
import { readStatement } from '../../electron/audit/statement/statement.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { projectRoot } from '../helpers/project-root.ts';

const folder = join(projectRoot, 'test/fixtures/vectors/dsse-intoto');
const lines = <T>(name: string): T[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
const { cases, keys, spec_example } = JSON.parse(readFileSync(join(folder, 'envelopes.json'), 'utf8')) as {
  keys: { public_key: string }[];
  cases: { name: string; envelope: string; expect: string }[];
  spec_example: { envelope: object };
};
const known = keys.map(({ public_key }) => Buffer.from(public_key, 'hex'));

describe('DSSE envelopes', () => {
  interface PaeCase {
    name: string;
    payload_type: string;
    payload_base64: string;
    pae_hex: string;
  }
  test.each(lines<PaeCase>('pae.jsonl').map((one) => [one.name, one] as const))('encoding: %s', (_, one) => {
    const encoded = pae(one.payload_type, Buffer.from(one.payload_base64, 'base64'));
    expect(Buffer.from(encoded).toString('hex')).toBe(one.pae_hex);
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const envelope = readEnvelope(Buffer.from(one.envelope));
    const signers = envelope === null ? 'malformed' : signersOf(envelope, known).length > 0 ? 'verified' : 'unverified';
    expect(one.expect.split(' or ')).toContain(signers);
  });

  test('two unique keys are two, the same key twice is one', () => {
    const count = (name: string) => {
      const envelope = readEnvelope(Buffer.from(cases.find((one) => one.name === name)?.envelope ?? ''));
      return envelope === null ? null : signersOf(envelope, known).length;
    };
    expect([count('two signers'), count('the same signer twice')]).toEqual([2, 1]);
  });

  test('a payload of another type is refused, whoever signed it', () => {
    const envelope = readEnvelope(
      Buffer.from(cases.find(({ name }) => name === 'verified, but another type')?.envelope ?? ''),
    );
    expect(envelope).not.toBeNull();
    if (envelope !== null) expect(readDecision(envelope)).toMatchObject({ ok: false, code: 'UNKNOWN_STATEMENT' });
  });

  test('the document’s own example is read, and encoded as it says', () => {
    const envelope = readEnvelope(Buffer.from(JSON.stringify(spec_example.envelope)));
    const [first] = lines<{ pae_hex: string }>('pae.jsonl');
    const encoded = envelope === null ? null : pae(envelope.payloadType, envelope.payload);
    expect(Buffer.from(encoded ?? []).toString('hex')).toBe(first?.pae_hex);
  });

  test('what is written is read back', () => {
    const envelope = readEnvelope(Buffer.from(cases[0]?.envelope ?? ''));
    expect(envelope).not.toBeNull();
    if (envelope !== null) expect(readEnvelope(jcs(writeEnvelope(envelope)))).toEqual(envelope);
  });
});

describe('in-toto statements', () => {
  interface StatementCase {
    name: string;
    statement: string;
    valid: boolean;
  }
  test.each(lines<StatementCase>('statements.jsonl').map((one) => [one.name, one] as const))('%s', (_, one) => {
    expect(readStatement(Buffer.from(one.statement)) !== null).toBe(one.valid);
  });

  test('a payload that verified but is no JSON is no statement', () => {
    const envelope = readEnvelope(
      Buffer.from(cases.find(({ name }) => name === 'verified, but the payload is no JSON')?.envelope ?? ''),
    );
    expect(envelope === null ? undefined : readStatement(envelope.payload)).toBeNull();
  });
});
