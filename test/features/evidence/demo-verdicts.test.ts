import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PieceReport } from '../../../shared/contract/escalation.ts';
import { worstVerdict } from '../../../shared/domain/verdict.ts';
import { DEMO, type Indexed, type JudgedDesk, openJudgedDesk, TENANTS, verdicts } from './judged-desk.ts';

describe('the demo ledger, verified in the desk', () => {
  let desk: JudgedDesk;
  beforeAll(async () => {
    desk = await openJudgedDesk();
  });
  afterAll(() => desk.close());

  const open = ({ tenant, escalation_id: id }: Indexed) => desk.client.escalation.get({ tenant, id });

  it.each(DEMO)('$tenant $escalation_id: packet and token are worth what index.json says', async (indexed) => {
    const { escalation, reports, judgement } = await open(indexed);
    const packet = reports.find(({ sha256 }) => sha256 === indexed.packet_sha256);
    expect(packetVerdicts(verdicts(packet))).toEqual(packetVerdicts(indexed.packet_checks ?? {}));
    const token = reports.find(({ kind }) => kind === 'token');
    expect(tokenVerdicts(token)).toEqual(indexed.token);
    expect(judgement.current).toBe(true);
    expect(escalation.evidence.filter(({ kind }) => kind !== 'source-row').map(({ verdict }) => verdict)).toEqual(
      reports.map(({ verdict }) => verdict),
    );
  });

  it('rows of the queue say the same as the page, and are filtered by it (I10)', async () => {
    for (const tenant of TENANTS) {
      const { rows, counts } = await desk.client.queue.list({ tenant, status: 'all', limit: 1000 });
      for (const row of rows) {
        const { judgement, reports } = await desk.client.escalation.get({ tenant, id: row.id, event: row.event });
        expect(row.evidence).toMatchObject({ verdict: judgement.verdict, detail: judgement.detail });
        const own = reports.filter(({ role }) => role === 'escalation').map(({ verdict }) => verdict);
        if (own.includes('failed')) expect(judgement.verdict).toBe('failed');
        else expect(judgement.verdict).toBe(row.evidence.packets === 0 ? 'unchecked' : worstVerdict(own));
      }
      const active = await desk.client.queue.list({ tenant, view: 'failed', limit: 1000 });
      expect(active.rows.length).toBe(counts.failed);
      expect(counts.failed).toBeGreaterThan(0);
      expect(active.rows.every(({ evidence }) => evidence.verdict === 'failed')).toBe(true);
    }
  });

  it('only what equals a signed intent is shown as signed (I6)', async () => {
    for (const indexed of DEMO.filter(({ packet_checks }) => packet_checks !== null)) {
      const { escalation } = await open(indexed);
      const { root, signature } = indexed.packet_checks ?? {};
      if (root !== 'verified' || signature !== 'verified') expect(escalation.request?.signed ?? []).toEqual([]);
    }
  });
});

describe('the demo ledger before a key is pinned', () => {
  it('nothing is verified and no signature is (I6); pinning verifies it again and lists what changed', async () => {
    const desk = await openJudgedDesk({ pinned: false });
    for (const tenant of TENANTS) {
      const { rows } = await desk.client.queue.list_in_full({ tenant, status: 'all', limit: 1000 });
      const all = rows.flatMap(({ evidence }) => evidence);
      expect(all.some(({ verdict }) => verdict === 'verified')).toBe(false);
    }
    await desk.pin('northwind-ops');
    const job = await desk.atRest();
    expect(job).toMatchObject({ kind: 'verify', state: 'done', tenant: 'northwind-ops' });
    const result = job?.verify_result;
    expect(result?.judged).toBe(40);
    expect((result?.verified ?? 0) + (result?.failed ?? 0) + (result?.unchecked ?? 0)).toBe(40);
    // Signatures by strangers are failures now that the gate's key is known.
    const stranger = DEMO.find(
      ({ tenant, packet_checks }) => tenant === 'northwind-ops' && packet_checks?.signature === 'failed',
    );
    expect(result?.changed).toContainEqual(
      expect.objectContaining({ id: stranger?.escalation_id, before: 'unchecked', after: 'failed' }),
    );
    expect(result?.changed_total).toBe(result?.changed.length);
    await desk.close();
  });
});

/** The checks that index.json has; `absent` there is left out here, and after a failed structure everything is. */
function packetVerdicts(checks: Readonly<Record<string, string>>) {
  if (checks.structure === 'failed') return { structure: 'failed' };
  const names = ['structure', 'root', 'signature', 'aid', 'nonce', 'pcrs', 'stark'];
  return Object.fromEntries(names.map((name) => [name, checks[name] ?? 'absent']));
}

function tokenVerdicts(report: PieceReport | undefined) {
  if (report === undefined) return null;
  const { 'token.lifecycle': lifecycle, 'token.signature': signature } = verdicts(report);
  return { lifecycle, lifecycle_reason: lifecycle === 'failed' ? 'expired' : null, profile: report.profile, signature };
}
