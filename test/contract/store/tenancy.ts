import { expect, test } from 'vitest';
import type { OpenStore } from './describe-ledger-store.ts';
import { freshly } from './fresh.ts';
import { ADA, decisionOn, escalation, evidence, importRows, keyOf, pageQuery, request, writing } from './makers.ts';

export function tenancy(open: OpenStore): void {
  const fresh = freshly(open);

  test('I5: no operation sees, counts or touches another tenant', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1', {
      request: request(),
      evidence: [evidence('shared bytes')],
      tokenRoot: 'ee'.repeat(32),
    });
    await importRows(store, writing(clock, ADA, 'acme'), [row]);
    await importRows(store, writing(clock, ADA, 'beta'), [escalation('esc-2')]);
    const digest = (await store.read(keyOf(row), clock.now()))?.escalation.evidence[0]?.sha256 ?? '';
    const asBeta = keyOf(row, 'beta');
    expect(await store.read(asBeta, clock.now())).toBeNull();
    expect(await store.find('beta', 'esc-1')).toEqual([]);
    expect(await store.evidenceBytes('beta', digest)).toBeNull();
    expect(await store.evidenceBytes('acme', digest)).not.toBeNull();
    expect(await store.matchPacket('beta', { root: 'ee'.repeat(32), escalationId: 'esc-1' })).toEqual([]);
    expect((await store.page(pageQuery(clock, { tenant: 'beta', search: 'wire' }))).rows).toEqual([]);
    expect((await store.page(pageQuery(clock, { tenant: 'beta' }))).counts).toMatchObject({ active: 1 });
    const decision = await decisionOn(store, keyOf(row), clock);
    const foreign = writing(clock, ADA, 'beta');
    await expect(store.decide(foreign, { ...decision, key: asBeta })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.claim(foreign, { key: asBeta, untilMs: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store.page(pageQuery(clock, { tenant: 'nobody' }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('I5: a write names its tenant twice, and both must agree', async () => {
    const { store, clock } = await fresh();
    const row = escalation('esc-1');
    await importRows(store, writing(clock, ADA, 'acme'), [row]);
    await importRows(store, writing(clock, ADA, 'beta'), [row]);
    const decision = await decisionOn(store, keyOf(row, 'acme'), clock);
    await expect(store.decide(writing(clock, ADA, 'beta'), decision)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await store.page(pageQuery(clock, { tenant: 'beta' }))).counts.active).toBe(1);
  });

  test('one key may be used in each tenant', async () => {
    const { store, clock } = await fresh();
    const write = writing(clock, ADA, 'acme');
    await importRows(store, write, [escalation('esc-1')]);
    expect(await importRows(store, { ...write, tenant: 'beta' }, [escalation('esc-1')])).toMatchObject([
      { result: 'imported' },
    ]);
  });
}
