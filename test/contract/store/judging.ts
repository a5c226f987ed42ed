import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import {
  CLAIM_DIFFERS,
  changeKeys,
  check,
  idsToJudge,
  judge,
  KEY,
  ROW,
  report,
  shown,
  withRows,
} from './judge-makers.ts';
import { decisionOn, escalation, evidence, MINUTE, minutes, pageQuery, writing } from './makers.ts';

export function judging(open: OpenStore): void {
  const fresh = freshly(open);
  const rowOf = async ({ store, clock }: Fresh) =>
    (await store.page(pageQuery(clock))).rows[0] ?? expect.fail('no row');

  test('I6: before it is judged nothing is verified, and it says that it is not verified yet', async () => {
    const made = await withRows(fresh);
    const stored = await shown(made);
    expect(stored.judgement).toEqual({
      verdict: 'unchecked',
      detail: 'not verified yet',
      current: false,
      judged_at: null,
    });
    expect(stored.reports).toEqual([null, null, null]);
    expect(stored.escalation.evidence.map(({ verdict }) => verdict)).toEqual(['unchecked', null, 'unchecked']);
    expect((await rowOf(made)).evidence).toEqual({ verdict: 'unchecked', packets: 1, detail: 'not verified yet' });
  });

  test('what is judged has the evidence’s exact bytes, and the request', async () => {
    const { store, clock } = await withRows(fresh);
    const subject = (await store.judgeSubject(KEY, clock.now())) ?? expect.fail('nothing to judge');
    expect(subject.request).toEqual(ROW.request);
    expect(
      subject.pieces.map(({ kind, role, bytes, sha256 }) => [kind, role, Buffer.from(bytes).toString(), sha256]),
    ).toEqual(
      [
        ['vep', 'packet', 'packet'],
        ['source-row', '', 'row'],
        ['token', 'token', 'token'],
      ].map(([kind, bytes, text = '']) => [kind, 'escalation', bytes, createHash('sha256').update(text).digest('hex')]),
    );
    expect(await store.judgeSubject({ ...KEY, id: 'other' }, clock.now())).toBeNull();
    expect(await store.judgeSubject({ ...KEY, tenant: 'nobody' }, clock.now())).toBeNull();
  });

  test('a judgement is shown wherever the escalation is: row, view, list, export', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    const before = await shown(made);
    expect(await judge(store, KEY, clock, 'verified', { signed: ['target'], findings: [CLAIM_DIFFERS] })).toEqual([]);
    const stored = await shown(made);
    expect(stored.judgement).toEqual({
      verdict: 'verified',
      detail: 'all verified',
      current: true,
      judged_at: minutes(0),
    });
    expect(stored.reports).toEqual([report('verified'), null, report('verified')]);
    expect(stored.escalation.evidence.map(({ verdict }) => verdict)).toEqual(['verified', null, 'verified']);
    expect(stored.escalation.request?.signed).toEqual(['target']);
    expect(stored.escalation.findings).toEqual([CLAIM_DIFFERS]);
    expect(stored.escalation.version).toBe(before.escalation.version);
    expect(stored.escalation.events).toEqual(before.escalation.events);
    const row = await rowOf(made);
    expect(row.evidence).toEqual({ verdict: 'verified', packets: 1, detail: 'all verified' });
    expect(row.findings).toEqual([CLAIM_DIFFERS]);
    const { events: _events, view_sha256: _view, ...exportable } = stored.escalation;
    for await (const [exported] of store.exportBatches({ tenant: 'acme', status: 'all', now: clock.now() }))
      expect(exported?.escalation).toEqual(exportable);
    expect((await store.page(pageQuery(clock, { view: 'deceptive' }))).rows).toEqual([]);
  });

  test('I6: with other keys what was verified reads unchecked, nothing is signed, and what failed stays failed', async () => {
    for (const verdict of ['verified', 'failed', 'unchecked'] as const) {
      const made = await withRows(fresh);
      const { store, clock } = made;
      await judge(store, KEY, clock, verdict, { signed: ['target'], findings: [CLAIM_DIFFERS] });
      await changeKeys(made);
      const stored = await shown(made);
      const still = verdict === 'failed' ? 'failed' : 'unchecked';
      expect(stored.judgement).toMatchObject({ verdict: still, detail: 'being verified again', current: false });
      expect(stored.reports).toEqual([null, null, null]);
      expect(stored.escalation.evidence.map((piece) => piece.verdict)).toEqual(['unchecked', null, 'unchecked']);
      expect(stored.escalation.request?.signed).toEqual([]);
      expect(stored.escalation.findings).toEqual([CLAIM_DIFFERS]);
      expect((await rowOf(made)).evidence).toMatchObject({ verdict: still, detail: 'being verified again' });
      await judge(store, KEY, clock, 'verified');
      expect((await shown(made)).judgement).toMatchObject({ verdict: 'verified', current: true });
    }
  });

  test('I6: a judgement ends at its instant, and from then on it is to be judged again', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    await judge(store, KEY, clock, 'verified', { holdsUntilMs: clock.now() + MINUTE });
    clock.pass(MINUTE - 1);
    expect((await shown(made)).judgement).toMatchObject({ verdict: 'verified', current: true });
    expect([await store.countToJudge('acme', clock.now()), await idsToJudge(store, clock)]).toEqual([0, []]);
    clock.pass(1);
    expect((await shown(made)).judgement).toMatchObject({ verdict: 'unchecked', current: false });
    expect((await rowOf(made)).evidence.verdict).toBe('unchecked');
    expect([await store.countToJudge('acme', clock.now()), await idsToJudge(store, clock)]).toEqual([1, ['esc-1']]);
    expect(await store.judgeSubject(KEY, clock.now())).not.toBeNull();
  });

  test('without a packet nothing is verified, whatever is said of it', async () => {
    const made = await withRows(fresh, escalation('esc-1', { evidence: [evidence('token', { kind: 'token' })] }));
    const none = { verdict: 'unchecked', packets: 0, detail: 'no packet attached' };
    expect((await rowOf(made)).evidence).toEqual(none);
    await judge(made.store, KEY, made.clock, 'verified', { detail: 'no packet attached' });
    expect((await rowOf(made)).evidence).toEqual(none);
    await judge(made.store, KEY, made.clock, 'failed', { detail: 'token.lifecycle' });
    expect((await rowOf(made)).evidence).toEqual({ verdict: 'failed', packets: 0, detail: 'token.lifecycle' });
  });

  test('verdicts that are others now are answered, with what they were', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    expect(await judge(store, KEY, clock, 'verified')).toEqual([]);
    await changeKeys(made);
    expect(await judge(store, KEY, clock, 'verified')).toEqual([]);
    await changeKeys(made);
    expect(await judge(store, KEY, clock, 'failed', { detail: 'signature' })).toEqual([
      { key: KEY, before: 'verified', after: 'failed', detail: 'signature' },
    ]);
  });

  test('other processes are told of what was judged', async () => {
    const { store, clock } = await withRows(fresh);
    const { cursor } = await store.changesSince(null);
    await judge(store, KEY, clock, 'verified');
    const { id, event } = KEY;
    expect((await store.changesSince(cursor)).changes).toEqual([
      { tenant: 'acme', topic: 'escalation', key: { id, event } },
      { tenant: 'acme', topic: 'queue' },
    ]);
  });

  test('I9: a check that comes out otherwise, or for another reason, makes the view another; words do not', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    const viewWith = async (first: Parameters<typeof check>[1]) => {
      const reports = [report('failed', { checks: [check('failed', first)] }), null, report('failed')];
      await judge(store, KEY, clock, 'failed', { reports });
      return (await shown(made)).escalation.view_sha256;
    };
    const part = { verdict: 'failed', code: 'AID_OTHER', detail: 'No.' } as const;
    const base = await viewWith({});
    expect(await viewWith({ detail: 'Said better.' })).toBe(base);
    const others = [
      await viewWith({ verdict: 'unchecked' }),
      await viewWith({ code: 'OTHER_REASON' }),
      await viewWith({ name: 'root' }),
      await viewWith({ parts: [part] }),
      await viewWith({ parts: [{ ...part, code: 'ROOT_OTHER' }] }),
    ];
    expect(new Set([base, ...others]).size).toBe(others.length + 1);
    const { view, escalation: full } = await shown(made);
    expect(createHash('sha256').update(view).digest('hex')).toBe(full.view_sha256);
  });

  test('I9: a decision on a view whose checks are others by now is CONFLICT; on the view of now it stands', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    const unjudged = await decisionOn(store, KEY, clock);
    await judge(store, KEY, clock, 'verified', { holdsUntilMs: clock.now() + MINUTE });
    await expect(store.decide(writing(clock), unjudged)).rejects.toMatchObject({ code: 'CONFLICT' });
    const judged = await decisionOn(store, KEY, clock);
    clock.pass(MINUTE);
    await expect(store.decide(writing(clock), judged)).rejects.toMatchObject({ code: 'CONFLICT' });
    await judge(store, KEY, clock, 'failed');
    const failed = await decisionOn(store, KEY, clock);
    await changeKeys(made);
    await expect(store.decide(writing(clock), failed)).rejects.toMatchObject({ code: 'CONFLICT' });
    await judge(store, KEY, clock, 'failed');
    await store.decide(writing(clock), failed);
  });
}
