import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { NewEscalation } from '../../../electron/store/ledger-store.ts';
import type { EscalationKey } from '../../../shared/domain/escalation.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { check, gateKey, idsToJudge, judge, judgementOn, report } from './judge-makers.ts';
import {
  ADA,
  decisionOn,
  escalation,
  evidence,
  importRows,
  keyOf,
  MINUTE,
  minutes,
  pageQuery,
  request,
  resolvedUpstream,
  writing,
} from './makers.ts';

const ROW = escalation('esc-1', {
  request: request(),
  evidence: [evidence('packet'), evidence('row', { kind: 'source-row' }), evidence('token', { kind: 'token' })],
});
const KEY = keyOf(ROW);
const CLAIM_DIFFERS = { code: 'CLAIM_DIFFERS', message: 'The amount is not the one that was signed.' };

export function judging(open: OpenStore): void {
  const fresh = freshly(open);
  const withRows = async (...rows: NewEscalation[]): Promise<Fresh> => {
    const made = await fresh();
    await importRows(made.store, writing(made.clock), rows.length === 0 ? [ROW] : rows);
    return made;
  };
  const readOf = async ({ store, clock }: Fresh, key: EscalationKey = KEY) =>
    (await store.read(key, clock.now())) ?? expect.fail('gone');
  const rowOf = async ({ store, clock }: Fresh) =>
    (await store.page(pageQuery(clock))).rows[0] ?? expect.fail('no row');
  const epochMoves = ({ store, clock }: Fresh) =>
    store.pinTrust(writing(clock), [{ source: 'typed', entry: gateKey(1), confirmed: 'typed' }]);

  test('I6: before it is judged nothing is verified, and it says that it is not verified yet', async () => {
    const made = await withRows();
    const stored = await readOf(made);
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
    const { store, clock } = await withRows();
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
    const made = await withRows();
    const { store, clock } = made;
    const before = await readOf(made);
    expect(await judge(store, KEY, clock, 'verified', { signed: ['target'], findings: [CLAIM_DIFFERS] })).toEqual([]);
    const stored = await readOf(made);
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
    const { events: _events, view_sha256: _view, ...shown } = stored.escalation;
    for await (const [exported] of store.exportBatches({ tenant: 'acme', status: 'all', now: clock.now() }))
      expect(exported?.escalation).toEqual(shown);
    expect((await store.page(pageQuery(clock, { view: 'deceptive' }))).rows).toEqual([]);
  });

  test('I6: with other keys what was verified reads unchecked, nothing is signed, and what failed stays failed', async () => {
    for (const verdict of ['verified', 'failed', 'unchecked'] as const) {
      const made = await withRows();
      const { store, clock } = made;
      await judge(store, KEY, clock, verdict, { signed: ['target'], findings: [CLAIM_DIFFERS] });
      await epochMoves(made);
      const stored = await readOf(made);
      const still = verdict === 'failed' ? 'failed' : 'unchecked';
      expect(stored.judgement).toMatchObject({ verdict: still, detail: 'being verified again', current: false });
      expect(stored.reports).toEqual([null, null, null]);
      expect(stored.escalation.evidence.map((piece) => piece.verdict)).toEqual(['unchecked', null, 'unchecked']);
      expect(stored.escalation.request?.signed).toEqual([]);
      expect(stored.escalation.findings).toEqual([CLAIM_DIFFERS]);
      expect((await rowOf(made)).evidence).toMatchObject({ verdict: still, detail: 'being verified again' });
      await judge(store, KEY, clock, 'verified');
      expect((await readOf(made)).judgement).toMatchObject({ verdict: 'verified', current: true });
    }
  });

  test('I6: a judgement ends at its instant, and from then on it is to be judged again', async () => {
    const made = await withRows();
    const { store, clock } = made;
    await judge(store, KEY, clock, 'verified', { holdsUntilMs: clock.now() + MINUTE });
    clock.pass(MINUTE - 1);
    expect((await readOf(made)).judgement).toMatchObject({ verdict: 'verified', current: true });
    expect([await store.countToJudge('acme', clock.now()), await idsToJudge(store, clock)]).toEqual([0, []]);
    clock.pass(1);
    expect((await readOf(made)).judgement).toMatchObject({ verdict: 'unchecked', current: false });
    expect((await rowOf(made)).evidence.verdict).toBe('unchecked');
    expect([await store.countToJudge('acme', clock.now()), await idsToJudge(store, clock)]).toEqual([1, ['esc-1']]);
    expect(await store.judgeSubject(KEY, clock.now())).not.toBeNull();
  });

  test('without a packet nothing is verified, whatever is said of it', async () => {
    const made = await withRows(escalation('esc-1', { evidence: [evidence('token', { kind: 'token' })] }));
    const none = { verdict: 'unchecked', packets: 0, detail: 'no packet attached' };
    expect((await rowOf(made)).evidence).toEqual(none);
    await judge(made.store, KEY, made.clock, 'verified', { detail: 'no packet attached' });
    expect((await rowOf(made)).evidence).toEqual(none);
    await judge(made.store, KEY, made.clock, 'failed', { detail: 'token.lifecycle' });
    expect((await rowOf(made)).evidence).toEqual({ verdict: 'failed', packets: 0, detail: 'token.lifecycle' });
  });

  test('new evidence is judged before anything counts again; a source row and a judged resolution change nothing', async () => {
    const current = async (made: Fresh) => (await readOf(made)).judgement.current;
    const attached: [ReturnType<typeof evidence>, boolean][] = [
      [evidence('more'), false],
      [evidence('more', { role: 'resolution' }), false],
      [evidence('more', { report: report('verified') }), false],
      [evidence('more', { kind: 'source-row' }), true],
      [evidence('more', { role: 'resolution', report: report('verified') }), true],
      [evidence('more', { role: 'resolution', report: report('verified'), reportEpoch: 1 }), true],
      [evidence('more', { role: 'resolution', report: report('verified'), reportEpoch: 2 }), false],
    ];
    for (const [piece, stays] of attached) {
      const made = await withRows();
      await judge(made.store, KEY, made.clock, 'failed');
      await made.store.attach(writing(made.clock), { key: KEY, evidence: [piece] });
      expect([piece.kind, piece.role, await current(made)]).toEqual([piece.kind, piece.role, stays]);
      expect((await readOf(made)).judgement.verdict).toBe('failed');
      const verdicts = (await readOf(made)).escalation.evidence.map(({ verdict }) => verdict);
      const own = piece.kind === 'source-row' ? null : stays ? 'verified' : 'unchecked';
      expect(verdicts).toEqual(stays ? ['failed', null, 'failed', own] : ['unchecked', null, 'unchecked', own]);
    }
  });

  test('I6: what is said of a token’s lifetime is not kept for good with a resolution', async () => {
    const made = await withRows();
    await judge(made.store, KEY, made.clock, 'verified');
    const lasting = report('verified', { checks: [check('verified', { name: 'token.lifecycle' })] });
    const piece = evidence('more', { role: 'resolution', report: lasting });
    await made.store.attach(writing(made.clock), { key: KEY, evidence: [piece] });
    expect((await readOf(made)).judgement.current).toBe(false);
  });

  test('a request that came or changed, and another token, are judged anew; the same record again is not', async () => {
    const again: [NewEscalation, boolean][] = [
      [ROW, true],
      [escalation('esc-1', { request: request() }, { timestamp: minutes(1) }), true],
      [escalation('esc-1', { request: request({ target: 'ACC-2' }) }, { timestamp: minutes(1) }), false],
      [escalation('esc-1', {}, { timestamp: minutes(1), continuation_token: '{}' as never }), false],
      [resolvedUpstream('esc-1', { request: request() }, { timestamp: minutes(1) }), true],
    ];
    for (const [row, stays] of again) {
      const made = await withRows();
      await judge(made.store, KEY, made.clock, 'verified');
      await importRows(made.store, writing(made.clock), [row]);
      expect([row.record, (await readOf(made)).judgement.current]).toEqual([row.record, stays]);
    }
  });

  test('a judgement of another state than is there now is left out, and stays to be judged', async () => {
    const made = await withRows();
    const { store, clock } = made;
    const read = await judgementOn(store, KEY, clock, 'verified');
    await store.attach(writing(clock), { key: KEY, evidence: [evidence('more')] });
    await store.saveJudgements('acme', [read], clock.now());
    expect((await readOf(made)).judgement.judged_at).toBeNull();
    const later = await judgementOn(store, KEY, clock, 'verified');
    await epochMoves(made);
    await store.saveJudgements('acme', [later], clock.now());
    const other = await judgementOn(store, KEY, clock, 'verified');
    await importRows(store, writing(clock), [
      escalation('esc-1', { request: request({ target: 'ACC-2' }) }, { timestamp: minutes(1) }),
    ]);
    await store.saveJudgements('acme', [other, { ...other, key: { ...KEY, id: 'gone' } }], clock.now());
    expect((await readOf(made)).judgement.judged_at).toBeNull();
    expect(await idsToJudge(store, clock)).toEqual(['esc-1']);
    const unfitting = { ...(await judgementOn(store, KEY, clock, 'verified')), reports: [] };
    await store.saveJudgements('acme', [unfitting], clock.now());
    expect(await idsToJudge(store, clock)).toEqual(['esc-1']);
  });

  test('I5: a judgement touches its own tenant alone', async () => {
    const made = await withRows();
    const { store, clock } = made;
    await importRows(store, writing(clock, ADA, 'beta'), [ROW]);
    const foreign = await judgementOn(store, keyOf(ROW, 'beta'), clock, 'failed');
    await store.saveJudgements('acme', [foreign], clock.now());
    await judge(store, keyOf(ROW, 'beta'), clock, 'failed');
    expect((await readOf(made)).judgement.judged_at).toBeNull();
    expect((await store.page(pageQuery(clock))).counts.failed).toBe(0);
    expect((await store.page(pageQuery(clock, { tenant: 'beta' }))).counts.failed).toBe(1);
    expect(await idsToJudge(store, clock, { tenant: 'beta' })).toEqual([]);
    await epochMoves(made);
    expect(await idsToJudge(store, clock, { tenant: 'beta' })).toEqual([]);
  });

  test('I5: a judgement is kept under no other tenant’s name, however alike two escalations are', async () => {
    const bare = escalation('bare');
    const { store, clock } = await withRows(bare);
    await importRows(store, writing(clock, ADA, 'beta'), [bare]);
    const foreign = await judgementOn(store, keyOf(bare, 'beta'), clock, 'failed');
    expect(foreign.mark).toBe((await judgementOn(store, keyOf(bare), clock, 'failed')).mark);
    await store.saveJudgements('acme', [foreign], clock.now());
    expect((await store.page(pageQuery(clock))).counts.failed).toBe(0);
  });

  test('the version moves when a judgement comes out otherwise, not with the first one nor with the same again', async () => {
    const made = await withRows();
    const { store, clock } = made;
    const version = async () => Number((await readOf(made)).escalation.version);
    const steps: [Parameters<typeof judge>[3], Parameters<typeof judge>[4], number][] = [
      ['verified', {}, 0],
      ['verified', { detail: 'other words' }, 0],
      ['verified', { signed: ['target'] }, 1],
      ['verified', { signed: ['target'], findings: [CLAIM_DIFFERS] }, 1],
      ['failed', { signed: ['target'], findings: [CLAIM_DIFFERS] }, 1],
    ];
    for (const [verdict, parts, moves] of steps) {
      const before = await version();
      await judge(store, KEY, clock, verdict, parts);
      expect([verdict, parts, (await version()) - before]).toEqual([verdict, parts, moves]);
    }
    const before = await version();
    const reports = [
      report('failed', { checks: [check('failed'), check('unchecked', { name: 'pcrs' })] }),
      null,
      report('failed'),
    ];
    await judge(store, KEY, clock, 'failed', { signed: ['target'], findings: [CLAIM_DIFFERS], reports });
    expect(await version()).toBe(before + 1);
  });

  test('verdicts that are others now are answered, with what they were', async () => {
    const made = await withRows();
    const { store, clock } = made;
    expect(await judge(store, KEY, clock, 'verified')).toEqual([]);
    await epochMoves(made);
    expect(await judge(store, KEY, clock, 'verified')).toEqual([]);
    await epochMoves(made);
    expect(await judge(store, KEY, clock, 'failed', { detail: 'signature' })).toEqual([
      { key: KEY, before: 'verified', after: 'failed', detail: 'signature' },
    ]);
  });

  test('other processes are told of what was judged', async () => {
    const { store, clock } = await withRows();
    const { cursor } = await store.changesSince(null);
    await judge(store, KEY, clock, 'verified');
    const { id, event } = KEY;
    expect((await store.changesSince(cursor)).changes).toEqual([
      { tenant: 'acme', topic: 'escalation', key: { id, event } },
      { tenant: 'acme', topic: 'queue' },
    ]);
  });

  test('I9: a check that comes out otherwise, or for another reason, makes the view another; words do not', async () => {
    const made = await withRows();
    const { store, clock } = made;
    const viewWith = async (first: Parameters<typeof check>[1]) => {
      const reports = [report('failed', { checks: [check('failed', first)] }), null, report('failed')];
      await judge(store, KEY, clock, 'failed', { reports });
      return (await readOf(made)).escalation.view_sha256;
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
    const { view, escalation: full } = await readOf(made);
    expect(createHash('sha256').update(view).digest('hex')).toBe(full.view_sha256);
  });

  test('I9: a decision on a view whose checks are others by now is CONFLICT; on the view of now it stands', async () => {
    const made = await withRows();
    const { store, clock } = made;
    const unjudged = await decisionOn(store, KEY, clock);
    await judge(store, KEY, clock, 'verified', { holdsUntilMs: clock.now() + MINUTE });
    await expect(store.decide(writing(clock), unjudged)).rejects.toMatchObject({ code: 'CONFLICT' });
    const judged = await decisionOn(store, KEY, clock);
    clock.pass(MINUTE);
    await expect(store.decide(writing(clock), judged)).rejects.toMatchObject({ code: 'CONFLICT' });
    await judge(store, KEY, clock, 'failed');
    const failed = await decisionOn(store, KEY, clock);
    await epochMoves(made);
    await expect(store.decide(writing(clock), failed)).rejects.toMatchObject({ code: 'CONFLICT' });
    await judge(store, KEY, clock, 'failed');
    await store.decide(writing(clock), failed);
  });

  test('all that is to be judged is found once, in batches of any size', async () => {
    const rows = Array.from({ length: 25 }, (_, n) =>
      escalation(`esc-${n}`, n % 5 === 0 ? {} : { evidence: [evidence(`packet ${n}`)] }),
    );
    const made = await withRows(...rows);
    const { store, clock } = made;
    const ids = rows.map((row) => row.record.escalation_id);
    const names = (found: string[]) => found.toSorted();
    for (const limit of [1, 3, 25, 100]) expect(await idsToJudge(store, clock, { limit })).toEqual(ids);
    expect(await store.countToJudge('acme', clock.now())).toBe(25);
    for (const n of [3, 4, 5, 6]) {
      const holdsUntilMs = n < 5 ? clock.now() + n * MINUTE : null;
      await judge(store, keyOf(rows[n] ?? ROW), clock, 'verified', { holdsUntilMs });
    }
    const left = ids.filter((id) => !['esc-3', 'esc-4', 'esc-5', 'esc-6'].includes(id));
    for (const limit of [1, 4, 21]) expect(await idsToJudge(store, clock, { limit })).toEqual(left);
    clock.pass(10 * MINUTE);
    for (const limit of [1, 22, 23])
      expect(await idsToJudge(store, clock, { limit })).toEqual([...left, 'esc-3', 'esc-4']);
    expect(await store.countToJudge('acme', clock.now())).toBe(23);
    await epochMoves(made);
    for (const limit of [1, 7, 100]) expect(names(await idsToJudge(store, clock, { limit }))).toEqual(names(ids));
    expect(await store.countToJudge('acme', clock.now())).toBe(25);
    for (const row of rows) await judge(store, keyOf(row), clock, 'verified');
    expect(await idsToJudge(store, clock)).toEqual([]);
    const withEvidence = ids.filter((_, n) => n % 5 !== 0);
    for (const limit of [1, 5, 100]) expect(await idsToJudge(store, clock, { all: true, limit })).toEqual(withEvidence);
  });

  test('what is judged while a batch is worked on does not hide the rest', async () => {
    const rows = Array.from({ length: 12 }, (_, n) => escalation(`esc-${n}`, { evidence: [evidence(`packet ${n}`)] }));
    for (const all of [true, false]) {
      const { store, clock } = await withRows(...rows);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const batch = await store.toJudge({ tenant: 'acme', now: clock.now(), all, after, limit: 5 });
        for (const key of batch.keys) await judge(store, key, clock, 'verified');
        seen.push(...batch.keys.map(({ id }) => id));
        after = batch.next as string | null;
      } while (after !== null);
      expect(seen).toEqual(rows.map((row) => row.record.escalation_id));
    }
  });

  test('another list’s cursor, too many judgements and unknown tenants are refused', async () => {
    const { store, clock } = await withRows(ROW, escalation('esc-2'));
    const query = { tenant: 'acme', now: clock.now(), all: true, after: null, limit: 1 };
    const { next } = await store.toJudge(query);
    for (const after of [next, 'no cursor'])
      await expect(store.toJudge({ ...query, all: false, after })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(store.toJudge({ ...query, tenant: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.countToJudge('nobody', 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.saveJudgements('nobody', [], 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const many = Array(1001).fill(await judgementOn(store, KEY, clock, 'verified'));
    await expect(store.saveJudgements('acme', many, 0)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect(await idsToJudge(store, clock)).toEqual(['esc-1', 'esc-2']);
  });
}
