import { describe, expect, it } from 'vitest';
import { judgeBinding, type TokenOwner } from '../../electron/evidence/token/token-binding.ts';
import { looseToken } from '../../electron/evidence/token/token-shape.ts';
import { readJsonText } from '../../shared/domain/json/read.ts';
import { Check } from '../../shared/domain/verdict.ts';

const EVENT = '0e468bc6-c0b1-4039-9c76-9d9fce60d444';
const AID = 'f5'.repeat(32);
const ROOT = 'a1'.repeat(32);

type Packet = NonNullable<Extract<TokenOwner, { kind: 'record' }>['packet']>;

const packet: Packet = { root: ROOT, rootVerified: true, aid: AID, circuitId: null };

function ofRecord(more: Partial<Packet> = {}): TokenOwner {
  return { kind: 'record', escalationId: 'esc/1 ', eventId: EVENT, packet: { ...packet, ...more } };
}

function payload17(more: object = {}, target: object = {}): object {
  return {
    ledger_event_id: EVENT,
    source_capsule_root: ROOT,
    execution_target: { aid: AID, circuit_id: 'audit.v2', intent_hash: 'h', ...target },
    ...more,
  };
}

function payload16(more: object = {}): object {
  return { ledger_event_id: EVENT, source_capsule_root: ROOT, aid: AID, ...more };
}

function judge(payload: object, owner: TokenOwner): Check {
  const json = readJsonText(JSON.stringify({ payload, signature: '' }));
  const token = json.ok ? looseToken(json.value) : null;
  if (token === null) throw new Error('no token');
  const check = judgeBinding(token, owner);
  expect(Check.safeParse(check).success).toBe(true);
  return check;
}

function codes(check: Check): string[] {
  return check.parts?.map((part) => part.code) ?? [];
}

describe('what a record’s token is bound to', () => {
  it.each([
    ['1.7', payload17()],
    ['1.6', payload16()],
  ])('one of %s that fits in everything is verified, line by line', (_, payload) => {
    expect(judge(payload, ofRecord())).toMatchObject({
      name: 'token.binding',
      verdict: 'verified',
      code: 'BOUND',
      detail:
        "Its ledger event is this escalation's event; it is for the packet's agent; its capsule root is the packet's.",
      parts: [
        { verdict: 'verified', code: 'LEDGER_EVENT_MATCHES', detail: "Its ledger event is this escalation's event." },
        { verdict: 'verified', code: 'AID_MATCHES', detail: "It is for the packet's agent." },
        { verdict: 'verified', code: 'ROOT_MATCHES', detail: "Its capsule root is the packet's." },
      ],
    });
  });

  it.each([
    ['esc/1 ', 'LEDGER_EVENT_MATCHES'],
    ['esc/1', 'LEDGER_EVENT_DIFFERS'],
    ['ESC/1 ', 'LEDGER_EVENT_DIFFERS'],
    [EVENT.toUpperCase(), 'LEDGER_EVENT_MATCHES'],
    [EVENT.replaceAll('-', ''), 'LEDGER_EVENT_MATCHES'],
    [EVENT.replace('0e', '0f'), 'LEDGER_EVENT_DIFFERS'],
    ['', 'LEDGER_EVENT_DIFFERS'],
    [7, 'LEDGER_EVENT_MISSING'],
    [null, 'LEDGER_EVENT_MISSING'],
  ])('the ledger event %j: %s', (ledger_event_id, code) => {
    const check = judge(payload17({ ledger_event_id }), ofRecord());
    expect(codes(check)).toEqual([code, 'AID_MATCHES', 'ROOT_MATCHES']);
    const holds = code === 'LEDGER_EVENT_MATCHES';
    expect([check.verdict, check.code]).toEqual(holds ? ['verified', 'BOUND'] : ['failed', code]);
  });

  it.each([
    [AID.toUpperCase(), AID, 'AID_MATCHES'],
    [AID, AID.toUpperCase(), 'AID_MATCHES'],
    ['agent-7', 'agent-7', 'AID_MATCHES'],
    ['agent-7', 'Agent-7', 'AID_DIFFERS'],
    [`0x${AID}`, AID, 'AID_DIFFERS'],
    [AID, 'f6'.repeat(32), 'AID_DIFFERS'],
    [undefined, AID, 'AID_MISSING'],
    [AID, null, 'AID_UNKNOWN'],
  ])('the agent %j against the identity’s %j: %s', (named, aid, code) => {
    expect(codes(judge(payload17({}, { aid: named }), ofRecord({ aid })))[1]).toBe(code);
    expect(codes(judge(payload17({}, { aid: named }), { kind: 'packet', aid }))).toEqual([code]);
  });

  it('a token of 1.7 names its agent in the execution target and nowhere else', () => {
    expect(codes(judge(payload17({ aid: AID }, { aid: 'other' }), ofRecord()))[1]).toBe('AID_DIFFERS');
    expect(codes(judge({ ...payload17(), execution_target: AID }, ofRecord()))[1]).toBe('AID_MISSING');
  });

  it.each([
    [{}, ROOT, 'verified', 'ROOT_MATCHES'],
    [{}, ROOT.toUpperCase(), 'verified', 'ROOT_MATCHES'],
    [{}, 'a2'.repeat(32), 'failed', 'ROOT_DIFFERS'],
    [{ rootVerified: false }, ROOT, 'unchecked', 'ROOT_UNKNOWN'],
    [{ rootVerified: false }, 'a2'.repeat(32), 'failed', 'ROOT_DIFFERS'],
    [{ root: null }, ROOT, 'unchecked', 'ROOT_UNKNOWN'],
    [{}, undefined, 'failed', 'ROOT_MISSING'],
  ])('I6 against a packet with %j the root %j is %s', (more, source_capsule_root, verdict, code) => {
    const check = judge(payload17({ source_capsule_root }), ofRecord(more));
    expect(check.parts?.[2]).toMatchObject({ verdict, code });
    expect(check.verdict).toBe(verdict);
  });

  it('I6 without a packet its agent and root are unchecked, and no circuit is asked for', () => {
    const owner: TokenOwner = { kind: 'record', escalationId: 'esc/1 ', eventId: EVENT, packet: null };
    const check = judge(payload17(), owner);
    expect(check).toMatchObject({ verdict: 'unchecked', code: 'AID_UNKNOWN' });
    expect(codes(check)).toEqual(['LEDGER_EVENT_MATCHES', 'AID_UNKNOWN', 'ROOT_UNKNOWN']);
    expect(judge(payload17({ ledger_event_id: 'x' }), owner).verdict).toBe('failed');
  });

  it.each([
    [payload17(), 'verified', 'CIRCUIT_MATCHES'],
    [payload17({}, { circuit_id: 'audit.V2' }), 'failed', 'CIRCUIT_DIFFERS'],
    [payload17({ circuit_id: 'audit.v2' }, { circuit_id: undefined }), 'failed', 'CIRCUIT_MISSING'],
    [payload16({ circuit_id: 'audit.v2' }), 'verified', 'CIRCUIT_MATCHES'],
    [payload16({ circuit_id: 'other' }), 'failed', 'CIRCUIT_DIFFERS'],
    [payload16(), 'unchecked', 'CIRCUIT_UNKNOWN'],
  ])('a shadow intent’s circuit: %j is %s', (payload, verdict, code) => {
    const check = judge(payload, ofRecord({ circuitId: 'audit.v2' }));
    expect(check.parts?.[3]).toMatchObject({ verdict, code });
    expect(check.verdict).toBe(verdict);
    expect(codes(judge(payload, ofRecord()))).toHaveLength(3);
  });

  it('S63 quotes what the token says, with nothing invisible in it and at no length', () => {
    const check = judge(payload17({ ledger_event_id: `x"; all verified \u202e${'y'.repeat(4000)}` }), ofRecord());
    expect(check.parts?.[0]?.detail).toMatch(
      /^Its ledger event is "x\\"; all verified <RLO 202E>y+…" \(4018 characters\)/,
    );
    expect(check.detail.length).toBeLessThan(300);
  });
});
