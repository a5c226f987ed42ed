import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecisionForm } from '../../../shared/contract/decision.ts';
import { FIXTURES } from '../../hosts/test-desk.ts';
import {
  failing,
  fixture,
  type Indexed,
  isSound,
  type JudgedDesk,
  openJudgedDesk,
  waiting,
} from '../evidence/judged-desk.ts';

type Form = Parameters<JudgedDesk['client']['decision']['decide']>[0]['form'];
const HASH = 'ab'.repeat(32);
const packets = fixture<{ file: string; checks: Record<string, string> }[]>('packets', 'expected.json');

describe('a decision against what was found of the evidence', () => {
  let desk: JudgedDesk;
  beforeAll(async () => {
    desk = await openJudgedDesk();
  });
  afterAll(() => desk.close());

  const approval = (given: Partial<Extract<Form, { outcome: 'approved' }>> = {}): Form => ({
    outcome: 'approved',
    reason: 'Checked by phone.',
    resolution: { kind: 'hash', vep_hash: HASH },
    ...given,
  });
  async function decide(target: { tenant: string; id: string }, form: Form) {
    const { escalation } = await desk.client.escalation.get(target);
    const { tenant, id } = target;
    return desk.client.decision.decide({ ...desk.acting(tenant), id, view_sha256: escalation.view_sha256, form });
  }
  const refusal = (call: Promise<unknown>) =>
    call.then(
      () => ({ code: 'done', failed: [] as string[] }),
      (error: { code: string; data: { details: { failed?: { check: string }[] } } }) => ({
        code: error.code,
        failed: (error.data.details.failed ?? []).map(({ check }) => check),
      }),
    );
  /** One that waits, is as asked, and no test has decided. */
  const used = new Set<string>();
  function fresh(is: (one: Indexed) => boolean, tenant?: string) {
    const target = waiting((one) => is(one) && !used.has(one.escalation_id), tenant);
    used.add(target.id);
    return target;
  }

  it.each(['structure', 'root', 'signature'])('an approval against a failed %s needs its name (I6)', async (check) => {
    const target = fresh(failing(check), check === 'root' ? 'clinic-research' : 'acme-payments');
    expect(await refusal(decide(target, approval()))).toEqual({ code: 'INTEGRITY_FAILED', failed: [check] });
    expect(await refusal(decide(target, approval({ overrides: ['pcrs'] })))).toMatchObject({ failed: [check] });
    expect((await desk.client.escalation.get(target)).escalation.decision).toBeNull();
    const decided = await decide(target, approval({ overrides: [check, 'aid'] }));
    // What was named and had not failed is no override.
    expect(decided.decision?.overrides).toEqual([check]);
  });

  it('a dead token is overridden by the name of its check', async () => {
    const dead = fresh(({ token, packet_checks }) => token?.lifecycle === 'failed' && packet_checks === null);
    expect(await refusal(decide(dead, approval()))).toEqual({
      code: 'INTEGRITY_FAILED',
      failed: ['token.lifecycle'],
    });
    const decided = await decide(dead, approval({ overrides: ['token.lifecycle'] }));
    expect(decided.decision?.overrides).toEqual(['token.lifecycle']);
  });

  it('a name that is no check’s is INVALID_INPUT', async () => {
    const target = waiting((one) => failing('structure')(one) && !used.has(one.escalation_id), 'northwind-ops');
    const unknown = { ...approval(), overrides: ['structure', 'everything'] } as Form;
    expect((await refusal(decide(target, unknown))).code).toBe('INVALID_INPUT');
  });

  it('rejecting, withdrawing and expiring need no overrides', async () => {
    const rejected = await decide(fresh(failing('structure'), 'northwind-ops'), { outcome: 'rejected', reason: 'No.' });
    expect(rejected.decision).toMatchObject({ outcome: 'rejected', overrides: [] });
    const target = fresh(failing('signature'), 'northwind-ops');
    const withdrawn = await decide(target, { outcome: 'withdrawn', reason: 'Gone.', overrides: ['signature', 'root'] });
    expect(withdrawn.decision).toMatchObject({ outcome: 'withdrawn', overrides: ['signature'] });
  });

  it('what is unchecked is recorded as accepted; who names it names all of it', async () => {
    const target = fresh(isSound);
    expect((await refusal(decide(target, approval({ accepted_unchecked: [] })))).code).toBe('CONFLICT');
    const decided = await decide(target, approval({ accepted_unchecked: ['pcrs', 'stark'] }));
    expect(decided.decision?.accepted_unchecked).toEqual(['pcrs']);
    const silent = await decide(fresh(isSound), approval());
    expect(silent.decision?.accepted_unchecked).toEqual(['pcrs']);
  });

  it.each(['structure', 'root'])(
    'a resolution packet that fails %s is refused whatever is overridden',
    async (check) => {
      const target = waiting((one) => isSound(one) && !used.has(one.escalation_id));
      const file = packets.find(({ checks }) => checks[check] === 'failed')?.file ?? '';
      const staged = desk.stage(join(FIXTURES, 'packets', file));
      const form = approval({
        resolution: { kind: 'packet', staged },
        overrides: ['structure', 'root', 'signature', 'escalation', 'aid', 'nonce', 'pcrs'],
      });
      expect((await refusal(decide(target, form))).code).toBe('INTEGRITY_FAILED');
      expect((await desk.client.escalation.get(target)).escalation.decision).toBeNull();
    },
  );

  it('a packet of another escalation needs the name of what it fails', async () => {
    const target = fresh(isSound);
    const other = waiting((one) => isSound(one) && one.escalation_id !== target.id);
    const { reports } = await desk.client.escalation.get(other);
    const foreign = reports.find(({ kind }) => kind === 'vep')?.sha256 ?? '';
    const piece = await desk.client.escalation.evidence({ ...other, sha256: foreign });
    const staged = desk.stage(desk.write(Buffer.from(piece.base64, 'base64')));
    const resolution = { kind: 'packet', staged } as const;
    const inspected = await desk.client.decision.inspect({ staged, target });
    const named = inspected.report?.checks.find(({ name }) => name === 'escalation');
    expect(named?.verdict).toBe('failed');
    expect(await refusal(decide(target, approval({ resolution })))).toEqual({
      code: 'INTEGRITY_FAILED',
      failed: ['escalation'],
    });
    const decided = await decide(target, approval({ resolution, overrides: ['escalation'] }));
    expect(decided.decision?.overrides).toEqual(['escalation']);
  });

  it("the request's own packet is refused, wrapped anew too", async () => {
    const target = waiting((one) => isSound(one) && !used.has(one.escalation_id));
    const { reports } = await desk.client.escalation.get(target);
    const own = reports.find(({ kind }) => kind === 'vep')?.sha256 ?? '';
    const piece = await desk.client.escalation.evidence({ ...target, sha256: own });
    const bytes = Buffer.from(piece.base64, 'base64');
    const overrides = ['escalation', 'signature'];
    for (const wrapped of [bytes, Buffer.concat([bytes, bytes.subarray(0, 76)])]) {
      const staged = desk.stage(desk.write(wrapped));
      const form = approval({ resolution: { kind: 'packet', staged }, overrides });
      expect((await refusal(decide(target, form))).code).toBe('INTEGRITY_FAILED');
    }
    const typed = approval({ resolution: { kind: 'hash', vep_hash: own }, overrides });
    expect((await refusal(decide(target, typed))).code).toBe('INTEGRITY_FAILED');
  });

  it('a typed hash of a packet that is attached already is judged by that packet', async () => {
    const target = fresh(isSound);
    const { tenant, id } = target;
    const stranger = packets.find(({ checks }) => checks.root === 'verified' && checks.signature === 'failed');
    const files = [desk.stage(join(FIXTURES, 'packets', stranger?.file ?? ''))];
    await desk.client.escalation.attach({ ...desk.acting(tenant), id, files, role: 'resolution' });
    const { reports } = await desk.client.escalation.get(target);
    const vep_hash = reports.find(({ role }) => role === 'resolution')?.sha256 ?? '';
    const typed = { resolution: { kind: 'hash', vep_hash } } as const;
    const asked = await refusal(decide(target, approval(typed)));
    expect(asked).toMatchObject({ code: 'INTEGRITY_FAILED' });
    expect(asked.failed).toContain('signature');
    const decided = await decide(target, approval({ ...typed, overrides: asked.failed }));
    expect(decided.decision?.overrides).toEqual(asked.failed);
  });

  it('a second decision is told so, whatever it would have had to name (I8)', async () => {
    const target = fresh(failing('structure'), 'northwind-ops');
    await decide(target, { outcome: 'rejected', reason: 'No.' } satisfies Partial<DecisionForm> as Form);
    expect((await refusal(decide(target, approval()))).code).toBe('ALREADY_DECIDED');
    expect((await desk.client.escalation.get(target)).escalation.dissents).toHaveLength(1);
  });
});
