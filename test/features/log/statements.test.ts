import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readLeaf } from '../../../electron/audit/log/entry-line.ts';
import { commitment } from '../../../electron/audit/log/leaf.ts';
import { judgeStatement } from '../../../electron/audit/statement/check-statement.ts';
import { DecisionStatement, readDecision } from '../../../electron/audit/statement/decision-statement.ts';
import { readEnvelope } from '../../../electron/audit/statement/dsse.ts';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import { sha256Hex } from '../../../electron/features/writing.ts';
import { type LogDesk, openLogDesk, PATIENTLY, TENANT } from './log-desk.ts';

type Input = Parameters<LogDesk['client']['decision']['decide']>[0];
const SEEN = { shown_at: '2026-11-15T15:27:00Z', opened: [{ sha256: 'ab'.repeat(32), ms: 1200 }] };

/** Each decision is recorded with a statement of it, signed (docs/formats/decision-v1.schema.json). */
describe('the statement of a decision', () => {
  let desk: LogDesk;
  beforeEach(async () => {
    desk = await openLogDesk();
    // A tenant is there from its first record on.
    await desk.record();
  });
  afterEach(() => desk.close());

  const makeKey = () => desk.client.keys.make({ ...desk.acting(), name: 'Ada' });
  const open = (id: string) => desk.client.escalation.get({ tenant: TENANT, id });
  async function decisionOf(id: string) {
    const { proof } = await open(id);
    const event = await desk.client.log.get({ tenant: TENANT, seq: proof?.seq ?? '' });
    const leaf = readLeaf(event.leaf);
    const payload = DecisionStatement.parse(JSON.parse(event.statement?.payload ?? 'null'));
    return { event, leaf, statement: payload, proof };
  }

  it('is signed with the desk’s key where the reviewer has none, and says so', async () => {
    const id = await desk.decide();
    const { event, statement } = await decisionOf(id);
    expect((await open(id)).escalation.decision).toMatchObject({ signed: true, outcome: 'rejected' });
    expect(event.statement).toMatchObject({ verdict: 'verified', signed_by: 'desk', key: { purpose: 'desk' } });
    expect(statement.predicate).toMatchObject({ signed_by: 'desk', key: event.statement?.public_hex });
  });

  it('is signed with the reviewer’s own key where that opens by itself', async () => {
    const key = await makeKey();
    const { event } = await decisionOf(await desk.decide());
    expect(event.statement).toMatchObject({
      verdict: 'verified',
      signed_by: 'reviewer',
      public_hex: key.public_hex,
      key: { name: 'Ada', purpose: 'reviewer' },
    });
  });

  it('is the desk’s while the reviewer’s key is locked, or no longer trusted in the tenant', async () => {
    const key = await makeKey();
    await desk.client.keys.lock({ ...desk.acting(), key_id: key.key_id });
    expect((await decisionOf(await desk.decide())).event.statement).toMatchObject({ signed_by: 'desk' });
    await desk.client.keys.unlock({ ...desk.acting(), key_id: key.key_id });
    const { trust } = await desk.client.keys.list({ tenant: TENANT });
    const pinned = trust.find(({ entry }) => entry.purpose === 'reviewer')?.entry_id ?? '';
    await desk.client.keys.retire({ ...desk.acting(), entry_id: pinned });
    expect((await decisionOf(await desk.decide())).event.statement).toMatchObject({ signed_by: 'desk' });
  });

  it('says what was shown, seen and decided, on which bytes, under which settings (I9)', async () => {
    const id = await desk.record();
    const { escalation } = await open(id);
    const input: Input = { ...(await desk.rejecting(id, 'Not without a receipt.')), seen: SEEN };
    await desk.client.decision.decide(input);
    const { statement } = await decisionOf(id);
    const settings = await desk.client.settings.get({ tenant: TENANT });
    const digest = (value: object) => sha256Hex(jcs(value));
    expect(statement.predicate).toMatchObject({
      event: escalation.record.escalation_event_id,
      outcome: 'rejected',
      reason_code: 'OTHER',
      view_sha256: escalation.view_sha256,
      shown_at: SEEN.shown_at,
      opened: SEEN.opened,
      suggestion: { shown: false, default: null },
      policy: null,
      settings: digest(settings),
    });
    expect(statement.subject[0]).toEqual({
      name: 'escalation-event',
      digest: { sha256: digest(escalation.record) },
    });
  });

  it('holds no words: its commitments are those of its entry, and open with what is kept beside the log', async () => {
    const id = await desk.record();
    await desk.client.decision.decide(await desk.rejecting(id, 'A very particular reason.'));
    const { event, leaf, statement } = await decisionOf(id);
    expect(event.leaf).not.toContain('particular');
    expect(Buffer.from(event.statement?.payload ?? '').toString()).not.toContain('Lovelace');
    const { escalation_id, reason, reviewer } = statement.predicate;
    expect(leaf?.fields).toMatchObject({ escalation_id, reason, reviewer });
    expect(event.fields.map(({ state }) => state)).toEqual(event.fields.map(() => 'holds'));
    const stored = await desk.desk.main.store.logEvent(TENANT, Number(event.row.seq));
    const kept = stored?.fields.find(({ name }) => name === 'reason');
    const opened = commitment(kept?.salt ?? new Uint8Array(), jcs('A very particular reason.'));
    expect(Buffer.from(opened).toString('hex')).toBe(reason);
  });

  it('of a held decision is signed when the hold ends, not before', async () => {
    const id = await desk.record();
    const { pending } = await desk.client.decision.hold(await desk.rejecting(id));
    await makeKey();
    await desk.client.decision.record_now({ ...desk.acting(), pending_id: pending?.pending_id ?? '' });
    const { event, statement } = await decisionOf(id);
    expect(event.statement).toMatchObject({ signed_by: 'reviewer', verdict: 'verified' });
    expect(statement.predicate.decided_at).toBe(event.row.at);
  });

  it('of one that ran out by the clock is the desk’s', async () => {
    const settings = await settle({ auto_expire: true, sla_minutes: 1 });
    expect(settings.auto_expire).toBe(true);
    const id = await desk.record();
    desk.clock.pass(61_000);
    await vi.waitFor(async () => expect((await open(id)).escalation.decision?.outcome).toBe('expired'), PATIENTLY);
    expect((await decisionOf(id)).event.statement).toMatchObject({ signed_by: 'desk', verdict: 'verified' });
  });

  it('of a decision that came too late is signed too, and stands with the dissent', async () => {
    const id = await desk.record();
    const late = await desk.rejecting(id, 'Mine came second.');
    await desk.client.decision.decide(await desk.rejecting(id));
    await expect(desk.client.decision.decide(late)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    const { rows } = await desk.client.log.list({ tenant: TENANT, kinds: ['dissent.recorded'], limit: 10 });
    const event = await desk.client.log.get({ tenant: TENANT, seq: rows[0]?.seq ?? '' });
    expect(JSON.parse(event.leaf)).toMatchObject({ signed_by: 'desk', envelope: { signatures: [expect.anything()] } });
  });

  it('no byte of its entry can change and still be it (I9)', async () => {
    const { event } = await decisionOf(await desk.decide());
    const trust = await desk.trust();
    const text = Buffer.from(event.leaf);
    for (const [from, to] of [
      [text.indexOf('"payload":"'), text.indexOf('"payloadType"')],
      [text.indexOf('"sig":"'), text.indexOf('"event"')],
    ] as const) {
      for (let at = from; at < to; at += 3) {
        const changed = Buffer.from(text);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const leaf = readLeaf(changed.toString('utf8'));
        if (leaf?.envelope !== undefined) expect(judgeStatement(leaf, trust).verdict).not.toBe('verified');
      }
    }
    const envelope = readEnvelope(jcs(JSON.parse(event.leaf).envelope));
    expect(envelope === null ? null : readDecision(envelope).ok).toBe(true);
  });

  it('is made once for a call that is sent twice', async () => {
    const id = await desk.record();
    const input = await desk.rejecting(id);
    await desk.client.decision.decide(input);
    await desk.client.decision.decide(input);
    const { rows } = await desk.client.log.list({ tenant: TENANT, kinds: ['decision.recorded'], limit: 10 });
    expect(rows).toHaveLength(1);
  });

  async function settle(change: object) {
    const settings = await desk.client.settings.get({ tenant: TENANT });
    return desk.client.settings.set({ ...desk.acting(), settings: { ...settings, ...change } });
  }
});
