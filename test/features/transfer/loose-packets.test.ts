import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPacketFacts } from '../../../electron/evidence/packet/packet-facts.ts';
import { FIXTURES, openTransferDesk, type TransferDesk } from './transfer-desk.ts';

const fixtures = join(FIXTURES, 'fixtures');
const packet = readFileSync(join(fixtures, 'packets', 'minimal.vep'));
const EVENTS = ['919108f7-52d1-4320-9bac-f847db4148a8', '11111111-1111-4111-8111-111111111111'];

/** A record of the demo ledger with a token, its source_capsule_root turned to the packet's root. */
function recordWithRoot(id: string, root: string): string {
  const line = readFileSync(join(fixtures, 'ledgers', 'demo', 'records.ndjson'), 'utf8')
    .split('\n')
    .find((text) => text.includes('"source_capsule_root"'));
  const { record } = JSON.parse(line ?? '') as { record: object };
  const text = JSON.stringify({ ...record, escalation_id: id, status: 'ESCALATED' });
  return text.replace(/"source_capsule_root":"[0-9a-f]+"/, `"source_capsule_root":"${root}"`);
}

function file(desk: TransferDesk, name: string, content: string | Uint8Array): string {
  const path = join(desk.folder, name);
  writeFileSync(path, content);
  return path;
}

const rootOf = (bytes: Uint8Array) => {
  const facts = readPacketFacts(bytes);
  if (!facts.ok) throw new Error(facts.why);
  return facts;
};

describe('a loose packet', () => {
  test('goes to the escalation whose token has its root, with its exact bytes, once', async () => {
    await using desk = await openTransferDesk();
    const { root } = rootOf(packet);
    await desk.imported(file(desk, 'r.jsonl', recordWithRoot('mine', root)), { tenants: ['t'] });
    const path = file(desk, 'p.vep', packet);
    expect(await desk.imported(path, { tenants: ['t'] })).toMatchObject({
      read: 0,
      evidence: 1,
      unattached: 0,
      findings: [],
    });
    expect(await desk.imported(path, { tenants: ['t'] })).toMatchObject({ evidence: 0, unattached: 0 });
    const [escalation] = await desk.all('t');
    const piece = escalation?.evidence.find(({ kind }) => kind === 'vep');
    expect(Buffer.from((await desk.store.evidenceBytes('t', piece?.sha256 ?? '')) ?? '')).toEqual(packet);
    expect(piece).toMatchObject({ role: 'escalation', verdict: 'unchecked' });
  });

  test('I5: is never looked for in another tenant', async () => {
    await using desk = await openTransferDesk();
    await desk.imported(file(desk, 'r.jsonl', recordWithRoot('mine', rootOf(packet).root)), { tenants: ['other'] });
    const result = await desk.imported(file(desk, 'p.vep', packet), { tenants: ['t'] });
    expect(result).toMatchObject({ evidence: 0, unattached: 1 });
    expect(result.findings).toMatchObject([{ code: 'NO_ESCALATION', severity: 'finding' }]);
    expect((await desk.all('other'))[0]?.evidence.some(({ kind }) => kind === 'vep')).toBe(false);
  });

  test('that fits several is kept unattached: AMBIGUOUS_ESCALATION', async () => {
    await using desk = await openTransferDesk();
    const lines = ['one', 'two'].map((id) => recordWithRoot(id, rootOf(packet).root)).join('\n');
    await desk.imported(file(desk, 'r.jsonl', lines), { tenants: ['t'] });
    const result = await desk.imported(file(desk, 'p.vep', packet), { tenants: ['t'] });
    expect(result).toMatchObject({ evidence: 0, unattached: 1 });
    expect(result.findings).toMatchObject([{ code: 'AMBIGUOUS_ESCALATION' }]);
  });

  test('without a fitting root goes by its authority’s escalation_id', async () => {
    await using desk = await openTransferDesk();
    const capsule = JSON.parse(readFileSync(join(fixtures, 'capsules', 'minimal.json'), 'utf8'));
    const named = JSON.stringify({ ...capsule, authority: { ...capsule.authority, escalation_id: 'mine' } });
    const record = {
      escalation_id: 'mine',
      status: 'ESCALATED',
      escalation_event_id: EVENTS[0],
      timestamp: '2026-11-01T00:00:00Z',
    };
    await desk.imported([file(desk, 'a.capsule', named), file(desk, 'r.json', JSON.stringify([record]))], {
      tenants: ['t'],
    });
    const [escalation] = await desk.all('t');
    expect(escalation?.evidence.map(({ kind }) => kind)).toEqual(['source-row', 'capsule']);
  });

  test('needs a tenant: INVALID_INPUT', async () => {
    await using desk = await openTransferDesk();
    expect((await desk.import(file(desk, 'p.vep', packet))).error?.code).toBe('INVALID_INPUT');
  });
});
