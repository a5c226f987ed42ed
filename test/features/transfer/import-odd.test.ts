import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { report } from '../../../electron/features/transfer/handlers.ts';
import { FIXTURES, fixture, LEDGERS, openTransferDesk } from './transfer-desk.ts';

const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

describe('the odd ledger, row by row (docs/formats/import.md, Codes)', () => {
  interface Row {
    key: string;
    expect: 'accept' | 'accept-with-finding' | 'refuse' | 'ignore';
    finding: string | null;
    what: string;
  }
  const expected = json(LEDGERS, 'odd', 'expected.json') as { known_tenants: string[]; rows: Row[] };
  const codes = json(FIXTURES, 'import-codes.json') as Record<string, { code: string; severity: string }>;
  const codesOf = ({ finding }: Row) =>
    (finding ?? '')
      .split('; ')
      .filter(Boolean)
      .map((text) => codes[text]?.code ?? text);
  const COUNTED = ['OTHER_TENANT', 'FOREIGN_KEY'];

  test('every row is taken, taken with its finding, refused or passed over as expected.json says', async () => {
    await using desk = await openTransferDesk();
    const result = await desk.imported(fixture(desk, 'odd'), { tenants: expected.known_tenants });
    const kept = new Set<string>();
    for (const tenant of await desk.store.tenants()) {
      for (const { record } of await desk.all(tenant))
        kept.add(`coordination:tenant:${tenant}:record:${record.escalation_id}`);
    }
    for (const row of expected.rows) {
      // No row of this ledger has an audit event, so that each record says so.
      const said = result.findings.filter(({ locator, code }) => locator === row.key && code !== 'EVENT_ABSENT');
      const wanted = codesOf(row).filter((code) => !COUNTED.includes(code));
      expect([row.what, [...new Set(said.map(({ code }) => code))].sort()]).toEqual([
        row.what,
        [...new Set(wanted)].sort(),
      ]);
      for (const { code, severity } of said) {
        expect(severity).toBe(Object.values(codes).find((known) => known.code === code)?.severity);
      }
      if (row.key.includes(':record:'))
        expect([row.what, kept.has(row.key)]).toEqual([row.what, row.expect.startsWith('accept')]);
    }
    const counted = (code: string) => expected.rows.filter((row) => codesOf(row).includes(code)).length;
    expect(result.rows).toMatchObject({ OTHER_TENANT: counted('OTHER_TENANT'), FOREIGN_KEY: counted('FOREIGN_KEY') });
    expect(result.read).toBe(result.imported + result.refused);
    expect(result.imported).toBe(kept.size);
  });

  test('a refused row is kept as text in the report, refused rows first', async () => {
    await using desk = await openTransferDesk();
    const job = await desk.import(fixture(desk, 'odd'), { tenants: expected.known_tenants });
    const rows = [];
    let after = 0;
    for (let page = 0; page < 100; page += 1) {
      const { rows: some, next_after } = await report(desk.context, { job_id: job.job_id, after, limit: 7 });
      rows.push(...some);
      if (next_after === null) break;
      after = next_after;
    }
    expect(rows).toHaveLength(job.import_result?.findings_total ?? -1);
    const severities = rows.map(({ severity }) => severity);
    expect(severities).toEqual(
      [...severities].sort(
        (a, b) => ['refused', 'finding', 'info'].indexOf(a) - ['refused', 'finding', 'info'].indexOf(b),
      ),
    );
    expect(rows.find(({ locator }) => locator.endsWith(':record:not-json'))?.text).toBe('{"escalation_id":');
    expect(rows.find(({ locator }) => locator.endsWith(':record:bad-utf8'))?.text).toBe('{"\ufffd"}');
  });

  test('without --tenant the tenants that lists and chains name are taken', async () => {
    await using desk = await openTransferDesk();
    const { tenants } = await desk.imported(fixture(desk, 'odd'));
    // A record whose id is `active` has the key of a list, and names no tenant.
    expect(new Set(tenants)).toEqual(new Set([...expected.known_tenants, 'stranger-tenant', 'x']));
  });
});
