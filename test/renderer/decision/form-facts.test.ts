import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdLength } from '../../../electron/features/decision/hold-length.ts';
import { codeChoices, formFacts, tokenEnded, undoTime } from '../../../renderer/features/decision/form-facts.ts';
import { aCheck, aPiece, aReport, opened } from '../escalation/opened.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const PAGE = { now: NOW, codes: codeChoices(undefined), waives: [], hiddenCharacters: 0, changed: false, key: null };
const until = (at: number) => {
  const part = { at: new Date(at).toISOString(), source: 'agent' as const };
  return { ...part, overdue: false, past_on_arrival: false, all: [part] };
};

describe('what the form knows beside itself', () => {
  test('approving asks for the tick where nothing is attached, or checks stand open, by their names (I6)', () => {
    expect(formFacts(opened({ escalation: { evidence: [] }, reports: [] }), PAGE)).toMatchObject({
      asksUnchecked: true,
      unchecked: [],
    });
    expect(formFacts(opened({}), PAGE)).toMatchObject({ asksUnchecked: true, unchecked: ['pcrs'] });
    const verified = opened({ reports: [aReport({ checks: [aCheck({ name: 'structure' })] })] });
    expect(formFacts(verified, PAGE).asksUnchecked).toBe(false);
  });

  test('what the tenant waived by name asks for no tick and is named still; a missing packet and a failed check ask (I6)', () => {
    const open = [aCheck({ name: 'pcrs', verdict: 'unchecked' }), aCheck({ name: 'stark', verdict: 'unchecked' })];
    const both = opened({ reports: [aReport({ checks: open })] });
    const waiving = (...waives: string[]) => ({ ...PAGE, waives });
    expect(formFacts(both, waiving('pcrs'))).toMatchObject({
      asksUnchecked: true,
      unchecked: ['stark'],
      waived: ['pcrs'],
    });
    expect(formFacts(both, waiving('stark', 'pcrs', 'nonce'))).toMatchObject({
      asksUnchecked: false,
      unchecked: [],
      waived: ['pcrs', 'stark'],
    });
    const bare = opened({ escalation: { evidence: [] }, reports: [aReport({ checks: open })] });
    expect(formFacts(bare, waiving('stark', 'pcrs')).asksUnchecked).toBe(true);
    const bad = opened({ reports: [aReport({ checks: [aCheck({ name: 'pcrs', verdict: 'failed' })] })] });
    expect(formFacts(bad, waiving('pcrs'))).toMatchObject({ failed: [{ name: 'pcrs' }], waived: [] });
  });

  test('what failed of the request is named once, with its own words; a resolution’s packet is not the request’s', () => {
    const bad = aCheck({ name: 'signature', verdict: 'failed', detail: 'No pinned key made it.' });
    const late = aCheck({ name: 'token.lifecycle', verdict: 'failed', detail: 'It ended.' });
    const reports = [
      aReport({ checks: [bad] }),
      aReport({ checks: [{ ...bad, detail: 'Another.' }, late] }),
      aReport({ role: 'resolution', checks: [aCheck({ name: 'root', verdict: 'failed' })] }),
    ];
    expect(formFacts(opened({ reports }), PAGE).failed).toEqual([
      { of: 'request', name: 'signature', detail: 'No pinned key made it.' },
      { of: 'request', name: 'token.lifecycle', detail: 'It ended.' },
    ]);
  });

  test('what is not judged with the present keys is said to be verified still (I6)', () => {
    expect(formFacts(opened({ judgement: { current: false } }), PAGE).beingVerified).toBe(true);
    expect(formFacts(opened({}), PAGE).beingVerified).toBe(false);
  });

  test('the request’s own packets are no resolution; those of a resolution may be', () => {
    const evidence = [aPiece({}), aPiece({ sha256: 'bb'.repeat(32), role: 'resolution' })];
    expect(formFacts(opened({ escalation: { evidence } }), PAGE).requestPackets).toEqual(['aa'.repeat(32)]);
  });

  test('the undo time that is promised is the one that the desk keeps', () => {
    const left = fc.integer({ min: -60_000, max: 90_000 });
    fc.assert(
      fc.property(left, fc.constantFrom(10, 20, 60), (ms, seconds) => {
        const kept = holdLength(seconds, NOW + ms, NOW);
        const said = undoTime(seconds, opened({ escalation: { deadline: until(NOW + ms) } }), NOW);
        expect(said).toEqual({ seconds: Math.floor(kept / 1000), left: Math.max(0, Math.floor(ms / 1000)) });
      }),
    );
    expect(undoTime(20, opened({}), NOW).seconds).toBe(20);
  });

  test('a token has ended only once its end has come', () => {
    const token = {
      generation: '1.7' as const,
      schema: '',
      ledger_event_id: '',
      aid: '',
      circuit_id: null,
      intent_hash: null,
      source_capsule_root: '',
      resolution_event_id: null,
      capabilities: [],
      nonce: '',
      issued_at: null,
      expires_at: '2026-11-20T10:00:00Z',
      issuer: '',
      unknown_members: [],
    };
    expect(tokenEnded(opened({ token }), NOW - 1)).toBeNull();
    expect(tokenEnded(opened({ token }), NOW)).toBe('2026-11-20T10:00:00Z');
    expect(tokenEnded(opened({}), NOW)).toBeNull();
  });

  test('OTHER can always be chosen, for an override too; of the tenant’s codes those that say it is an exception', () => {
    expect(codeChoices(undefined).map(({ code }) => code)).toEqual(['OTHER']);
    const codes = ['WITHIN_POLICY', 'EXCEPTION_APPROVED', 'OVERRIDE', 'RISK_OVERRIDDEN', 'UNEXCEPTIONAL', 'OTHER'];
    const page = { ...PAGE, codes: codes.map((code) => ({ code, label: code })) };
    expect(formFacts(opened({}), page).overrideCodes).toEqual([
      'EXCEPTION_APPROVED',
      'OVERRIDE',
      'RISK_OVERRIDDEN',
      'OTHER',
    ]);
  });
});
