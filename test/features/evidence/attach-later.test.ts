import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIXTURES, PACKET } from '../../hosts/test-desk.ts';
import { fixture, isSound, type JudgedDesk, openJudgedDesk, TENANT, waiting } from './judged-desk.ts';

const TARGET = waiting(isSound);
const OTHER = waiting((one) => isSound(one) && one.escalation_id !== TARGET.id);
const packets = fixture<{ file: string; checks: Record<string, string> }[]>('packets', 'expected.json');
const BROKEN = join(FIXTURES, 'packets', packets.find(({ checks }) => checks.root === 'failed')?.file ?? '');

/** A hash that was typed is worth what its packet is, once that is there. */
describe('a typed hash whose packet comes later', () => {
  let desk: JudgedDesk;
  beforeEach(async () => {
    desk = await openJudgedDesk();
  });
  afterEach(() => desk.close());

  const show = () => desk.client.escalation.get(TARGET);
  const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  async function approveWith(vep_hash: string, target = TARGET) {
    const { escalation } = await desk.client.escalation.get(target);
    const form = { outcome: 'approved', reason: 'It follows.', resolution: { kind: 'hash', vep_hash } } as const;
    const view = { view_sha256: escalation.view_sha256, form };
    return desk.client.decision.decide({ ...desk.acting(), ...target, ...view });
  }
  const attach = (path: string) =>
    desk.client.escalation.attach({ ...desk.acting(), ...TARGET, files: [desk.stage(path)], role: 'resolution' });

  /** A packet that was sealed for the target, and recorded nowhere. */
  async function sealedFor(target: typeof TARGET): Promise<Uint8Array> {
    const other = await openJudgedDesk();
    await other.client.keys.make({ ...other.acting(), name: 'Grace' });
    const { escalation } = await other.client.escalation.get(target);
    const form = { outcome: 'approved', reason: 'Yes.', resolution: { kind: 'seal' } } as const;
    const view = { view_sha256: escalation.view_sha256, form };
    await other.client.decision.decide({ ...other.acting(), ...target, ...view });
    const { base64 } = await other.client.escalation.evidence(target);
    const { own } = await other.client.keys.list({ tenant: TENANT });
    const key = own.find(({ purpose }) => purpose === 'reviewer');
    await other.close();
    await desk.pin(TENANT, [{ name: 'Grace', purpose: 'reviewer', public_hex: key?.public_hex ?? '' }]);
    await desk.atRest();
    return Buffer.from(base64, 'base64');
  }

  it('is unchecked while it is not attached, then verified', async () => {
    const bytes = await sealedFor(TARGET);
    await approveWith(shaOf(bytes));
    expect((await show()).resolution).toEqual({
      vep_hash: shaOf(bytes),
      verdict: 'unchecked',
      detail: 'packet not attached',
    });
    const { decision } = await attach(desk.write(bytes));
    expect(decision).toMatchObject({ outcome: 'approved', sealed: false });
    expect((await show()).resolution).toMatchObject({ vep_hash: shaOf(bytes), verdict: 'verified' });
  });

  it('or failed, by the first check that failed', async () => {
    const bytes = readFileSync(BROKEN);
    await approveWith(shaOf(bytes));
    await attach(BROKEN);
    expect((await show()).resolution).toEqual({ vep_hash: shaOf(bytes), verdict: 'failed', detail: 'root' });
  });

  it('another packet does not count for it, however well it verifies', async () => {
    const bytes = await sealedFor(TARGET);
    await approveWith(shaOf(readFileSync(PACKET)));
    const attached = await attach(desk.write(bytes));
    expect(attached.evidence.find(({ sha256 }) => sha256 === shaOf(bytes))?.verdict).toBe('verified');
    expect((await show()).resolution).toMatchObject({ verdict: 'unchecked', detail: 'packet not attached' });
  });

  it('a packet that was sealed for another escalation is named so, and needs that name (I6)', async () => {
    const bytes = await sealedFor(OTHER);
    const staged = desk.stage(desk.write(bytes));
    const { report } = await desk.client.decision.inspect({ staged, target: TARGET });
    expect(report?.checks.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name)).toEqual([
      'escalation',
    ]);
    const { escalation } = await show();
    const asked = (overrides: string[]) => ({
      ...desk.acting(),
      ...TARGET,
      view_sha256: escalation.view_sha256,
      form: { outcome: 'approved', reason: 'Yes.', resolution: { kind: 'packet', staged }, overrides } as const,
    });
    await expect(desk.client.decision.decide(asked(['signature']))).rejects.toMatchObject({
      code: 'INTEGRITY_FAILED',
      data: { details: { failed: [{ check: 'escalation', sha256: shaOf(bytes) }] } },
    });
    const decided = await desk.client.decision.decide(asked(['escalation']));
    expect(decided.decision).toMatchObject({ overrides: ['escalation'] });
    expect((await show()).resolution).toMatchObject({ verdict: 'failed', detail: 'escalation' });
  });
});
