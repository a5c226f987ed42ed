import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WireRecord } from '../../../shared/domain/escalation.ts';
import { describeImportCode, IMPORT_CODES, type ImportCode } from '../../../shared/domain/import-codes.ts';
import { readJsonText } from '../../../shared/domain/json/read.ts';
import { readRecord } from '../../../shared/domain/wire/record.ts';
import { writeRecord } from '../../../shared/domain/wire/write-record.ts';
import { vexRows } from '../../helpers/vex-rows.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const codes = JSON.parse(readFileSync(new URL('import-codes.json', fixtures), 'utf8')) as Record<
  string,
  { code: ImportCode; severity: string }
>;
const expected = JSON.parse(readFileSync(new URL('fixtures/ledgers/odd/expected.json', fixtures), 'utf8')) as {
  rows: { key: string; expect: string; finding: string | null; what: string }[];
};

/** What needs the key, the list or the cell's type, and so is not for the record's reader to say. */
const NOT_IN_THE_ROW = new Set([
  'AMBIGUOUS_KEY',
  'EMPTY_TENANT',
  'OTHER_TENANT',
  'KEY_MISMATCH',
  'NOT_LISTED',
  'LISTED_BUT_DECIDED',
  'NOT_TEXT',
  'FOREIGN_KEY',
]);

function codesInTheRow(finding: string | null): ImportCode[] {
  const all = (finding ?? '').split('; ').flatMap((text) => codes[text]?.code ?? []);
  return all.filter((code) => !NOT_IN_THE_ROW.has(code));
}

/** The fixture's own clock: later than its newest honest record. */
const NOW = Date.UTC(2026, 10, 15);

function recordsOf(ledger: string): Map<string, { record: Record<string, unknown>; line: string }> {
  const text = readFileSync(new URL(`fixtures/ledgers/${ledger}/records.ndjson`, fixtures), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { tenant, id, record } = JSON.parse(line) as {
        tenant: string;
        id: string;
        record: Record<string, unknown>;
      };
      return [`coordination:tenant:${tenant}:record:${id}`, { record, line }];
    }),
  );
}

describe('import codes', () => {
  it('are those of the fixtures, with their severity and words for each', () => {
    for (const { code, severity } of Object.values(codes)) {
      // A token of 1.6 is an info in the table, though its fixture row is called a finding.
      expect(describeImportCode(code)).toMatchObject({ code, severity });
      expect(IMPORT_CODES[code].message).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('every record row of the odd ledger', () => {
  const rows = new Map(vexRows('odd').map((row) => [row.key, row]));
  const theirs = recordsOf('odd');
  const cases = expected.rows
    .filter((row) => /^coordination:tenant:.*:record:/.test(row.key))
    .map((row) => ({ ...row, codes: codesInTheRow(row.finding) }))
    .filter((row) => row.expect.startsWith('accept') || row.codes.length > 0);

  it('is there', () => expect(cases.length).toBeGreaterThan(80));

  it.each(cases.map((row) => [row.what, row.codes, row] as const))('%s: %j', (_, wanted, row) => {
    const read = readRecord(rows.get(row.key)?.value ?? new Uint8Array(0), NOW);
    if (!read.ok) {
      expect([row.expect, read.code]).toEqual(['refuse', wanted[0]]);
      return;
    }
    expect(row.expect).toMatch(/^accept/);
    expect(read.findings).toEqual(wanted);
    expect(WireRecord.parse(read.record)).toEqual(read.record);
    const upstream = theirs.get(row.key);
    if (upstream !== undefined && upstream.record.error === undefined) {
      expect(upstream.line).toContain(`"record":${writeRecord(read.record, 'struct')}}`);
    }
  });
});

describe('the demo ledger', () => {
  const rows = vexRows('demo').filter((row) => /^coordination:tenant:[^:]+:record:/.test(row.key));
  const theirs = recordsOf('demo');

  it('is read whole and written back byte for byte, in both orders', () => {
    expect(rows).toHaveLength(120);
    for (const row of rows) {
      const read = readRecord(row.value, NOW);
      if (!read.ok) throw new Error(`${row.key}: ${read.code}`);
      expect(writeRecord(read.record, 'sorted')).toBe(Buffer.from(row.value).toString('utf8'));
      expect(theirs.get(row.key)?.line).toContain(`"record":${writeRecord(read.record, 'struct')}}`);
      expect(WireRecord.safeParse(read.record).success).toBe(true);
    }
  });
});

describe('records that no fixture has', () => {
  const good = {
    escalation_id: 'e',
    status: 'ESCALATED',
    escalation_event_id: '7b9c432e-8074-46ef-af10-4ab1b0c51b1b',
    timestamp: '2026-10-20T08:30:00Z',
  };
  const read = (change: object, now?: number) =>
    readRecord(new TextEncoder().encode(JSON.stringify({ ...good, ...change })), now);

  it.each([
    [{ escalation_id: 5 }, 'NOT_A_RECORD'],
    [{ escalation_id: null }, 'NOT_A_RECORD'],
    [{ status: null }, 'BAD_STATUS'],
    [{ status: 'RESOLVED ' }, 'BAD_STATUS'],
    [{ escalation_event_id: null }, 'BAD_UUID'],
    [{ resolution_event_id: 'x' }, 'BAD_UUID'],
    [{ resolution_vep_hash: 1 }, 'NOT_A_RECORD'],
    [{ timestamp: '2026-10-20 08:30:00Z' }, 'BAD_TIMESTAMP'],
    [{ continuation_token: { payload: {}, signature: '' } }, 'BAD_TOKEN'],
    [{ extra: 'x'.repeat(1024 * 1024) }, 'TOO_LARGE'],
    [{ extra: '\ufdd0' }, 'BAD_TEXT'],
  ])('%j is refused with %s', (change, code) => expect(read(change)).toMatchObject({ ok: false, code }));

  it.each([
    [{ timestamp: '2026-10-20T08:35:00Z' }, []],
    [{ timestamp: '2026-10-20T08:35:00.001Z' }, ['TIME_IN_FUTURE']],
    [{ timestamp: '2019-12-31T23:59:59.999999999Z' }, ['TIME_TOO_OLD']],
    [{ timestamp: '2020-01-01T00:00:00Z' }, []],
    [{ escalation_id: '😀'.repeat(512) }, []],
    [{ escalation_id: '😀'.repeat(513) }, ['LONG_ID']],
    [{ escalation_id: 'a\nb' }, ['INVISIBLE_IN_ID']],
    [{ status: 'EXPIRED', resolution_vep_hash: 'x' }, ['HASH_NOT_SHA256']],
    [{ status: 'RESOLVED' }, ['NO_VEP_HASH', 'NO_EVENT_ID']],
    [{ resolution_event_id: '0'.repeat(32) }, ['ODD_UUID', 'NIL_UUID', 'RESOLUTION_WHILE_ACTIVE']],
  ])('%j has the findings %j', (change, findings) => {
    expect(read(change, Date.UTC(2026, 9, 20, 8, 30))).toMatchObject({ ok: true, findings });
  });

  it('reads a value as it reads bytes, and knows no future without a clock', () => {
    const json = readJsonText(JSON.stringify({ ...good, timestamp: '9999-01-01T00:00:00Z' }));
    if (!json.ok) throw new Error(json.code);
    expect(readRecord(json.value)).toMatchObject({ ok: true, findings: [] });
  });
});
