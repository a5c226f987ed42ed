import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { NewPending } from '../../../electron/store/ledger-store.ts';
import type { Draft } from '../../../shared/contract/decision.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { report } from './judge-makers.ts';
import {
  ADA,
  approval,
  BOB,
  decisionOn,
  escalation,
  evidence,
  HASH,
  importRows,
  keyOf,
  minutes,
  pageQuery,
  uuid,
  writing,
} from './makers.ts';

const ROW = escalation('esc-1');
const KEY = keyOf(ROW);
const FORM: Draft = {
  outcome: 'rejected',
  reason: 'No.',
  reason_code: 'OTHER',
  vep_hash: '',
  event_id: '',
  resolution: 'hash',
  saved_because: 'typing',
};

export function holds(open: OpenStore): void {
  const fresh = freshly(open);
  const withOne = async (): Promise<Fresh> => {
    const made = await fresh();
    await importRows(made.store, writing(made.clock), [ROW]);
    return made;
  };
  const pendingOn = async ({ store, clock }: Fresh, parts: Partial<NewPending> = {}): Promise<NewPending> => ({
    pendingId: uuid(50),
    owner: 'desk-1',
    dueAtMs: clock.now() + 10_000,
    decision: await decisionOn(store, KEY, clock),
    draft: FORM,
    ...parts,
  });

  test('a held decision is seen by all, keeps others out, and ends in the record', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const pending = await pendingOn(made);
    const other = await decisionOn(store, KEY, clock, { reviewer: 'Bob' });
    expect(await store.hold(writing(clock), pending)).toEqual({
      pending_id: uuid(50),
      by: 'Ada',
      by_profile: ADA,
      outcome: 'rejected',
      started_at: minutes(0),
      due_at: '2026-11-15T12:00:10.000Z',
      left_ms: 10_000,
      tenant: 'acme',
      id: 'esc-1',
      event: uuid(1),
    });
    expect((await store.page(pageQuery(clock))).rows[0]?.pending).toEqual({
      outcome: 'rejected',
      by: 'Ada',
      due_at: '2026-11-15T12:00:10.000Z',
    });
    await expect(store.decide(writing(clock, BOB), other)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(store.hold(writing(clock, BOB), { ...pending, pendingId: uuid(51) })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const [stored] = await store.pending('acme');
    expect(stored?.decision).toEqual(pending.decision);
    await store.decide(writing(clock), { ...pending.decision, pendingId: uuid(50) });
    expect(await store.pending('acme')).toEqual([]);
  });

  test('what was taken back is never recorded, and its form is a draft', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const pending = await pendingOn(made);
    await store.hold(writing(clock), pending);
    expect(await store.cancelHold(writing(clock), uuid(50), 'undone')).toEqual({ ...FORM, saved_because: 'undone' });
    await expect(store.decide(writing(clock), { ...pending.decision, pendingId: uuid(50) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(store.cancelHold(writing(clock), uuid(50), 'undone')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await store.draft(KEY, ADA)).toEqual({ ...FORM, saved_because: 'undone' });
    expect((await store.read(KEY, clock.now()))?.escalation.decision).toBeNull();
  });

  test('after its owner died a hold is a draft, not a decision; a living one stays', async () => {
    const made = await withOne();
    const { store, clock } = made;
    await store.hold(writing(clock), await pendingOn(made));
    expect(await store.releaseOrphanedHolds((owner) => owner === 'desk-1', clock.now())).toBe(0);
    expect(await store.releaseOrphanedHolds(() => false, clock.now())).toBe(1);
    expect(await store.draft(KEY, ADA)).toEqual({ ...FORM, saved_because: 'hold-lost' });
    expect(await store.readPending('acme', uuid(50))).toBeNull();
  });

  test('a hold keeps its resolution packet byte for byte', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const packet = evidence('\u0000\u0001 packet', { role: 'resolution', root: HASH });
    const decision = await decisionOn(store, KEY, clock, {
      ...approval,
      resolution: { eventId: uuid(11), vepHash: HASH, packet },
    });
    await store.hold(writing(clock), await pendingOn(made, { decision }));
    expect((await store.readPending('acme', uuid(50)))?.decision).toEqual(decision);
  });

  test('a hold may be an order to seal, and keeps it; recorded it is only once it is sealed', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const seal = { keyId: uuid(12), eventId: uuid(11) };
    const decision = await decisionOn(store, KEY, clock, { outcome: 'approved', resolution: null, seal });
    await store.hold(writing(clock), await pendingOn(made, { decision }));
    const held = (await store.readPending('acme', uuid(50)))?.decision ?? expect.fail('no hold');
    expect(held).toEqual(decision);
    await expect(store.decide(writing(clock), { ...held, pendingId: uuid(50) })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const packet = evidence('sealed', { role: 'resolution', report: report('verified') });
    const vepSha256 = createHash('sha256').update('sealed').digest('hex');
    const done = await store.decide(writing(clock), {
      ...held,
      pendingId: uuid(50),
      seal: null,
      resolution: { eventId: uuid(11), vepHash: vepSha256, packet: null },
      sealed: { packet, vepSha256, key: HASH },
    });
    expect(done.decision).toMatchObject({ sealed: true, vep_hash: vepSha256 });
    expect(await store.pending('acme')).toEqual([]);
  });

  test('holding what is decided or has changed is refused as deciding it is', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const pending = await pendingOn(made);
    await store.attach(writing(clock), { key: KEY, evidence: [evidence('news')] });
    await expect(store.hold(writing(clock), pending)).rejects.toMatchObject({ code: 'CONFLICT' });
    await store.decide(writing(clock), await decisionOn(store, KEY, clock));
    await expect(store.hold(writing(clock), pending)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
  });

  test('I8: a hold that loses against a decision from upstream ends as dissent and draft', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const pending = await pendingOn(made);
    await store.hold(writing(clock), pending);
    await importRows(store, writing(clock), [escalation('esc-1', {}, { status: 'RESOLVED', timestamp: minutes(1) })]);
    await expect(store.decide(writing(clock), { ...pending.decision, pendingId: uuid(50) })).rejects.toMatchObject({
      code: 'ALREADY_DECIDED',
    });
    expect((await store.read(KEY, clock.now()))?.escalation).toMatchObject({
      decision: { outcome: 'unknown' },
      dissents: [{ outcome: 'rejected' }],
    });
    expect(await store.draft(KEY, ADA)).toMatchObject({ saved_because: 'conflict' });
  });

  test('a draft is kept for each reviewer and goes when it is dropped', async () => {
    const { store, clock } = await withOne();
    await store.saveDraft(writing(clock), KEY, FORM);
    await store.saveDraft(writing(clock), KEY, { ...FORM, reason: 'No, never.' });
    expect(await store.draft(KEY, ADA)).toMatchObject({ reason: 'No, never.' });
    expect(await store.draft(KEY, BOB)).toBeNull();
    await store.saveDraft(writing(clock), KEY, null);
    expect(await store.draft(KEY, ADA)).toBeNull();
  });
}
