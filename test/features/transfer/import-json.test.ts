import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXTURES, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const fixtures = join(FIXTURES, 'fixtures');
const EVENT = '919108f7-52d1-4320-9bac-f847db4148a8';
const record = (id: string, more: object = {}) => ({
  escalation_id: id,
  status: 'ESCALATED',
  escalation_event_id: EVENT,
  timestamp: '2026-11-01T00:00:00Z',
  ...more,
});

function file(desk: TransferDesk, name: string, content: string | Uint8Array): string {
  const path = join(desk.folder, name);
  writeFileSync(path, content);
  return path;
}

const ids = async (desk: TransferDesk, tenant: string) =>
  (await desk.all(tenant)).map((escalation) => escalation.record.escalation_id);

describe('arrays, as GET /api/v1/governance/escalations answers them', () => {
  test('are taken for the one tenant that is named, in their order', async () => {
    await using desk = await openTransferDesk();
    const path = join(fixtures, 'http', 'escalations-acme-payments.json');
    expect(await desk.imported(path, { tenants: ['acme-payments'] })).toMatchObject({
      read: 28,
      imported: 28,
      refused: 0,
    });
    const expected = JSON.parse(readFileSync(path, 'utf8')) as { escalation_id: string }[];
    expect(await ids(desk, 'acme-payments')).toEqual(expected.map(({ escalation_id }) => escalation_id));
  });

  test('an empty one is no fault', async () => {
    await using desk = await openTransferDesk();
    const path = join(fixtures, 'http', 'escalations-empty.json');
    expect(await desk.imported(path, { tenants: ['a'] })).toMatchObject({ read: 0, imported: 0, refused: 0 });
  });

  test('without a tenant nothing is imported: INVALID_INPUT', async () => {
    await using desk = await openTransferDesk();
    const job = await desk.import(join(fixtures, 'http', 'escalations-acme-payments.json'));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'INVALID_INPUT' }, import_result: { read: 0 } });
    const two = await desk.import(join(fixtures, 'http', 'escalations-acme-payments.json'), { tenants: ['a', 'b'] });
    expect(two.error?.code).toBe('INVALID_INPUT');
    const empty = await desk.import(join(fixtures, 'http', 'escalations-empty.json'));
    expect(empty.error?.code).toBe('INVALID_INPUT');
    expect(await desk.store.tenants()).toEqual([]);
  });

  test('an array that is cut off keeps what was whole, and its locators are indexes', async () => {
    await using desk = await openTransferDesk();
    const path = file(desk, 'cut.json', `[${JSON.stringify(record('a'))},\n${JSON.stringify(record('b'))},{"esc`);
    const result = await desk.imported(path, { tenants: ['t'] });
    expect(result).toMatchObject({ read: 3, imported: 2, refused: 1 });
    expect(result.findings).toMatchObject([{ locator: '2', code: 'NOT_JSON', severity: 'refused' }]);
  });
});

describe('JSONL', () => {
  test('of {tenant, id, record} names its tenants itself', async () => {
    await using desk = await openTransferDesk();
    const path = join(fixtures, 'ledgers', 'demo', 'records.ndjson');
    expect(await desk.imported(path)).toMatchObject({ read: 120, imported: 120, refused: 0 });
    expect((await desk.store.tenants()).sort()).toEqual(['acme-payments', 'clinic-research', 'northwind-ops']);
    const other = await desk.imported(path, { tenants: ['clinic-research'] });
    expect(other).toMatchObject({ read: 40, unchanged: 40, rows: { record: 40, OTHER_TENANT: 80 } });
  });

  test('refuses line by line, with the line’s number, and takes the rest', async () => {
    await using desk = await openTransferDesk();
    const lines = [
      JSON.stringify(record('good')),
      '',
      '{"escalation_id":',
      JSON.stringify({ tenant: 't', id: 'other', record: record('one') }),
      JSON.stringify({ tenant: '', id: 'one', record: record('one') }),
      '[]',
      JSON.stringify(record('late', { timestamp: '2026-11-22T12:06:00Z' })),
      JSON.stringify({ ...record('big'), blob: 'x'.repeat(1024 * 1024) }),
      '\ufeff{}',
    ];
    const result = await desk.imported(file(desk, 'x.jsonl', lines.join('\n')), { tenants: ['t'] });
    expect(result).toMatchObject({ imported: 2, refused: 6, read: 8 });
    expect(result.findings.map(({ locator, code }) => [locator, code])).toEqual([
      ['3', 'NOT_JSON'],
      ['4', 'KEY_MISMATCH'],
      ['5', 'EMPTY_TENANT'],
      ['6', 'NOT_A_RECORD'],
      ['7', 'TIME_IN_FUTURE'],
      ['8', 'TOO_LARGE'],
      ['9', 'NOT_JSON'],
    ]);
    expect(await ids(desk, 't')).toEqual(['good', 'late']);
  });

  test('one document alone is read as one, over several lines too', async () => {
    await using desk = await openTransferDesk();
    const path = file(desk, 'one.json', JSON.stringify(record('one'), null, 2));
    expect(await desk.imported(path, { tenants: ['t'] })).toMatchObject({ read: 1, imported: 1 });
  });

  test('keeps the record’s exact bytes and its token’s', async () => {
    await using desk = await openTransferDesk();
    const line = readFileSync(join(fixtures, 'ledgers', 'demo', 'records.ndjson'), 'utf8')
      .split('\n')
      .find((text) => text.includes('continuation_token'));
    const text = `${JSON.parse(line ?? '').id === undefined ? '' : line}`.replace('"signature":', '"signature" : ');
    await desk.imported(file(desk, 'x.jsonl', text));
    const [tenant = ''] = await desk.store.tenants();
    const [escalation] = await desk.all(tenant);
    const bytesOf = async (kind: string) => {
      const piece = escalation?.evidence.find((one) => one.kind === kind);
      return Buffer.from((await desk.store.evidenceBytes(tenant, piece?.sha256 ?? '')) ?? '').toString();
    };
    expect(text).toContain(`"record":${await bytesOf('source-row')}`);
    expect(await bytesOf('token')).toMatch(/^\{"payload":.*"signature" : "[0-9a-f]+"\}$/);
  });

  test('an id that is used again with another event is another escalation (ID_REUSED)', async () => {
    await using desk = await openTransferDesk();
    const again = record('a', { escalation_event_id: '11111111-1111-4111-8111-111111111111' });
    const path = file(desk, 'x.jsonl', `${JSON.stringify(record('a'))}\n${JSON.stringify(again)}\n`);
    const result = await desk.imported(path, { tenants: ['t'] });
    expect(result).toMatchObject({ imported: 2 });
    expect(result.findings).toMatchObject([
      { locator: '2', code: 'ID_REUSED', severity: 'finding', escalation_id: 'a' },
    ]);
  });
});

describe('findings beyond 1,000', () => {
  test('stand in a JSONL file that the answer names; the report has them all', async () => {
    await using desk = await openTransferDesk();
    const lines = Array.from({ length: 1203 }, (_, n) => `{"n":${n}}`).join('\n');
    const result = await desk.imported(file(desk, 'x.jsonl', lines), { tenants: ['t'] });
    expect(result).toMatchObject({ refused: 1203, findings_total: 1203 });
    expect(result.findings).toHaveLength(1000);
    const rest = readFileSync(result.findings_file ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    expect(rest).toHaveLength(203);
    expect(JSON.parse(rest[0] ?? '')).toMatchObject({ locator: '1001', code: 'MISSING_MEMBER' });
  });
});

describe('folders', () => {
  test('are read whole, files told by content, links not followed, packets after the records', async () => {
    await using desk = await openTransferDesk();
    const folder = join(desk.folder, 'in');
    mkdirSync(join(folder, 'deeper'), { recursive: true });
    copyFileSync(join(fixtures, 'packets', 'minimal.vep'), join(folder, 'a.txt'));
    copyFileSync(join(fixtures, 'capsules', 'minimal.json'), join(folder, 'b.json'));
    writeFileSync(join(folder, 'c.bin'), 'neither');
    writeFileSync(join(folder, 'deeper', 'd.dat'), JSON.stringify([record('x')]));
    symlinkSync(join(fixtures, 'http', 'escalations-acme-payments.json'), join(folder, 'link.json'));
    const result = await desk.imported(folder, { tenants: ['t'] });
    expect(result).toMatchObject({ read: 1, imported: 1, unattached: 2, rows: { record: 1, packet: 2 } });
    expect(result.findings.map(({ source, code }) => [source, code])).toEqual([
      ['in/c.bin', 'NOT_A_PACKET'],
      ['in/a.txt', 'NO_ESCALATION'],
      ['in/b.json', 'NO_ESCALATION'],
    ]);
  });

  test('a file in one that says of no record whose it is, is refused by its name; the others are taken', async () => {
    await using desk = await openTransferDesk();
    const folder = join(desk.folder, 'in');
    mkdirSync(folder);
    writeFileSync(join(folder, 'bare.json'), JSON.stringify([record('x')]));
    writeFileSync(join(folder, 'own.jsonl'), JSON.stringify({ tenant: 't', id: 'y', record: record('y') }));
    const result = await desk.imported(folder);
    expect(result).toMatchObject({ imported: 1, tenants: ['t'] });
    expect(result.findings).toMatchObject([{ source: 'in/bare.json', locator: '', severity: 'refused' }]);
    const both = await desk.import([join(folder, 'bare.json'), join(folder, 'own.jsonl')]);
    expect(both.error?.code).toBe('INVALID_INPUT');
  });

  test('a source that is nothing the desk knows is INVALID_INPUT, one that is not there NOT_FOUND', async () => {
    await using desk = await openTransferDesk();
    expect((await desk.import(file(desk, 'x', 'neither'), { tenants: ['t'] })).error?.code).toBe('INVALID_INPUT');
    expect((await desk.import(file(desk, 'y', ''), { tenants: ['t'] })).error?.code).toBe('INVALID_INPUT');
    expect((await desk.import(join(desk.folder, 'none'), { tenants: ['t'] })).error?.code).toBe('NOT_FOUND');
  });
});
