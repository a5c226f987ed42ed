import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_LEDGER, FIXTURES, PACKET } from '../../hosts/test-desk.ts';
import {
  failing,
  fixture,
  isSound,
  type JudgedDesk,
  openJudgedDesk,
  TENANT,
  verdicts,
  waiting,
} from './judged-desk.ts';

const SOUND = waiting(isSound);

describe('evidence taken apart, verified and opened', () => {
  let desk: JudgedDesk;
  beforeAll(async () => {
    desk = await openJudgedDesk();
  });
  afterAll(() => desk.close());

  const piecesOf = async (target: typeof SOUND) => (await desk.client.escalation.get(target)).reports;
  const packetOf = async (target: typeof SOUND) => (await piecesOf(target)).find(({ kind }) => kind === 'vep');

  it('anatomy: claimed and computed root, and the keys that were tried', async () => {
    const packet = await packetOf(SOUND);
    const parts = await desk.client.evidence.anatomy({ ...SOUND, sha256: packet?.sha256 ?? '' });
    expect(parts).toMatchObject({ kind: 'vep', sha256: packet?.sha256, fault: null });
    expect(parts.root).toEqual({ claimed: packet?.root, computed: packet?.root });
    expect(parts.keys.map(({ name }) => name)).toContain('gate');
    const changed = waiting(failing('root'), 'clinic-research');
    const other = await desk.client.evidence.anatomy({ ...changed, sha256: (await packetOf(changed))?.sha256 ?? '' });
    expect(other.root.computed).not.toBe(other.root.claimed);
  });

  it('anatomy: of what the escalation has, and of packets only', async () => {
    const token = waiting((one) => one.token !== null);
    const sha256 = (await piecesOf(token)).find(({ kind }) => kind === 'token')?.sha256 ?? '';
    await expect(desk.client.evidence.anatomy({ ...token, sha256 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Another escalation's packet is not this one's to show (I5).
    const other = waiting((one) => isSound(one) && one.escalation_id !== SOUND.id);
    const foreign = (await packetOf(other))?.sha256 ?? '';
    await expect(desk.client.evidence.anatomy({ ...SOUND, sha256: foreign })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('verifies any dropped file with the tenant’s keys, and keeps nothing', async () => {
    const verify = (path: string, role: 'escalation' | 'resolution' = 'escalation') =>
      desk.client.evidence.verify_file({ tenant: TENANT, staged: desk.stage(path), role });
    const packet = await verify(PACKET);
    expect(packet).toMatchObject({ name: 'runtime-plain.vep', report: { kind: 'vep' }, anatomy: { kind: 'vep' } });
    expect(verdicts(packet.report)).toMatchObject({ structure: 'verified', root: 'verified', signature: 'verified' });
    const token = await verify(join(FIXTURES, 'tokens', 'v16-expired.json'));
    expect(token).toMatchObject({ report: { kind: 'token', verdict: 'failed' }, anatomy: null });
    const none = await verify(join(FIXTURES, 'ledgers', 'demo', 'index.json'));
    expect(none).toMatchObject({ report: { kind: 'unknown', verdict: 'failed' }, anatomy: null });
    expect((await verify(DEMO_LEDGER)).report.verdict).toBe('failed');
    const { tenants } = await desk.client.desk.info({});
    expect(tenants).toHaveLength(3);
    await expect(desk.client.evidence.verify_file({ tenant: TENANT, staged: randomUUID() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('opens a shadow intent’s commitment, and says that it binds 64 bits', async () => {
    const [opening] = fixture<{ commitment_hash: string; prompt: string; salt_hex: string }[]>(
      'shadow',
      'commitments.json',
    ).filter(({ prompt }) => prompt !== '');
    const capsule = JSON.parse(readFileSync(join(FIXTURES, 'capsules', 'shadow-circuit.json'), 'utf8'));
    capsule.intent.commitment_hash = opening?.commitment_hash;
    const path = desk.write(Buffer.from(JSON.stringify(capsule)));
    const { id } = SOUND;
    await desk.client.escalation.attach({ ...desk.acting(), id, files: [desk.stage(path)] });
    const sha256 = (await piecesOf(SOUND)).find(({ kind }) => kind === 'capsule')?.sha256 ?? '';
    const open = (prompt: string, piece = sha256) =>
      desk.client.evidence.open_commitment({ ...SOUND, sha256: piece, prompt, salt_hex: opening?.salt_hex ?? '' });
    const opened = await open(opening?.prompt ?? '');
    expect(opened).toMatchObject({ name: 'opening', verdict: 'verified', code: 'OPENED' });
    expect(opened.detail).toContain('64 bits');
    expect(await open(`${opening?.prompt} `)).toMatchObject({ verdict: 'failed', code: 'NOT_OPENED' });
    await expect(open('', (await packetOf(SOUND))?.sha256)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
