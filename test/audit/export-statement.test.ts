import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pae, writeEnvelope } from '../../electron/audit/statement/dsse.ts';
import {
  EXPORT_TYPE,
  type ExportPredicate,
  ExportStatement,
  signExport,
} from '../../electron/audit/statement/export-statement.ts';
import { PAYLOAD_TYPE } from '../../electron/audit/statement/statement.ts';
import { provenBy } from '../../electron/audit/verify/report.ts';
import { isExportEnvelope, verifyExportFile } from '../../electron/audit/verify/verify-export.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import type { TrustStore } from '../../electron/evidence/trust/trust.ts';
import { readTrustFile, trustOf } from '../../electron/evidence/trust/trust-file.ts';
import { besideFile } from '../../electron/features/log/file-source.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { sha, TENANT, testKey } from './synthetic-log.ts';

const desk = testKey('desk');
const other = testKey('another');
const NAMES = ['acme.csv', 'acme.csv.manifest.json'];

function predicate(changed: Partial<ExportPredicate> = {}): ExportPredicate {
  const query = { tenant: 'acme', format: 'csv', status: 'all', sample: true, redact: ['reason'] };
  const made = { tenant: TENANT, made_at: '2026-11-15T15:28:14.000Z', generator: 'vex-review-desk 0.1.0' };
  return { ...made, file: 'out/acme.csv', sha256: sha('export'), bytes: 6, records: 3, query, ...changed };
}

function envelope(changed: Partial<ExportPredicate> = {}, name = 'acme.csv', key = desk): Uint8Array {
  return jcs(writeEnvelope(signExport({ name, manifestSha256: sha('manifest') }, predicate(changed), key)));
}

/** The envelope of any payload, truly signed. */
function signed(payload: Uint8Array, key = desk, keyid = key.publicHex): Uint8Array {
  const signature = { keyid, sig: key.sign(pae(PAYLOAD_TYPE, payload)) };
  return jcs(writeEnvelope({ payloadType: PAYLOAD_TYPE, payload, signatures: [signature] }));
}

function trusting(purpose: 'desk' | 'reviewer' = 'desk', valid: object = {}): TrustStore {
  return { baselines: [], keys: [{ name: 'the desk', purpose, public_hex: desk.publicHex, ...valid }] };
}

const beside = (found: Readonly<Record<string, string>>) => (name: string) => Promise.resolve(found[name] ?? null);
const WHOLE = beside({ 'acme.csv': sha('export'), 'acme.csv.manifest.json': sha('manifest') });

async function judged(bytes: Uint8Array, trust = trusting(), files = WHOLE) {
  const report = await verifyExportFile(bytes, trust, files);
  return { report, codes: report.checks.map(({ name, code }) => `${name} ${code}`) };
}

describe('an export’s signed manifest', () => {
  test('is an in-toto statement of export and manifest, and verifies with the pinned key of the desk beside both', async () => {
    const bytes = envelope({ checkpoint: { size: '7', root: sha('root'), note: 'a note' } });
    expect(isExportEnvelope(bytes)).toBe(true);
    const { report, codes } = await judged(bytes);
    expect(codes).toEqual(['statement SIGNED', 'files FILES_MATCH']);
    expect(report).toMatchObject({ kind: 'proof', verdict: 'verified', root: sha('root'), key: { purpose: 'desk' } });
    expect(provenBy(report)).toBe('The desk wrote this export and signed its manifest; neither was changed since.');
    const { payload } = JSON.parse(Buffer.from(bytes).toString()) as { payload: string };
    const statement = ExportStatement.parse(JSON.parse(Buffer.from(payload, 'base64').toString()));
    expect(statement.subject.map(({ name }) => name)).toEqual(NAMES);
  });

  test.each([
    ['nobody is trusted', { baselines: [], keys: [] }, 'NO_KEY', 'unchecked'],
    ['the key is pinned for another purpose', trusting('reviewer'), 'OTHER_PURPOSE', 'failed'],
    [
      'another desk is trusted',
      { baselines: [], keys: [{ name: 'x', purpose: 'desk', public_hex: other.publicHex }] },
      'NOT_SIGNED',
      'failed',
    ],
    [
      'the key was not valid yet',
      trusting('desk', { valid_from: '2026-11-16T00:00:00Z' }),
      'KEY_NOT_YET_VALID',
      'failed',
    ],
    ['the key was retired', trusting('desk', { valid_until: '2026-11-15T00:00:00Z' }), 'KEY_NO_LONGER_VALID', 'failed'],
  ] as const)('I6: it is not verified where %s', async (_name, trust, code, verdict) => {
    const { report, codes } = await judged(envelope(), trust as TrustStore);
    expect(codes[0]).toBe(`statement ${code}`);
    expect(report).toMatchObject({ verdict, key: null });
    expect(provenBy(report)).toMatch(/^(Not|Only in part) proven: /);
  });

  test.each([
    [
      'the export is another',
      { 'acme.csv': sha('x'), 'acme.csv.manifest.json': sha('manifest') },
      'FILE_DIFFERS',
      'failed',
    ],
    [
      'the manifest is another',
      { 'acme.csv': sha('export'), 'acme.csv.manifest.json': sha('x') },
      'FILE_DIFFERS',
      'failed',
    ],
    ['one is another and one is not there', { 'acme.csv': sha('x') }, 'FILE_DIFFERS', 'failed'],
    ['the manifest is not there', { 'acme.csv': sha('export') }, 'FILE_ABSENT', 'unchecked'],
    ['nothing is there', {}, 'FILE_ABSENT', 'unchecked'],
  ] as const)('where %s, its files say so', async (_name, found, code, verdict) => {
    const { report, codes } = await judged(envelope(), trusting(), beside(found));
    expect(codes).toEqual(['statement SIGNED', `files ${code}`]);
    expect(report.verdict).toBe(verdict);
  });

  test('any changed byte of it is not verified', async () => {
    const bytes = envelope();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Uint8Array.from(bytes, (byte, n) => (n === at ? byte ^ by : byte));
        expect(isExportEnvelope(changed) && (await judged(changed)).report.verdict === 'verified').toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('what is signed must be what an export’s statement is: a path, another digest or member is refused', async () => {
    const { payload } = signExport({ name: 'acme.csv', manifestSha256: sha('manifest') }, predicate(), desk);
    const statement = ExportStatement.parse(JSON.parse(Buffer.from(payload).toString()));
    const [first, second] = statement.subject;
    const changed = [
      {
        ...statement,
        subject: [
          { ...first, name: '../acme.csv' },
          { ...second, name: '../acme.csv.manifest.json' },
        ],
      },
      { ...statement, subject: [first] },
      { ...statement, subject: [first, { ...second, name: 'other.manifest.json' }] },
      { ...statement, subject: [{ ...first, digest: { sha256: sha('x') } }, second] },
      { ...statement, predicate: { ...statement.predicate, more: 1 } },
      { ...statement, predicate: { ...statement.predicate, tenant: 'acme' } },
    ];
    for (const one of changed) expect((await judged(signed(jcs(one)))).codes).toEqual(['statement NOT_A_STATEMENT']);
    expect((await judged(signed(Buffer.from(JSON.stringify(statement, null, 1))))).codes).toEqual([
      'statement NOT_A_STATEMENT',
    ]);
    const newer = { ...statement, predicateType: 'https://vex-review-desk.example/export/v2' };
    const { report, codes } = await judged(signed(jcs(newer)));
    expect([report.verdict, ...codes]).toEqual(['unchecked', 'statement UNKNOWN_STATEMENT']);
    expect((await judged(signed(jcs(statement), desk, other.publicHex))).codes[0]).toBe('statement OTHER_KEY');
    expect(isExportEnvelope(signed(jcs({ ...statement, predicateType: 'https://else.example/v1' })))).toBe(false);
  });

  test('one of version 1 as it was released stays verified, with nothing but its files and whom to trust', async () => {
    const folder = join(projectRoot, 'test', 'fixtures', 'exports');
    const read = readTrustFile(readFileSync(join(folder, 'trust.json')));
    const trust = trustOf(read.ok ? read.entries : []);
    const released = join(folder, 'acme-v1.csv.manifest.dsse.json');
    const { report, codes } = await judged(readFileSync(released), trust, besideFile(released));
    expect([report.verdict, ...codes]).toEqual(['verified', 'statement SIGNED', 'files FILES_MATCH']);
  });

  test('the published JSON Schema is the one that is checked', () => {
    const published = readFileSync(join(projectRoot, 'docs/formats/export-v1.schema.json'), 'utf8');
    const schema = { $id: `${EXPORT_TYPE}/schema`, title: 'An export', ...z.toJSONSchema(ExportStatement) };
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});
