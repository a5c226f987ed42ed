import { expect, test } from 'vitest';
import { readDecision } from '../../../electron/audit/statement/decision-statement.ts';
import { readEnvelope } from '../../../electron/audit/statement/dsse.ts';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import type { LedgerStore, NewDecision, Write } from '../../../electron/store/ledger-store.ts';
import type { OpenStore } from './describe-ledger-store.ts';
import { type Fresh, freshly } from './fresh.ts';
import { approval, BOB, decisionOn, escalation, importRows, keyOf, request, writing } from './makers.ts';
import { statementOf } from './signing.ts';

const KEY = keyOf(escalation('one'));
type Leaf = { readonly v: number; readonly envelope: unknown; readonly fields: Record<string, string> } & Record<
  string,
  unknown
>;

async function leafOf(store: LedgerStore, kind: string): Promise<Leaf> {
  const [row] = await store.logRows({ tenant: 'acme', kinds: [kind], limit: 1 });
  return JSON.parse(Buffer.from(row?.leaf ?? []).toString()) as Leaf;
}

function predicateIn({ envelope }: Leaf) {
  const read = readDecision(readEnvelope(jcs(envelope)) ?? expect.fail('no envelope'));
  return read.ok ? read.statement.predicate : expect.fail(read.why);
}

export function statements(open: OpenStore): void {
  const fresh = freshly(open);
  const withOne = async (): Promise<Fresh> => {
    const made = await fresh();
    await importRows(made.store, writing(made.clock), [escalation('one', { request: request({ policy: 'P-7' }) })]);
    return made;
  };
  const decideWith = async (
    { raw, clock }: Fresh,
    sign: (uid: string, write: Write, decision: NewDecision) => NewDecision,
  ) => {
    const write = writing(clock);
    const decision = await decisionOn(raw, KEY, clock, { ...approval, overrides: ['root'] });
    return raw.decide(write, sign((await raw.logHead('acme')).uid, write, decision)).then(
      () => 'done',
      (error: { code?: string; details?: { differs?: string } }) => error.details?.differs ?? error.code,
    );
  };

  test('I9: a decision’s event holds its statement, which commits to the same values under the same salts', async () => {
    const made = await withOne();
    const done = await decideWith(made, (uid, write, decision) => ({
      ...decision,
      statement: statementOf(uid, write, decision, { policy: 'P-7' }),
    }));
    expect(done).toBe('done');
    const leaf = await leafOf(made.store, 'decision.recorded');
    const { escalation_id, reason, reviewer, policy, view_sha256 } = predicateIn(leaf);
    expect(leaf).toMatchObject({
      v: 2,
      signed_by: 'desk',
      view_sha256,
      fields: { escalation_id, reason, reviewer, policy },
    });
    expect((await made.store.read(KEY, made.clock.now()))?.escalation.decision?.signed).toBe(true);
  });

  test('without a statement nothing is recorded: INTERNAL', async () => {
    const made = await withOne();
    expect(await decideWith(made, (_uid, _write, decision) => decision)).toBe('INTERNAL');
    expect((await made.store.read(KEY, made.clock.now()))?.escalation.decision).toBeNull();
    expect((await made.store.logHead('acme')).size).toBe(1);
  });

  test.each<[string, (decision: NewDecision, write: Write) => [NewDecision, Write]]>([
    ['view_sha256', (decision, write) => [{ ...decision, viewSha256: 'cd'.repeat(32) }, write]],
    ['event', (decision, write) => [{ ...decision, key: { ...KEY, event: KEY.event.replace('0001', '0002') } }, write]],
    ['outcome', (decision, write) => [{ ...decision, outcome: 'withdrawn' }, write]],
    ['reason_code', (decision, write) => [{ ...decision, reasonCode: 'WITHIN_POLICY' }, write]],
    ['decided_at', (decision, write) => [decision, { ...write, now: write.now + 1 }]],
    ['overrides', (decision, write) => [{ ...decision, overrides: [] }, write]],
    ['accepted_unchecked', (decision, write) => [{ ...decision, acceptedUnchecked: ['stark'] }, write]],
    ['escalation_id', (decision, write) => [{ ...decision, key: { ...KEY, id: 'another' } }, write]],
    ['reason', (decision, write) => [{ ...decision, reason: 'Another reason.' }, write]],
    ['reviewer', (decision, write) => [{ ...decision, reviewer: 'Bob' }, write]],
  ])('I9: a statement with another %s is refused, and nothing is recorded', async (differs, change) => {
    const made = await withOne();
    const answer = await decideWith(made, (uid, write, decision) => {
      const [otherDecision, otherWrite] = change(decision, write);
      return { ...decision, statement: statementOf(uid, otherWrite, otherDecision) };
    });
    expect(answer).toBe(differs);
    expect((await made.store.logHead('acme')).size).toBe(1);
  });

  test('I9: so is one of another tenant, one that commits under other salts, one signed by two, and none at all', async () => {
    const made = await withOne();
    const sign = (change: (statement: NonNullable<NewDecision['statement']>) => object) =>
      decideWith(made, (uid, write, decision) => {
        const statement = statementOf(uid, write, decision, { policy: 'P-7' });
        return { ...decision, statement: { ...statement, ...change(statement) } };
      });
    const other = Buffer.alloc(32, 7);
    expect(
      await Promise.all([
        decideWith(made, (_uid, write, decision) => ({
          ...decision,
          statement: statementOf(KEY.event, write, decision),
        })),
        sign(({ salts }) => ({ salts: { ...salts, reason: other } })),
        sign(({ salts }) => ({ salts: { ...salts, policy: other } })),
        sign(() => ({ salts: {} })),
        sign(() => ({ signedBy: 'reviewer' })),
        sign(({ envelope }) => ({
          envelope: { ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] },
        })),
        sign(({ envelope }) => ({ envelope: { ...envelope, payload: Buffer.from('{}') } })),
      ]),
    ).toEqual(['tenant', 'reason', 'policy', 'escalation_id', 'signed_by', 'form', 'form']);
    expect((await made.store.logHead('acme')).size).toBe(1);
  });

  test('I8: a decision that comes too late keeps its statement in the dissent’s event', async () => {
    const made = await withOne();
    const { store, clock } = made;
    const decision = await decisionOn(store, KEY, clock);
    await store.decide(writing(clock), decision);
    const late = { ...decision, reason: 'Not so.', reviewer: 'Bob' };
    await expect(store.decide(writing(clock, BOB), late)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    const leaf = await leafOf(store, 'dissent.recorded');
    const { reason, reviewer, escalation_id } = predicateIn(leaf);
    expect(leaf).toMatchObject({ v: 2, signed_by: 'desk', fields: { reason, reviewer, escalation_id } });
    const [row] = await store.logRows({ tenant: 'acme', kinds: ['dissent.recorded'], limit: 1 });
    const fields = (await store.logEvent('acme', row?.seq ?? -1))?.fields ?? [];
    expect(fields.find(({ name }) => name === 'reason')?.value).toEqual(Buffer.from('"Not so."'));
  });

  test('how a view was read is kept with the hold; the statement is made when it is due', async () => {
    const { store, clock } = await withOne();
    const seen = { shown_at: '2026-11-15T11:59:00Z', opened: [{ sha256: 'ab'.repeat(32), ms: 4200 }] };
    const decision = await decisionOn(store, KEY, clock, { seen });
    const draft = { outcome: 'rejected', reason: 'No.', reason_code: 'OTHER', vep_hash: '', event_id: '' } as const;
    await store.hold(writing(clock), {
      pendingId: KEY.event,
      owner: 'desk-1',
      dueAtMs: clock.now() + 1000,
      decision: { ...decision, statement: statementOf(KEY.event, writing(clock), decision) },
      draft: { ...draft, resolution: 'hash', saved_because: 'typing' },
    });
    expect((await store.readPending('acme', KEY.event))?.decision).toMatchObject({ seen, statement: null });
  });
}
