import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecisionStatement } from '../../../electron/audit/statement/decision-statement.ts';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import { sha256Hex } from '../../../electron/features/writing.ts';
import type { WaivableCheck } from '../../../shared/domain/verdict.ts';
import { failing, isSound, type JudgedDesk, openJudgedDesk, TENANT, waiting } from '../evidence/judged-desk.ts';

type Input = Parameters<JudgedDesk['client']['decision']['decide']>[0];

describe('a decision in a tenant that waives checks by name', () => {
  let desk: JudgedDesk;
  beforeEach(async () => {
    desk = await openJudgedDesk();
  });
  afterEach(() => desk.close());

  const settings = () => desk.client.settings.get({ tenant: TENANT });
  async function waive(...waived_checks: WaivableCheck[]) {
    return desk.client.settings.set({ ...desk.acting(), settings: { ...(await settings()), waived_checks } });
  }
  const escalationOf = async (id: string) => (await desk.client.escalation.get({ tenant: TENANT, id })).escalation;
  /** An approval as the window sends it: what was ticked is named. */
  async function approving(id: string, ...accepted_unchecked: string[]): Promise<Input> {
    const { view_sha256 } = await escalationOf(id);
    const resolution = { kind: 'hash', vep_hash: 'ab'.repeat(32) } as const;
    const form = { outcome: 'approved', reason: 'Checked by phone.', resolution, accepted_unchecked } as const;
    return { ...desk.acting(), id, view_sha256, form: { ...form } };
  }
  async function statementOf(id: string) {
    const { proof } = await desk.client.escalation.get({ tenant: TENANT, id });
    const event = await desk.client.log.get({ tenant: TENANT, seq: proof?.seq ?? '' });
    return DecisionStatement.parse(JSON.parse(event.statement?.payload ?? 'null')).predicate;
  }
  /** Its packet is sound; only its PCRs have no baseline. */
  const sound = waiting(isSound).id;

  it('need not name them; they are recorded as accepted, and the statement names the settings that say so (I9)', async () => {
    await expect(desk.client.decision.decide(await approving(sound))).rejects.toMatchObject({ code: 'CONFLICT' });
    const plain = sha256Hex(jcs(await settings()));
    const waiving = sha256Hex(jcs(await waive('pcrs')));
    const decided = await desk.client.decision.decide(await approving(sound));
    expect(decided.decision).toMatchObject({ accepted_unchecked: ['pcrs'], overrides: [] });
    const statement = await statementOf(sound);
    expect(statement).toMatchObject({ accepted_unchecked: ['pcrs'], overrides: [], settings: waiving });
    expect(statement.settings).not.toBe(plain);
    // What is waived is worth no more than before: nothing is verified by a waiver (I6).
    expect(statement.verdicts[0]?.checks).toContainEqual(
      expect.objectContaining({ name: 'pcrs', verdict: 'unchecked' }),
    );
  });

  it('names every other that stands unchecked', async () => {
    await waive('stark', 'nonce', 'token.binding');
    await expect(desk.client.decision.decide(await approving(sound))).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { details: { unchecked: ['pcrs'] } },
    });
    expect((await escalationOf(sound)).decision).toBeNull();
  });

  it('overrides a waived check that failed by its name, as any other (I6)', async () => {
    await waive('signature', 'pcrs');
    const { id } = waiting(failing('signature'));
    await expect(desk.client.decision.decide(await approving(id))).rejects.toMatchObject({ code: 'INTEGRITY_FAILED' });
    const input = await approving(id);
    const decided = await desk.client.decision.decide({ ...input, form: { ...input.form, overrides: ['signature'] } });
    expect(decided.decision).toMatchObject({ overrides: ['signature'], accepted_unchecked: ['pcrs'] });
  });

  it('under settings that waive no more, what nobody accepted is not recorded: the form stays', async () => {
    await waive('pcrs');
    const opened = await approving(sound);
    await waive();
    await expect(desk.client.decision.decide(opened)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await escalationOf(sound)).decision).toBeNull();
  });

  it('a waiver that goes while a decision is held takes it back; one that was named stands (S68)', async () => {
    await waive('pcrs');
    const { pending } = await desk.client.decision.hold(await approving(sound));
    await waive();
    const end = { ...desk.acting(), pending_id: pending?.pending_id ?? '' };
    await expect(desk.client.decision.record_now(end)).rejects.toMatchObject({ code: 'CONFLICT' });
    const draft = await desk.client.decision.draft({ tenant: TENANT, id: sound, by: desk.by });
    expect(draft).toMatchObject({ reason: 'Checked by phone.', saved_because: 'conflict' });

    await waive('pcrs');
    const named = await desk.client.decision.hold(await approving(sound, 'pcrs'));
    await waive();
    const again = { ...desk.acting(), pending_id: named.pending?.pending_id ?? '' };
    const recorded = await desk.client.decision.record_now(again);
    expect(recorded.decision?.accepted_unchecked).toEqual(['pcrs']);
  });

  it('a waiver that comes while the form is open takes nothing from what was accepted by name', async () => {
    const opened = await approving(sound, 'pcrs');
    await waive('pcrs');
    expect((await desk.client.decision.decide(opened)).decision?.accepted_unchecked).toEqual(['pcrs']);
  });
});
