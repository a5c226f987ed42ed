import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerEvent } from '../../../shared/domain/ledger-event.ts';
import { type LogDesk, openLogDesk, refusal, TENANT } from './log-desk.ts';

describe('the timeline', () => {
  let desk: LogDesk;
  beforeEach(async () => {
    desk = await openLogDesk();
    await desk.decide('E-1');
    await desk.client.log.checkpoint(desk.acting());
  });
  afterEach(() => desk.close());

  const rows = async () => (await desk.client.log.list({ tenant: TENANT, limit: 100 })).rows;

  it('has the exact leaf of what is about more than an escalation, and of nothing else', async () => {
    for (const { kind, leaf, holds, seq } of await rows()) {
      expect([kind, holds]).toEqual([kind, true]);
      if (leaf === null) expect(kind).toMatch(/^(escalation|decision)\.recorded$/);
      else expect(LedgerEvent.parse(JSON.parse(leaf))).toMatchObject({ kind, seq });
    }
    expect((await rows()).map(({ kind, leaf }) => (leaf === null ? null : kind))).toContain('trust.pinned');
  });

  it('I7: one flipped byte is told at its event; a leaf that is no event any more hides no other row', async () => {
    const before = await rows();
    desk.tamper((db) => db.exec('DROP TRIGGER ledger_events_are_never_edited'));
    const flip = (seq: string, at: number) =>
      desk.tamper((db) => {
        const leaf = db.prepare('SELECT leaf FROM ledger_events WHERE seq = ?').pluck().get(seq) as Buffer;
        leaf[at] = (leaf[at] ?? 0) ^ 1;
        db.prepare('UPDATE ledger_events SET leaf = ? WHERE seq = ?').run(leaf, seq);
      });
    flip('0', 0);
    const told = before.find(({ leaf }) => leaf !== null);
    const digit = (told?.leaf ?? '').indexOf('"at":"2026-11-1') + '"at":"2026-11-1'.length;
    flip(told?.seq ?? '', digit);
    const after = await rows();
    expect(after.map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq));
    const broken = after.filter(({ holds }) => !holds);
    expect(broken.map(({ seq }) => seq)).toEqual([told?.seq, '0']);
    expect(broken[0]).toMatchObject({ kind: told?.kind, leaf: null });
    expect(broken[1]).toMatchObject({ kind: '', at: null, leaf: null, escalation: null });
  });

  it('I7: the newest event may be unreadable: the state of the log can still be read', async () => {
    await desk.record('E-2');
    const { seq } = (await rows())[0] ?? { seq: '' };
    desk.tamper((db) => {
      db.exec('DROP TRIGGER ledger_events_are_never_edited');
      db.prepare("UPDATE ledger_events SET leaf = x'00' WHERE seq = ?").run(seq);
    });
    const head = await desk.client.log.head({ tenant: TENANT });
    expect(head).toMatchObject({ size: String(Number(seq) + 1) });
    expect(head.due_since).not.toBeNull();
    expect((await rows())[0]).toMatchObject({ seq, holds: false });
    const refused = await refusal(desk.client.log.get({ tenant: TENANT, seq }));
    expect(refused).toMatchObject({ code: 'INTEGRITY_FAILED', message: expect.stringContaining(`Event ${seq}`) });
  });
});
