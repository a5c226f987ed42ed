import { expect, test } from 'vitest';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { changeKeys, idsToJudge, judge, judgementOn, KEY, ROW, withRows } from './judge-makers.ts';
import { escalation, evidence, keyOf, MINUTE } from './makers.ts';

export function toJudge(open: OpenStore): void {
  const fresh = freshly(open);

  test('all that is to be judged is found once, in batches of any size', async () => {
    const rows = Array.from({ length: 25 }, (_, n) =>
      escalation(`esc-${n}`, n % 5 === 0 ? {} : { evidence: [evidence(`packet ${n}`)] }),
    );
    const made = await withRows(fresh, ...rows);
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
    await changeKeys(made);
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
      const { store, clock } = await withRows(fresh, ...rows);
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
    const { store, clock } = await withRows(fresh, ROW, escalation('esc-2'));
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
