import { describe, expect, test } from 'vitest';
import { ALARM_CODES, alarmsOf } from '../../../renderer/features/escalation/alarms.ts';
import { groupsOf, piecesOf } from '../../../renderer/features/escalation/pieces.ts';
import { aCheck, aPiece, aReport, opened } from './opened.ts';

describe('what stands above the agent’s words', () => {
  test('each failed check with its reason, then what the log says against the request', () => {
    const failed = aCheck({ name: 'root', verdict: 'failed', code: 'ROOT_DIFFERS', detail: 'It names another root.' });
    const findings = [
      { code: 'LONG_ID', message: 'the id is very long' },
      { code: 'EVENT_ALTERED', message: 'its own hash does not match' },
      { code: 'CLAIM_DIFFERS', message: 'Text says EUR 4,709, packet says EUR 47,094.' },
    ];
    const alarms = alarmsOf([aReport({ checks: [aCheck({ name: 'structure' }), failed] })], findings);
    expect(alarms.map(({ code, check, detail }) => [code, check, detail])).toEqual([
      ['ROOT_DIFFERS', 'root', 'It names another root.'],
      ['CLAIM_DIFFERS', null, 'Text says EUR 4,709, packet says EUR 47,094.'],
      ['EVENT_ALTERED', null, 'its own hash does not match'],
    ]);
    expect(alarms[0]?.lead).toBe('The packet was changed after it was made.');
  });

  test('of a check with parts only those that failed are told', () => {
    const parts = [
      { verdict: 'verified' as const, code: 'AID_MATCHES', detail: 'It is for the agent of the packet.' },
      { verdict: 'failed' as const, code: 'LEDGER_EVENT_DIFFERS', detail: 'Its ledger event is another.' },
    ];
    const binding = aCheck({ name: 'token.binding', verdict: 'failed', code: 'LEDGER_EVENT_DIFFERS', parts });
    const [alarm] = alarmsOf([aReport({ kind: 'token', checks: [binding] })], []);
    expect(alarm?.detail).toBe('Its ledger event is another.');
  });

  test('every tampering with the source is among them, so the list below may leave it out', () => {
    const codes = ['EVENT_ALTERED', 'CHAIN_BROKEN', 'BLOBS_DIFFER', 'BLOB_NOT_HASHED', 'CLAIM_DIFFERS'];
    expect([...ALARM_CODES].sort()).toEqual(codes.sort());
  });
});

describe('the cards of the evidence', () => {
  const packet = aReport({});
  const token = aReport({ sha256: 'bb'.repeat(32), kind: 'token', checks: [aCheck({ name: 'token.signature' })] });

  test('a lone packet takes its lone token with it, several packets are cards of their own', () => {
    expect(groupsOf([packet, token]).map(({ reports }) => reports.length)).toEqual([2]);
    const other = aReport({ sha256: 'cc'.repeat(32) });
    expect(groupsOf([packet, other, token]).map(({ of }) => of)).toEqual(['packet', 'packet', 'token']);
  });

  test('checks of the same name never stand in one card: a packet may carry a token of its own', () => {
    const carrying = aReport({ checks: [aCheck({ name: 'root' }), aCheck({ name: 'token.signature' })] });
    expect(groupsOf([carrying, token])).toHaveLength(2);
  });

  test('what is too broken to be known for a packet is still the packet that was attached', () => {
    const broken = aReport({ kind: 'unknown', checks: [aCheck({ name: 'structure', verdict: 'failed' })] });
    const page = opened({ escalation: { evidence: [aPiece({ kind: 'vep' })] }, reports: [broken] });
    expect(piecesOf(page)[0]?.kind).toBe('vep');
    expect(groupsOf(piecesOf(page))[0]?.of).toBe('packet');
  });
});
