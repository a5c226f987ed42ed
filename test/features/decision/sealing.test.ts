import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trustOf } from '../../../electron/evidence/trust/trust-file.ts';
import { verifyEvidence } from '../../../electron/evidence/verify.ts';
import type { OwnKey } from '../../../shared/contract/keys.ts';
import { instantFromEpochMillis } from '../../../shared/domain/instant.ts';
import { FIXTURES } from '../../hosts/test-desk.ts';
import {
  failing,
  isSound,
  type JudgedDesk,
  openJudgedDesk,
  PATIENTLY,
  TENANT,
  verdicts,
  waiting,
} from '../evidence/judged-desk.ts';

const SECOND = 1000;
const SOUND = waiting(isSound);
const WITHOUT_PACKET = waiting(({ packet_checks, token }) => packet_checks === null && token === null);

describe('a decision that the desk seals', () => {
  let desk: JudgedDesk;
  let key: OwnKey;
  beforeEach(async () => {
    desk = await openJudgedDesk();
    key = await desk.client.keys.make({ ...desk.acting(), name: 'Ada' });
    await desk.atRest();
  });
  afterEach(() => desk.close());

  type Target = typeof SOUND;
  const show = (target: Target) => desk.client.escalation.get(target);
  const sealing = { outcome: 'approved', reason: 'Checked.', resolution: { kind: 'seal' } } as const;
  const halting = { outcome: 'rejected', reason: 'No.', seal: {} } as const;
  async function input(target: Target, form: typeof sealing | typeof halting) {
    const { escalation } = await show(target);
    return { ...desk.acting(), ...target, view_sha256: escalation.view_sha256, form };
  }
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  async function sealedBytes(target: Target, sha256?: string): Promise<Buffer> {
    const { base64 } = await desk.client.escalation.evidence({
      ...target,
      ...(sha256 === undefined ? {} : { sha256 }),
    });
    return Buffer.from(base64, 'base64');
  }
  const pillarsOf = async (target: Target, sha256: string) => {
    const { pillars, header } = await desk.client.evidence.anatomy({ ...target, sha256 });
    const said = Object.fromEntries(pillars.map(({ name, json }) => [name, JSON.parse(json ?? 'null')]));
    return { header, ...said } as Record<string, Record<string, unknown>>;
  };

  it('approved: a packet of its own resolves it, and verifies as this escalation’s (I4, I6)', async () => {
    const before = await show(SOUND);
    const asked = await input(SOUND, sealing);
    const { record, decision, evidence } = await desk.client.decision.decide(asked);
    const sha256 = record.resolution_vep_hash ?? '';
    expect(decision).toMatchObject({ outcome: 'approved', sealed: true, vep_hash: sha256 });
    expect(evidence).toContainEqual(expect.objectContaining({ sha256, role: 'resolution', verdict: 'verified' }));
    const { reports, resolution } = await show(SOUND);
    const report = reports.find((one) => one.sha256 === sha256);
    expect(report).toMatchObject({ key: { purpose: 'reviewer', public_hex: key.public_hex } });
    expect(resolution).toMatchObject({ vep_hash: sha256, verdict: 'verified' });
    const request = before.reports.find(({ kind }) => kind === 'vep');
    const said = await pillarsOf(SOUND, sha256);
    const original = await pillarsOf(SOUND, request?.sha256 ?? '');
    expect(said.intent).toEqual(original.intent);
    expect(said.authority).toMatchObject({
      escalation_id: SOUND.id,
      outcome: 'ALLOW',
      reason_code: 'OTHER',
      trace_root: request?.root,
      nonce: said.header?.nonce,
    });
    expect(said.authority?.nonce).toMatch(/^(0|[1-9]\d{0,19})$/);
    expect(said.identity).toMatchObject({ aid: key.public_hex });
    const { own } = await desk.client.keys.list({ tenant: TENANT });
    expect(said.witness).toEqual({
      chora_node_id: own.find(({ purpose }) => purpose === 'desk')?.fingerprint,
      receipt_hash: asked.view_sha256,
      timestamp: Math.floor(desk.clock.now() / 1000),
    });
  });

  it('verifies for who has the reviewer’s public key and nothing of this desk', async () => {
    await desk.client.decision.decide(await input(SOUND, sealing));
    const bytes = await sealedBytes(SOUND);
    const at = instantFromEpochMillis(desk.clock.now());
    if (at === null) throw new Error('no instant');
    const trust = trustOf([{ name: 'Ada', purpose: 'reviewer', public_hex: key.public_hex }]);
    const report = verifyEvidence(bytes, { at, trust, role: 'resolution' });
    expect(report).toMatchObject({ kind: 'vep', verdict: 'verified', profile: 'vex-0.3', generation: '1.7' });
    // As a request's evidence it is nothing: a reviewer is no gate.
    expect(verdicts(verifyEvidence(bytes, { at, trust, role: 'escalation' }))).toMatchObject({ signature: 'failed' });
  });

  it('rejected: the packet stands in the decision, and the record takes no resolution', async () => {
    const { record, decision } = await desk.client.decision.decide(await input(SOUND, halting));
    expect(record).toMatchObject({ status: 'EXPIRED' });
    expect(record.resolution_vep_hash).toBeUndefined();
    expect(decision).toMatchObject({ outcome: 'rejected', sealed: true });
    const sha256 = decision?.vep_hash ?? '';
    expect((await pillarsOf(SOUND, sha256)).authority).toMatchObject({ outcome: 'HALT', escalation_id: SOUND.id });
    expect((await show(SOUND)).resolution).toMatchObject({ vep_hash: sha256, verdict: 'verified' });
  });

  it('what brought no packet cannot be sealed, and says so beforehand', async () => {
    expect((await show(WITHOUT_PACKET)).cannot_seal).toBe(
      'The request brought no packet, so there is no intent to seal.',
    );
    expect((await show(SOUND)).cannot_seal).toBeNull();
    expect((await show(waiting(failing('structure')))).cannot_seal).toContain('cannot be read');
    expect((await show(waiting(failing('root'), 'clinic-research'))).cannot_seal).toBeNull();
    expect(await codeOf(desk.client.decision.decide(await input(WITHOUT_PACKET, sealing)))).toBe('INVALID_INPUT');
    expect(await codeOf(desk.client.decision.hold(await input(WITHOUT_PACKET, halting)))).toBe('INVALID_INPUT');
    expect((await show(WITHOUT_PACKET)).escalation.decision).toBeNull();
  });

  it('needs a key of the reviewer’s own that is unlocked', async () => {
    await desk.client.keys.lock({ ...desk.acting(), key_id: key.key_id });
    expect(await codeOf(desk.client.decision.decide(await input(SOUND, sealing)))).toBe('UNAUTHORIZED');
    expect(await codeOf(desk.client.decision.hold(await input(SOUND, sealing)))).toBe('UNAUTHORIZED');
    const { profile_id: by } = await desk.client.profile.make({ idempotency_key: randomUUID(), name: 'Grace Hopper' });
    expect(await codeOf(desk.client.decision.decide({ ...(await input(SOUND, sealing)), by }))).toBe('INVALID_INPUT');
    expect((await show(SOUND)).escalation.decision).toBeNull();
  });

  it('sent twice under one key it is sealed once', async () => {
    const asked = await input(SOUND, sealing);
    const first = await desk.client.decision.decide(asked);
    expect(await desk.client.decision.decide(asked)).toEqual(first);
    expect((await show(SOUND)).escalation.dissents).toEqual([]);
    expect(await codeOf(desk.client.decision.decide({ ...asked, form: { ...sealing, reason: 'Other.' } }))).toBe(
      'INVALID_INPUT',
    );
  });

  it('held, it is sealed when the hold ends, over the view that was shown', async () => {
    const asked = await input(SOUND, sealing);
    await desk.client.decision.hold(asked);
    expect((await show(SOUND)).reports.some(({ role }) => role === 'resolution')).toBe(false);
    desk.clock.pass(10 * SECOND);
    await vi.waitFor(async () => expect((await show(SOUND)).escalation.decision).not.toBeNull(), PATIENTLY);
    const { escalation } = await show(SOUND);
    const said = await pillarsOf(SOUND, escalation.record.resolution_vep_hash ?? '');
    expect(said.witness).toMatchObject({ receipt_hash: asked.view_sha256 });
  });

  it('a key that locks meanwhile keeps it pending and says so; unlocked, it is recorded', async () => {
    const { pending } = await desk.client.decision.hold(await input(SOUND, sealing));
    expect(pending?.waits_for).toBeNull();
    await desk.client.keys.lock({ ...desk.acting(), key_id: key.key_id });
    desk.clock.pass(10 * SECOND);
    await vi.waitFor(
      async () => expect((await show(SOUND)).pending).toMatchObject({ waits_for: 'key', left_ms: 0 }),
      PATIENTLY,
    );
    expect(await desk.client.decision.pending({ tenant: TENANT })).toMatchObject([{ waits_for: 'key' }]);
    const end = { ...desk.acting(), pending_id: pending?.pending_id ?? '' };
    expect(await codeOf(desk.client.decision.record_now(end))).toBe('UNAUTHORIZED');
    expect((await show(SOUND)).escalation.decision).toBeNull();
    await desk.client.keys.unlock({ ...desk.acting(), key_id: key.key_id });
    const recorded = await desk.client.decision.record_now(end);
    expect(recorded.decision).toMatchObject({ outcome: 'approved', sealed: true });
    expect(await desk.client.decision.pending({ tenant: TENANT })).toEqual([]);
  });

  it('one that waits for its key can still be taken back, and remembers how it was to be made', async () => {
    const { pending } = await desk.client.decision.hold(await input(SOUND, sealing));
    await desk.client.keys.lock({ ...desk.acting(), key_id: key.key_id });
    desk.clock.pass(10 * SECOND);
    await vi.waitFor(async () => expect((await show(SOUND)).pending).toMatchObject({ waits_for: 'key' }), PATIENTLY);
    const draft = await desk.client.decision.cancel({ ...desk.acting(), pending_id: pending?.pending_id ?? '' });
    expect(draft).toMatchObject({ outcome: 'approved', resolution: 'seal', saved_because: 'undone' });
    expect((await show(SOUND)).pending).toBeNull();
  });

  it('a key whose trust ended in the tenant meanwhile signs nothing: the form is kept as a draft', async () => {
    await desk.client.decision.hold(await input(SOUND, sealing));
    await desk.client.keys.revoke_own({ ...desk.acting(), key_id: key.key_id, reason: 'Lost my laptop.' });
    desk.clock.pass(10 * SECOND);
    await vi.waitFor(
      async () =>
        expect(await desk.client.decision.draft({ ...SOUND, by: desk.by })).toMatchObject({
          saved_because: 'conflict',
        }),
      PATIENTLY,
    );
    expect((await show(SOUND)).escalation.decision).toBeNull();
  });

  it('seals with a key that was made in this very second', async () => {
    desk.clock.pass(1700);
    await desk.client.keys.make({ ...desk.acting(), name: 'Ada anew' });
    await desk.atRest();
    const { decision } = await desk.client.decision.decide(await input(SOUND, sealing));
    expect(decision).toMatchObject({ sealed: true });
  });

  it('too late it is a dissent, and the decision stands (I8)', async () => {
    const first = await desk.client.decision.decide(await input(SOUND, halting));
    expect(await codeOf(desk.client.decision.decide(await input(SOUND, sealing)))).toBe('ALREADY_DECIDED');
    const { escalation } = await show(SOUND);
    expect(escalation.decision).toEqual(first.decision);
    expect(escalation.dissents).toMatchObject([{ outcome: 'approved', source: 'desk' }]);
  });

  it.each([
    ['shadow.vep', 'commitment_hash'],
    ['token-in-intent.vep', 'continuation_token'],
    ['v16-full.vep', 'request_sha256'],
    ['magpie-segment-only.vep', 'request_sha256'],
  ])('answers the intent of %s as it stands', async (file, member) => {
    const staged = desk.stage(join(FIXTURES, 'packets', file));
    await desk.client.escalation.attach({ ...desk.acting(), ...WITHOUT_PACKET, files: [staged], role: 'escalation' });
    const { reports } = await show(WITHOUT_PACKET);
    const overrides = [...new Set(reports.flatMap(({ checks }) => checks.map(({ name }) => name)))];
    const asked = await input(WITHOUT_PACKET, sealing);
    const decided = await desk.client.decision.decide({ ...asked, form: { ...sealing, overrides } });
    const sha256 = decided.record.resolution_vep_hash ?? '';
    const [said, original] = [
      await pillarsOf(WITHOUT_PACKET, sha256),
      await pillarsOf(WITHOUT_PACKET, reports[0]?.sha256 ?? ''),
    ];
    expect(said.intent).toEqual(original.intent);
    expect(said.intent).toHaveProperty(member);
    const sealed = (await show(WITHOUT_PACKET)).reports.find((report) => report.sha256 === sha256);
    const must = ['structure', 'root', 'signature', 'aid', 'nonce', 'escalation'] as const;
    for (const name of must) expect(verdicts(sealed)[name]).toBe('verified');
  });
});
