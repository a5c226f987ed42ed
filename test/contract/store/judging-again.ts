import { expect, test } from 'vitest';
import type { NewEscalation } from '../../../electron/store/ledger-store.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import {
  CLAIM_DIFFERS,
  changeKeys,
  check,
  idsToJudge,
  judge,
  judgementOn,
  KEY,
  ROW,
  report,
  shown,
  withRows,
} from './judge-makers.ts';
import {
  ADA,
  escalation,
  evidence,
  importRows,
  keyOf,
  minutes,
  pageQuery,
  request,
  resolvedUpstream,
  writing,
} from './makers.ts';

export function judgingAgain(open: OpenStore): void {
  const fresh = freshly(open);

  test('new evidence is judged before anything counts again; a source row and a judged resolution change nothing', async () => {
    const current = async (made: Fresh) => (await shown(made)).judgement.current;
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
      const made = await withRows(fresh);
      await judge(made.store, KEY, made.clock, 'failed');
      await made.store.attach(writing(made.clock), { key: KEY, evidence: [piece] });
      expect([piece.kind, piece.role, await current(made)]).toEqual([piece.kind, piece.role, stays]);
      expect((await shown(made)).judgement.verdict).toBe('failed');
      const verdicts = (await shown(made)).escalation.evidence.map(({ verdict }) => verdict);
      const own = piece.kind === 'source-row' ? null : stays ? 'verified' : 'unchecked';
      expect(verdicts).toEqual(stays ? ['failed', null, 'failed', own] : ['unchecked', null, 'unchecked', own]);
    }
  });

  test('I6: what is said of a token’s lifetime is not kept for good with a resolution', async () => {
    const made = await withRows(fresh);
    await judge(made.store, KEY, made.clock, 'verified');
    const lasting = report('verified', { checks: [check('verified', { name: 'token.lifecycle' })] });
    const piece = evidence('more', { role: 'resolution', report: lasting });
    await made.store.attach(writing(made.clock), { key: KEY, evidence: [piece] });
    expect((await shown(made)).judgement.current).toBe(false);
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
      const made = await withRows(fresh);
      await judge(made.store, KEY, made.clock, 'verified');
      await importRows(made.store, writing(made.clock), [row]);
      expect([row.record, (await shown(made)).judgement.current]).toEqual([row.record, stays]);
    }
  });

  test('a judgement of another state than is there now is left out, and stays to be judged', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    const read = await judgementOn(store, KEY, clock, 'verified');
    await store.attach(writing(clock), { key: KEY, evidence: [evidence('more')] });
    await store.saveJudgements('acme', [read], clock.now());
    expect((await shown(made)).judgement.judged_at).toBeNull();
    const later = await judgementOn(store, KEY, clock, 'verified');
    await changeKeys(made);
    await store.saveJudgements('acme', [later], clock.now());
    const other = await judgementOn(store, KEY, clock, 'verified');
    await importRows(store, writing(clock), [
      escalation('esc-1', { request: request({ target: 'ACC-2' }) }, { timestamp: minutes(1) }),
    ]);
    await store.saveJudgements('acme', [other, { ...other, key: { ...KEY, id: 'gone' } }], clock.now());
    expect((await shown(made)).judgement.judged_at).toBeNull();
    expect(await idsToJudge(store, clock)).toEqual(['esc-1']);
    const unfitting = { ...(await judgementOn(store, KEY, clock, 'verified')), reports: [] };
    await store.saveJudgements('acme', [unfitting], clock.now());
    expect(await idsToJudge(store, clock)).toEqual(['esc-1']);
  });

  test('I5: a judgement touches its own tenant alone', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    await importRows(store, writing(clock, ADA, 'beta'), [ROW]);
    const foreign = await judgementOn(store, keyOf(ROW, 'beta'), clock, 'failed');
    await store.saveJudgements('acme', [foreign], clock.now());
    await judge(store, keyOf(ROW, 'beta'), clock, 'failed');
    expect((await shown(made)).judgement.judged_at).toBeNull();
    expect((await store.page(pageQuery(clock))).counts.failed).toBe(0);
    expect((await store.page(pageQuery(clock, { tenant: 'beta' }))).counts.failed).toBe(1);
    expect(await idsToJudge(store, clock, { tenant: 'beta' })).toEqual([]);
    await changeKeys(made);
    expect(await idsToJudge(store, clock, { tenant: 'beta' })).toEqual([]);
  });

  test('I5: a judgement is kept under no other tenant’s name, however alike two escalations are', async () => {
    const bare = escalation('bare');
    const { store, clock } = await withRows(fresh, bare);
    await importRows(store, writing(clock, ADA, 'beta'), [bare]);
    const foreign = await judgementOn(store, keyOf(bare, 'beta'), clock, 'failed');
    expect(foreign.mark).toBe((await judgementOn(store, keyOf(bare), clock, 'failed')).mark);
    await store.saveJudgements('acme', [foreign], clock.now());
    expect((await store.page(pageQuery(clock))).counts.failed).toBe(0);
  });

  test('the version moves when a judgement comes out otherwise, not with the first one nor with the same again', async () => {
    const made = await withRows(fresh);
    const { store, clock } = made;
    const version = async () => Number((await shown(made)).escalation.version);
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
}
