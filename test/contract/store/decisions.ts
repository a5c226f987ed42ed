import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSha256Hex } from '../../../shared/domain/hex.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { judge, report } from './judge-makers.ts';
import {
  approval,
  BOB,
  decisionOn,
  escalation,
  evidence,
  HASH,
  importRows,
  keyOf,
  MINUTE,
  minutes,
  pageQuery,
  request,
  uuid,
  writing,
} from './makers.ts';

const ROW = escalation('esc-1', { request: request(), evidence: [evidence('packet')] });
const KEY = keyOf(ROW);

export function decisions(open: OpenStore): void {
  const fresh = freshly(open);
  const withOne = async (): Promise<Fresh> => {
    const made = await fresh();
    await importRows(made.store, writing(made.clock), [ROW]);
    return made;
  };

  test('I2, I4: an approval writes record, decision, packet, count and event together', async () => {
    const { store, clock } = await withOne();
    const packet = evidence('resolution', { role: 'resolution' });
    const resolution = { eventId: uuid(11), vepHash: HASH, packet };
    const decision = await decisionOn(store, KEY, clock, { ...approval, resolution, acceptedUnchecked: ['signature'] });
    const done = await store.decide(writing(clock), decision);
    expect(done.record).toMatchObject({
      status: 'RESOLVED',
      resolution_event_id: uuid(11),
      resolution_vep_hash: HASH,
      timestamp: minutes(0),
    });
    expect(done.decision).toMatchObject({
      outcome: 'approved',
      source: 'desk',
      reviewer: 'Ada',
      signed: true,
      accepted_unchecked: ['signature'],
    });
    expect(done.evidence.map(({ role }) => role)).toEqual(['escalation', 'resolution']);
    expect((await store.page(pageQuery(clock))).counts).toMatchObject({ active: 0, resolved: 1 });
    const { escalation: full } = (await store.read(KEY, clock.now())) ?? expect.fail('gone');
    expect(full.events.map(({ type }) => type)).toEqual(['escalation.recorded', 'decision.recorded']);
    expect(full.events.every(({ leaf_sha256 }) => isSha256Hex(leaf_sha256))).toBe(true);
  });

  const sealed = (text: string) => ({
    packet: evidence(text, { role: 'resolution', root: HASH, report: report('verified') }),
    vepSha256: createHash('sha256').update(text).digest('hex'),
    key: 'ee'.repeat(32),
  });

  test('I2: a sealed approval is resolved by its packet, which is there with what it was judged as', async () => {
    const { store, clock } = await withOne();
    await judge(store, KEY, clock, 'verified');
    const seal = sealed('sealed packet');
    const resolution = { eventId: uuid(11), vepHash: seal.vepSha256, packet: null };
    const done = await store.decide(
      writing(clock),
      await decisionOn(store, KEY, clock, { ...approval, resolution, sealed: seal }),
    );
    expect(done.record).toMatchObject({ status: 'RESOLVED', resolution_vep_hash: seal.vepSha256 });
    expect(done.decision).toMatchObject({ sealed: true, signed: true, vep_hash: seal.vepSha256 });
    const stored = (await store.read(KEY, clock.now())) ?? expect.fail('gone');
    expect(stored.judgement).toMatchObject({ verdict: 'verified', current: true });
    expect(stored.escalation.evidence.map(({ role, verdict }) => [role, verdict])).toEqual([
      ['escalation', 'verified'],
      ['resolution', 'verified'],
    ]);
    expect(stored.reports[1]).toEqual(report('verified'));
    expect(Buffer.from((await store.evidenceBytes('acme', seal.vepSha256)) ?? []).toString()).toBe('sealed packet');
    expect(await store.matchPacket('acme', { root: HASH, escalationId: null })).toEqual([]);
  });

  test('I4: a sealed rejection has its packet’s hash in the decision; the record has no resolution', async () => {
    const { store, clock } = await withOne();
    const seal = sealed('sealed packet');
    const done = await store.decide(writing(clock), await decisionOn(store, KEY, clock, { sealed: seal }));
    expect(done.decision).toMatchObject({ outcome: 'rejected', sealed: true, vep_hash: seal.vepSha256 });
    expect(done.record).toMatchObject({ status: 'EXPIRED' });
    expect(done.record.resolution_vep_hash).toBeUndefined();
    expect(done.evidence.map(({ role }) => role)).toEqual(['escalation', 'resolution']);
    // Upstream, which knows nothing of the packet, says the same of it.
    const back = escalation('esc-1', {}, { status: 'EXPIRED', timestamp: minutes(5) });
    expect(await importRows(store, writing(clock), [back])).toMatchObject([{ result: 'unchanged' }]);
  });

  test('S68: a packet that is not the one that was signed, or not the resolution’s, is recorded by nobody', async () => {
    const { store, clock } = await withOne();
    const seal = sealed('sealed packet');
    const resolution = { eventId: uuid(11), vepHash: seal.vepSha256, packet: null };
    const changed = { ...seal, packet: { ...seal.packet, bytes: Buffer.from('sealed Packet') } };
    const order = { keyId: uuid(12), eventId: uuid(11) };
    for (const [parts, code] of [
      [{ ...approval, resolution, sealed: changed }, 'INTEGRITY_FAILED'],
      [{ sealed: changed }, 'INTEGRITY_FAILED'],
      [{ ...approval, sealed: seal }, 'INVALID_INPUT'],
      [{ ...approval, resolution: null, sealed: seal }, 'INVALID_INPUT'],
      [{ outcome: 'approved', resolution: null, seal: order }, 'INVALID_INPUT'],
      [{ seal: order }, 'INVALID_INPUT'],
    ] as const)
      await expect(store.decide(writing(clock), await decisionOn(store, KEY, clock, parts))).rejects.toMatchObject({
        code,
      });
    const stored = (await store.read(KEY, clock.now()))?.escalation;
    expect([stored?.decision, stored?.evidence.length, stored?.events.length]).toEqual([null, 1, 1]);
    await store.decide(
      writing(clock),
      await decisionOn(store, KEY, clock, { ...approval, resolution, seal: order, sealed: seal }),
    );
  });

  test('I6: a resolution’s packet counts as what it was judged as, and is judged first where it was not', async () => {
    for (const [judged, current] of [
      [{ report: report('failed') }, true],
      [{}, false],
    ] as const) {
      const { store, clock } = await withOne();
      await judge(store, KEY, clock, 'verified');
      const packet = evidence('resolution', { role: 'resolution', ...judged });
      const resolution = { eventId: uuid(11), vepHash: HASH, packet };
      await store.decide(writing(clock), await decisionOn(store, KEY, clock, { ...approval, resolution }));
      const stored = (await store.read(KEY, clock.now())) ?? expect.fail('gone');
      expect(stored.judgement.current).toBe(current);
      expect(stored.escalation.evidence.map(({ verdict }) => verdict)).toEqual(
        current ? ['verified', 'failed'] : ['unchecked', 'unchecked'],
      );
    }
  });

  test('I8: a sealed decision that comes too late leaves a dissent and no packet', async () => {
    const { store, clock } = await withOne();
    const late = await decisionOn(store, KEY, clock, { sealed: sealed('late packet') });
    await store.decide(writing(clock), await decisionOn(store, KEY, clock, approval));
    await expect(store.decide(writing(clock, BOB), late)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    const stored = (await store.read(KEY, clock.now()))?.escalation;
    expect(stored?.dissents).toMatchObject([{ outcome: 'rejected', vep_hash: late.sealed?.vepSha256 }]);
    expect(stored?.evidence).toHaveLength(1);
  });

  test('I8: a sealed rejection that another desk exported is kept as one dissent, however often it comes', async () => {
    const { store, clock } = await withOne();
    await store.decide(writing(clock), await decisionOn(store, KEY, clock, approval));
    const theirs = { outcome: 'rejected', decidedAt: minutes(3), source: 'desk', vepHash: HASH } as const;
    const back = escalation('esc-1', { decision: theirs }, { status: 'EXPIRED', timestamp: minutes(3) });
    for (const _time of [1, 2])
      expect(await importRows(store, writing(clock), [back])).toMatchObject([{ result: 'conflict' }]);
    expect((await store.read(KEY, clock.now()))?.escalation.dissents).toMatchObject([{ outcome: 'rejected' }]);
  });

  test('rejected, withdrawn and expired end EXPIRED; the decision says which', async () => {
    for (const outcome of ['rejected', 'withdrawn', 'expired'] as const) {
      const { store, clock } = await withOne();
      const done = await store.decide(writing(clock), await decisionOn(store, KEY, clock, { outcome }));
      expect(done.record.status).toBe('EXPIRED');
      expect(done.decision?.outcome).toBe(outcome);
    }
  });

  test('I4: an approval without a hash of 64 lower-case digits is refused, as is a rejection with one', async () => {
    const { store, clock } = await withOne();
    const bad = { eventId: uuid(11), vepHash: HASH.toUpperCase(), packet: null };
    for (const parts of [{ ...approval, resolution: null }, { ...approval, resolution: bad }, { resolution: bad }]) {
      const decision = await decisionOn(store, KEY, clock, parts);
      await expect(store.decide(writing(clock), decision)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect((await store.read(KEY, clock.now()))?.escalation.decision).toBeNull();
  });

  test('I3, I8: a late decision is refused, changes nothing and is kept as a dissent, once', async () => {
    const { store, clock } = await withOne();
    const [first, second] = [
      await decisionOn(store, KEY, clock, approval),
      await decisionOn(store, KEY, clock, { reviewer: 'Bob' }),
    ];
    const decided = await store.decide(writing(clock), first);
    const write = writing(clock, BOB);
    for (const _time of [1, 2])
      await expect(store.decide(write, second)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    const after = (await store.read(KEY, clock.now()))?.escalation;
    expect(after?.record).toEqual(decided.record);
    expect(after?.decision).toEqual(decided.decision);
    expect(after?.dissents).toMatchObject([{ outcome: 'rejected', source: 'desk', reviewer: 'Bob' }]);
  });

  test('I9: a view that is no longer current is CONFLICT; a claim or the clock does not make it so', async () => {
    const { store, clock } = await withOne();
    const stale = await decisionOn(store, KEY, clock);
    await store.claim(writing(clock), { key: KEY, untilMs: clock.now() + MINUTE });
    clock.pass(10);
    expect((await decisionOn(store, KEY, clock)).viewSha256).toBe(stale.viewSha256);
    await store.attach(writing(clock), { key: KEY, evidence: [evidence('more')] });
    await expect(store.decide(writing(clock), stale)).rejects.toMatchObject({ code: 'CONFLICT' });
    await store.decide(writing(clock), await decisionOn(store, KEY, clock));
  });

  test('a call sent twice decides once and answers the same; with another input it is INVALID_INPUT', async () => {
    const { store, clock } = await withOne();
    const [write, decision] = [writing(clock), await decisionOn(store, KEY, clock)];
    const first = await store.decide(write, decision);
    clock.pass(400 * 24 * 60 * MINUTE);
    await store.claim(writing(clock), { key: KEY, untilMs: 0 }).catch(() => undefined);
    expect(await store.decide({ ...write, now: clock.now() }, decision)).toEqual(first);
    await expect(store.decide({ ...write, inputHash: 'other' }, decision)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect((await store.read(KEY, clock.now()))?.escalation.dissents).toEqual([]);
  });

  test('unknown escalations and tenants are NOT_FOUND', async () => {
    const { store, clock } = await withOne();
    const decision = await decisionOn(store, { ...KEY, id: 'other' }, clock);
    await expect(store.decide(writing(clock), decision)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.decide(writing(clock, BOB, 'nobody'), decision)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await store.read({ ...KEY, tenant: 'nobody' }, clock.now())).toBeNull();
  });

  test('a claim keeps others out until it ends, is renewed without an event, and goes with the decision', async () => {
    const { store, clock } = await withOne();
    const claim = { key: KEY, untilMs: clock.now() + 15 * MINUTE };
    expect((await store.claim(writing(clock), claim)).claim).toEqual({ by: 'Ada', until: minutes(15) });
    await store.claim(writing(clock), { ...claim, untilMs: claim.untilMs + MINUTE });
    const decision = await decisionOn(store, KEY, clock);
    await expect(store.claim(writing(clock, BOB), claim)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(store.release(writing(clock, BOB), { key: KEY })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(store.decide(writing(clock, BOB), decision)).rejects.toMatchObject({ code: 'CONFLICT' });
    clock.pass(16 * MINUTE);
    expect((await store.claim(writing(clock, BOB), { key: KEY, untilMs: clock.now() + 1 })).claim).toMatchObject({
      by: 'Bob',
    });
    const decided = await store.decide(writing(clock, BOB), decision);
    expect(decided.claim).toBeNull();
    const events = (await store.read(KEY, clock.now()))?.escalation.events ?? [];
    expect(events.map(({ type }) => type)).toEqual([
      'escalation.recorded',
      'claim.taken',
      'claim.taken',
      'decision.recorded',
    ]);
    await expect(store.claim(writing(clock), claim)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
  });

  test('releasing is an event; releasing what nobody holds is none', async () => {
    const { store, clock } = await withOne();
    expect((await store.release(writing(clock), { key: KEY })).version).toBe('1');
    await store.claim(writing(clock), { key: KEY, untilMs: clock.now() + MINUTE });
    expect(await store.release(writing(clock), { key: KEY })).toMatchObject({ claim: null, version: '3' });
  });

  test('an unexpected version is CONFLICT on every change', async () => {
    const { store, clock } = await withOne();
    const guarded = { key: KEY, expectVersion: '7' };
    const decision = { ...(await decisionOn(store, KEY, clock)), expectVersion: '7' };
    await expect(store.claim(writing(clock), { ...guarded, untilMs: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(store.release(writing(clock), guarded)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(store.attach(writing(clock), { ...guarded, evidence: [] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(store.decide(writing(clock), decision)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('I3: a correction is an event that points at the decision, which stays as it is', async () => {
    const { store, clock } = await withOne();
    const correction = { key: KEY, reason: 'The wrong account was named.' };
    await expect(store.correct(writing(clock), correction)).rejects.toMatchObject({ code: 'CONFLICT' });
    const decided = await store.decide(writing(clock), await decisionOn(store, KEY, clock));
    const corrected = await store.correct(writing(clock), correction);
    expect(corrected).toEqual({ ...decided, version: '3' });
    const events = (await store.read(KEY, clock.now()))?.escalation.events ?? [];
    expect(events.map(({ type }) => type)).toEqual(['escalation.recorded', 'decision.recorded', 'decision.corrected']);
  });

  test('the same bytes attached twice are one piece, and change nothing the second time', async () => {
    const { store, clock } = await withOne();
    const once = await store.attach(writing(clock), { key: KEY, evidence: [evidence('more'), evidence('more')] });
    expect(once.evidence).toHaveLength(2);
    expect(await store.attach(writing(clock), { key: KEY, evidence: [evidence('more')] })).toEqual(once);
  });
}
