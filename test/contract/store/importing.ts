import { expect, test } from 'vitest';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import {
  ADA,
  approval,
  decisionOn,
  escalation,
  evidence,
  flattened,
  HASH,
  importRows,
  keyOf,
  MINUTE,
  minutes,
  request,
  resolvedUpstream,
  uuid,
  writing,
} from './makers.ts';

export function importing(open: OpenStore): void {
  const fresh = freshly(open);

  test('a record comes back as it came, with its request, evidence and history', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1', {
      request: request(),
      evidence: [evidence('packet'), evidence('row', { kind: 'source-row' })],
      findings: [{ code: 'UNKNOWN_MEMBER', message: 'It has a member that nobody knows.' }],
    });
    expect(await importRows(store, writing(clock), [row])).toEqual([
      { result: 'imported', idReused: false, newEvidence: 1 },
    ]);
    const stored = await store.read(keyOf(row), clock.now());
    expect(stored?.escalation).toMatchObject({
      tenant: 'acme',
      record: row.record,
      request: row.request,
      decision: null,
      findings: row.findings,
      version: '1',
    });
    expect(stored?.escalation.evidence.map(({ kind, verdict, bytes }) => [kind, verdict, bytes])).toEqual([
      ['vep', 'unchecked', 6],
      ['source-row', null, 3],
    ]);
    expect(stored?.escalation.events.map(({ type, actor }) => [type, actor])).toEqual([['escalation.recorded', 'Ada']]);
  });

  test('the same again is unchanged and adds nothing, not even evidence', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1', { request: request(), evidence: [evidence('packet')] });
    await importRows(store, writing(clock), [row]);
    expect(await importRows(store, writing(clock), [row])).toEqual([
      { result: 'unchanged', idReused: false, newEvidence: 0 },
    ]);
    const stored = await store.read(keyOf(row), clock.now());
    expect(stored?.escalation).toMatchObject({ version: '1' });
    expect(stored?.escalation.events).toHaveLength(1);
  });

  test('RESOLVED upstream and active here is updated, with outcome and evidence of the resolution', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('esc-1')]);
    const resolved = resolvedUpstream('esc-1', { evidence: [evidence('resolution', { role: 'resolution' })] });
    expect(await importRows(store, writing(clock), [resolved])).toEqual([
      { result: 'updated', idReused: false, newEvidence: 1 },
    ]);
    const stored = await store.read(keyOf(resolved), clock.now());
    expect(stored?.escalation).toMatchObject({
      record: resolved.record,
      decision: { outcome: 'approved', source: 'upstream' },
      version: '2',
    });
    expect(stored?.escalation.events.map(({ type }) => type)).toEqual(['escalation.recorded', 'escalation.updated']);
  });

  test('I8: still ESCALATED upstream is unchanged for what was decided here', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1');
    await importRows(store, writing(clock), [row]);
    await store.decide(writing(clock), await decisionOn(store, keyOf(row), clock));
    const before = await store.read(keyOf(row), clock.now());
    const again = escalation('esc-1', {}, { timestamp: '2026-11-15T23:00:00Z' });
    expect(await importRows(store, writing(clock), [again])).toMatchObject([{ result: 'unchanged' }]);
    expect(await store.read(keyOf(row), clock.now())).toEqual(before);
  });

  test('an older timestamp is unchanged', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('esc-1')]);
    const older = resolvedUpstream('esc-1', {}, { timestamp: '2026-11-15T10:59:59Z' });
    expect(await importRows(store, writing(clock), [older])).toMatchObject([{ result: 'unchanged' }]);
  });

  test('I8: decided on both sides differently is a conflict, kept once however often it comes', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1');
    await importRows(store, writing(clock), [row]);
    await store.decide(writing(clock), await decisionOn(store, keyOf(row), clock));
    const before = await store.read(keyOf(row), clock.now());
    for (const _time of [1, 2, 3]) {
      expect(await importRows(store, writing(clock), [resolvedUpstream('esc-1')])).toMatchObject([
        { result: 'conflict' },
      ]);
    }
    const after = await store.read(keyOf(row), clock.now());
    expect(after?.escalation.record).toEqual(before?.escalation.record);
    expect(after?.escalation.decision).toEqual(before?.escalation.decision);
    expect(after?.escalation.dissents).toEqual([
      { outcome: 'approved', source: 'upstream', at: '2026-11-15T11:30:00Z', vep_hash: HASH },
    ]);
    expect(after?.escalation.events.filter(({ type }) => type === 'dissent.recorded')).toHaveLength(1);
  });

  test('decided on both sides alike is unchanged', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1');
    await importRows(store, writing(clock), [row]);
    await store.decide(writing(clock), await decisionOn(store, keyOf(row), clock, approval));
    const told = resolvedUpstream('esc-1', {}, { resolution_event_id: uuid(11), timestamp: minutes(5) });
    expect(await importRows(store, writing(clock), [told])).toMatchObject([{ result: 'unchanged' }]);
    expect((await store.read(keyOf(row), clock.now()))?.escalation.dissents).toEqual([]);
  });

  test('I4: a RESOLVED record without a hash stays as it came, its outcome unknown', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1', {}, { status: 'RESOLVED', timestamp: '2026-11-15T11:30:00Z' });
    await importRows(store, writing(clock), [row]);
    const stored = await store.read(keyOf(row), clock.now());
    expect(stored?.escalation.record).toEqual(row.record);
    expect(stored?.escalation.decision).toMatchObject({
      outcome: 'unknown',
      source: 'upstream',
      decided_at: '2026-11-15T11:30:00Z',
    });
  });

  test('a known id with another event is another escalation, with its finding', async () => {
    const { store, clock } = await fresh();
    const [first, second] = [escalation('esc-1'), escalation('esc-1', {}, { escalation_event_id: uuid(2) })];
    expect(await importRows(store, writing(clock), [first, second])).toMatchObject([
      { idReused: false },
      { result: 'imported', idReused: true },
    ]);
    expect((await store.find('acme', 'esc-1')).map(({ key }) => key.event)).toEqual([uuid(1), uuid(2)]);
    expect((await store.read(keyOf(second), clock.now()))?.escalation.findings).toMatchObject([{ code: 'ID_REUSED' }]);
  });

  test('evidence and a request that come later are added, to a decided one too', async () => {
    const { store, clock } = await fresh();
    const bare = escalation('esc-1', { findings: [{ code: 'EVENT_ABSENT', message: 'Its event is not there.' }] });
    await importRows(store, writing(clock), [bare]);
    await store.decide(writing(clock), await decisionOn(store, keyOf(bare), clock));
    const whole = escalation('esc-1', { request: request(), evidence: [evidence('packet')] });
    expect(await importRows(store, writing(clock), [whole])).toMatchObject([{ result: 'updated', newEvidence: 1 }]);
    const stored = await store.read(keyOf(bare), clock.now());
    expect(stored?.escalation).toMatchObject({
      request: { action: 'wire_transfer' },
      findings: [],
      decision: { outcome: 'rejected' },
    });
    expect(stored?.escalation.evidence).toHaveLength(1);
  });

  test('a dry run answers what would be and writes nothing', async () => {
    const { store, clock } = await fresh();
    expect(await importRows(store, writing(clock), [escalation('esc-1')], { dryRun: true })).toMatchObject([
      { result: 'imported' },
    ]);
    expect(await store.tenants()).toEqual([]);
  });

  test('I2: a batch that fails in its middle leaves nothing of itself', async () => {
    const { store, clock } = await fresh();
    const broken = escalation('esc-2', {}, { escalation_event_id: 'no uuid' });
    await expect(importRows(store, writing(clock), [escalation('esc-1'), broken])).rejects.toThrow();
    expect(await store.tenants()).toEqual([]);
  });

  test('the same batch sent twice under one key acts once and answers the same', async () => {
    const { store, clock } = await fresh();
    const write = writing(clock);
    const first = await importRows(store, write, [escalation('esc-1')]);
    expect(await importRows(store, write, [escalation('esc-1')])).toEqual(first);
    await expect(importRows(store, { ...write, inputHash: 'other' }, [])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('the earliest of three deadlines counts, and one that was past on arrival says so', async () => {
    const { store, clock } = await fresh();
    await importRows(store, writing(clock), [escalation('warm-up')]);
    const settings = await store.settings('acme');
    await store.saveSettings(writing(clock), { ...settings, sla_minutes: 90 });
    const row = escalation('esc-1', {
      deadlines: [
        { at: minutes(60), source: 'token' },
        { at: minutes(-1), source: 'agent' },
      ],
    });
    await importRows(store, writing(clock), [row]);
    expect((await store.read(keyOf(row), clock.now()))?.escalation.deadline).toEqual({
      at: minutes(-1),
      source: 'agent',
      overdue: true,
      past_on_arrival: true,
      all: [
        { at: minutes(-1), source: 'agent' },
        { at: '2026-11-15T12:30:00.123Z', source: 'sla' },
        { at: minutes(60), source: 'token' },
      ],
    });
    const waiting = await store.read({ tenant: 'acme', id: 'warm-up', event: uuid(1) }, clock.now() + 31 * MINUTE);
    expect(waiting?.escalation.deadline).toMatchObject({ source: 'sla', overdue: true, past_on_arrival: false });
  });

  test('one by hand, once', async () => {
    const { store, clock } = await fresh();
    const made = await store.record(writing(clock), escalation('by hand'));
    expect(made).toMatchObject({ tenant: 'acme', record: { escalation_id: 'by hand' }, version: '1' });
    await expect(store.record(writing(clock), escalation('by hand'))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  test('source rows and loose packets are kept, and a packet finds the escalation of its root', async () => {
    const { store, clock } = await fresh();
    const root = 'cd'.repeat(32);
    const row = escalation('esc-1', { tokenRoot: root });
    const source = {
      key: Buffer.from('audit:1'),
      value: Buffer.from('{"a":1}'),
      createdAt: 2n ** 53n + 1n,
      updatedAt: null,
    };
    await importRows(store, writing(clock), [row], { sourceRows: [source], unattached: [evidence('loose')] });
    await importRows(store, writing(clock, ADA), [], { sourceRows: [{ ...source, value: Buffer.from('{"a":2}') }] });
    const rows = await flattened(store.sourceRows('acme'));
    expect(rows).toEqual([{ ...source, value: Buffer.from('{"a":2}') }]);
    expect(await store.matchPacket('acme', { root, escalationId: 'other' })).toEqual([keyOf(row)]);
    expect(await store.matchPacket('acme', { root: '00'.repeat(32), escalationId: 'esc-1' })).toEqual([keyOf(row)]);
    expect(await store.matchPacket('acme', { root: null, escalationId: null })).toEqual([]);
  });

  test('evidence of any size comes back byte for byte, once under its SHA-256', async () => {
    const { store, clock } = await fresh();
    const bytes = Buffer.alloc(200_001, 'piece by piece ');
    const rows = ['a', 'b'].map((id) => escalation(id, { evidence: [evidence('', { bytes })] }));
    await importRows(store, writing(clock), rows);
    const stored = await store.read({ tenant: 'acme', id: 'b', event: uuid(1) }, clock.now());
    const digest = stored?.escalation.evidence[0]?.sha256 ?? '';
    expect(Buffer.from((await store.evidenceBytes('acme', digest)) ?? []).equals(bytes)).toBe(true);
  });
}
