import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type EscalationEvidence,
  type EvidencePiece,
  verifyEscalation,
} from '../../electron/evidence/request/verify-escalation.ts';
import type { ExactJson, Request } from '../../shared/domain/escalation.ts';
import { type Check, EvidenceReport, worstVerdict } from '../../shared/domain/verdict.ts';
import { demoEscalations } from './demo-ledger.ts';
import { makePacket, type PacketParts } from './make-packet.ts';
import { fixtureKey, fixtureTrust, instant } from './trusted.ts';

const trust = fixtureTrust();
const NOW = '2026-11-15T12:00:00Z';
const EVENT = '11111111-2222-4333-8444-555555555555';

function piece(bytes: Uint8Array, more: Partial<EvidencePiece> = {}): EvidencePiece {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, kind: 'vep', role: 'escalation', bytes, ...more };
}

function requestOf(members: Partial<Request>): Request {
  return {
    event_id: EVENT,
    agent_id: null,
    source_hash: 'ok',
    signed: [],
    raw: '{}' as ExactJson,
    ...members,
  };
}

function verify(more: Partial<EscalationEvidence>, by = trust) {
  return verifyEscalation(
    { id: 'esc-1', event: EVENT, request: null, pieces: [], ...more },
    { at: instant(NOW), trust: by },
  );
}

/** What is said of a request whose packet has this intent. */
function claims(request: Partial<Request>, ...packets: PacketParts[]) {
  const pieces = packets.map((parts) => piece(makePacket(parts)));
  const { signed, findings } = verify({ request: requestOf(request), pieces });
  return { signed, said: findings.map(({ message }) => message), codes: new Set(findings.map(({ code }) => code)) };
}

function amount(value: unknown): ExactJson {
  return JSON.stringify(value) as ExactJson;
}

describe('I6: the demo ledger, each escalation at its instant', () => {
  const all = demoEscalations();

  it('has all of them', () => {
    expect(all).toHaveLength(120);
  });

  it.each(all.map((demo) => [demo.expected.escalation_id, demo] as const))('%s', (_, { expected, evidence }) => {
    const found = verifyEscalation(evidence, { at: instant(expected.now), trust });
    const packetAt = evidence.pieces.findIndex(({ sha256 }) => sha256 === expected.packet_sha256);
    const packet = found.reports[packetAt];
    if (expected.packet_checks === null) expect(packet).toBeUndefined();
    else expect(inTheirWords(EvidenceReport.parse(packet).checks)).toEqual(expected.packet_checks);
    const tokenAt = evidence.pieces.findIndex(({ kind }) => kind === 'token');
    const token = found.reports[tokenAt];
    if (expected.token === null) expect(token).toBeUndefined();
    else {
      expect(verdictOf(token?.checks, 'token.signature')).toBe(expected.token.signature);
      expect(verdictOf(token?.checks, 'token.lifecycle')).toBe(expected.token.lifecycle);
      const rootVerified = packet?.checks.some(({ name, verdict }) => name === 'root' && verdict === 'verified');
      expect(verdictOf(token?.checks, 'token.binding')).toBe(rootVerified === true ? 'verified' : 'unchecked');
      if (expected.token.signature === 'verified') expect(token?.profile).toBe(expected.token.profile);
    }
    for (const [i, { kind }] of evidence.pieces.entries())
      expect(found.reports[i] === null).toBe(kind === 'source-row');
    expect(found.findings).toEqual([]);
    const proven = packet?.checks.filter(
      ({ name, verdict }) => verdict === 'verified' && /^(root|signature)$/.test(name),
    );
    if (proven?.length === 2) expect(found.signed).toEqual(expect.arrayContaining(['action', 'target', 'reference']));
    else expect(found.signed).toEqual([]);
  });

  it('says beside the verdict what a row of the queue shows', () => {
    const said = all.map(({ expected, evidence }) => verifyEscalation(evidence, { at: instant(expected.now), trust }));
    const details = new Set(said.map(({ verdict, detail }) => `${verdict}: ${detail}`));
    expect([...details].toSorted()).toEqual([
      'failed: root',
      'failed: signature',
      'failed: structure',
      'failed: token.lifecycle',
      'failed: token.signature',
      'unchecked: 5 of 6, not pcrs',
      'unchecked: 9 of 10, not pcrs',
      'unchecked: no packet attached',
    ]);
  });
});

describe('I6: an escalation’s verdict', () => {
  it('is verified when every check of its evidence is', () => {
    expect(verify({ pieces: [piece(makePacket())] })).toMatchObject({ verdict: 'verified', detail: 'all 5 checks' });
  });

  it('is no better than unchecked without a packet, whatever else is there', () => {
    expect(verify({})).toMatchObject({ verdict: 'unchecked', detail: 'no packet attached', reports: [] });
    const resolution = piece(makePacket({ authority: { escalation_id: 'esc-1' } }), { role: 'resolution' });
    const found = verify({ pieces: [resolution] });
    expect(found.reports[0]?.verdict).toBe('verified');
    expect(found).toMatchObject({ verdict: 'unchecked', detail: 'no packet attached' });
  });

  it('is failed where something else is kept in a packet’s place', () => {
    const token = demoEscalations()
      .flatMap(({ evidence }) => evidence.pieces)
      .find(({ kind }) => kind === 'token');
    const found = verify({ pieces: [piece(token?.bytes ?? new Uint8Array(0), { kind: 'capsule' })] });
    expect(found).toMatchObject({ verdict: 'failed', detail: 'structure' });
    expect(found.reports[0]?.checks).toMatchObject([{ name: 'structure', code: 'NOT_A_PACKET' }]);
  });

  it('is unchecked without a pinned key, and says so', () => {
    const found = verify({ pieces: [piece(makePacket())] }, { keys: [], baselines: [] });
    expect(found).toMatchObject({ verdict: 'unchecked', detail: '4 of 5, not signature', signed: [] });
    expect(found.reports[0]?.checks).toContainEqual(expect.objectContaining({ name: 'signature', code: 'NO_KEY' }));
  });

  it('asks of a resolution packet that it names this escalation, and leaves its own verdict out', () => {
    const resolutionFor = (escalation_id?: string) => {
      const bytes = makePacket({ authority: escalation_id === undefined ? {} : { escalation_id } });
      const found = verify({ pieces: [piece(makePacket()), piece(bytes, { role: 'resolution' })] });
      expect(found.verdict).toBe('verified');
      return found.reports[1]?.checks.find(({ name }) => name === 'escalation');
    };
    expect(resolutionFor('esc-1')).toMatchObject({ verdict: 'verified', code: 'ESCALATION_MATCHES' });
    expect(resolutionFor('esc-2')).toMatchObject({
      verdict: 'failed',
      code: 'ESCALATION_DIFFERS',
      detail: 'The packet is for another escalation, "esc-2".',
    });
    expect(resolutionFor()).toMatchObject({ verdict: 'unchecked', code: 'ESCALATION_NOT_NAMED' });
  });

  it('takes a gate’s signature for the request, and a reviewer’s or a gate’s for a resolution', () => {
    const { public_hex } = fixtureKey('stranger');
    const reviewer = { ...trust, keys: [...trust.keys, { name: 'Ann', purpose: 'reviewer' as const, public_hex }] };
    const bytes = makePacket({ signer: 'stranger', authority: { escalation_id: 'esc-1' } });
    const found = verify({ pieces: [piece(bytes), piece(bytes, { role: 'resolution' })] }, reviewer);
    expect(found.reports.map((report) => verdictOf(report?.checks, 'signature'))).toEqual(['failed', 'verified']);
    expect(found.reports[1]?.key?.name).toBe('Ann');
  });
});

describe('I6: request.signed and CLAIM_DIFFERS', () => {
  const intent = { action: 'wire', target: 'Brightwater', reference: 'PAY-1', agent_name: 'Ledgerline' };

  it('name what the verified intent has with the same value', () => {
    const request = { action: 'wire', target: 'Brightwater', policy: 'PAY-017', explanation: 'because' };
    expect(claims(request, { intent })).toMatchObject({ signed: ['action', 'target'], said: [] });
  });

  it('name each member that it has with another value', () => {
    const found = claims({ action: 'wire', target: 'Brightwater GmbH\u202e' }, { intent });
    expect(found).toMatchObject({ signed: ['action'] });
    expect(found.said).toEqual(['Event says target "Brightwater GmbH<RLO 202E>", packet says "Brightwater".']);
    expect(claims({ target: '7' }, { intent: { target: 7 } }).said).toEqual([
      'Event says target "7", packet says "7", which is no text.',
    ]);
  });

  it('say nothing of what was redacted, or is null in the packet', () => {
    expect(claims({ target: '[REDACTED]' }, { intent })).toMatchObject({ signed: [], said: [] });
    expect(claims({ target: 'x' }, { intent: { target: null } })).toMatchObject({ signed: [], said: [] });
  });

  it('rest on packets whose root and signature verified, and on no other', () => {
    const request = { action: 'wire', target: 'other' };
    expect(claims(request, { intent, signer: 'stranger' })).toMatchObject({ signed: [], said: [] });
    const bytes = makePacket({ intent });
    bytes[bytes.indexOf('Brightwater')] = 0x62;
    const found = verify({ request: requestOf(request), pieces: [piece(bytes)] });
    expect(found).toMatchObject({ detail: 'root', signed: [], findings: [] });
    const resolution = piece(makePacket({ intent }), { role: 'resolution' });
    expect(verify({ request: requestOf(request), pieces: [resolution] })).toMatchObject({ signed: [], findings: [] });
  });

  it('need every verified packet that has the member to agree', () => {
    const other = { ...intent, target: 'Brightwater Ltd' };
    const found = claims({ action: 'wire', target: 'Brightwater' }, { intent }, { intent: other });
    expect(found).toMatchObject({ signed: ['action'] });
    expect(found.said).toEqual(['Event says target "Brightwater", packet says "Brightwater Ltd".']);
    expect(claims({ action: 'wire' }, { intent }, { intent: {} }).signed).toEqual(['action']);
  });

  const EUR = { value: 47094, currency: 'EUR' };

  it.each([
    [{ ...EUR, text: 'EUR 47,094' }, EUR],
    [{ ...EUR, text: 'EUR 47.094,00' }, EUR],
    [{ ...EUR, text: '47 094,00 €' }, EUR],
    [{ ...EUR, text: '47,094' }, EUR],
    [{ ...EUR, value: '47094.00' }, EUR],
    [EUR, { ...EUR, text: 'EUR 1' }],
    [
      { value: 10, currency: 'USD', text: 'USD 10.00' },
      { value: '10.00', currency: 'USD' },
    ],
    ['EUR 47,094', EUR],
    ['EUR 1.234,56', { value: 1234.56, currency: 'EUR' }],
    ['12.5 kg', '12.5 kg'],
    [
      { unit: 'kg', n: 1 },
      { n: 1, unit: 'kg' },
    ],
    [
      { value: 1.234, currency: 'EUR', text: 'EUR 1.234' },
      { value: 1.234, currency: 'EUR' },
    ],
  ])('take amount %j for the packet’s %j', (event, packet) => {
    const found = claims({ amount: amount(event) }, { intent: { amount: packet } });
    expect(found).toMatchObject({ signed: ['amount'], said: [] });
  });

  it.each([
    [{ ...EUR, text: 'EUR 4,709' }, EUR, 'Text says EUR 4,709, packet says EUR 47,094.'],
    [{ ...EUR, text: 'USD 47,094' }, EUR, 'Text says USD 47,094, packet says EUR 47,094.'],
    [{ ...EUR, text: 'EUR 47.094 or less' }, EUR, 'Text says EUR 47.094 or less, packet says EUR 47,094.'],
    [{ ...EUR, text: 'nothing \u202e' }, EUR, 'Text says "nothing <RLO 202E>", packet says EUR 47,094.'],
    [{ ...EUR, value: 4709 }, EUR, 'Event says EUR 4,709, packet says EUR 47,094.'],
    [{ ...EUR, currency: 'USD' }, EUR, 'Event says USD 47,094, packet says EUR 47,094.'],
    [{ ...EUR, value: -47094 }, EUR, 'Event says EUR -47,094, packet says EUR 47,094.'],
    ['EUR 4,709', EUR, 'Text says EUR 4,709, packet says EUR 47,094.'],
    ['EUR 1,234.56', { value: 123456, currency: 'EUR' }, 'Text says EUR 1,234.56, packet says EUR 123,456.'],
    [{ value: '0.1', currency: 'EUR' }, { value: 0.10000000000000002, currency: 'EUR' }, /^Event says /],
    [{ n: 1 }, { n: 2 }, 'Event says "{\\"n\\":1}", packet says "{\\"n\\":2}".'],
  ])('say that amount %j is not the packet’s %j', (event, packet, words) => {
    const found = claims({ amount: amount(event) }, { intent: { amount: packet } });
    expect(found.signed).toEqual([]);
    expect([...found.codes]).toEqual(['CLAIM_DIFFERS']);
    expect(found.said).toEqual([typeof words === 'string' ? words : expect.stringMatching(words)]);
  });

  it.each([
    [{ value: '[REDACTED]', currency: 'EUR', text: 'EUR 1' }, EUR],
    [{ ...EUR, currency: '[REDACTED]' }, EUR],
    [EUR, { value: 47094 }],
    [{ value: 47094 }, EUR],
  ])('leave amount %j open beside the packet’s %j', (event, packet) => {
    expect(claims({ amount: amount(event) }, { intent: { amount: packet } })).toMatchObject({ signed: [], said: [] });
  });

  it('compare amounts exactly, beyond what a double holds', () => {
    const big = { amount: '{"value":9007199254740993.10,"currency":"EUR"}' as ExactJson };
    const packet = (value: string) => ({ intent: { amount: { value, currency: 'EUR' } } });
    expect(claims(big, packet('9007199254740993.1'))).toMatchObject({ signed: ['amount'] });
    expect(claims(big, packet('9007199254740992.1')).said).toHaveLength(1);
  });
});

describe('a record’s token', () => {
  const demo = demoEscalations().find(({ evidence, expected }) => {
    const kinds = evidence.pieces.map(({ kind }) => kind);
    return kinds.includes('token') && kinds.includes('vep') && expected.packet_checks?.root === 'verified';
  });
  const pieces = demo?.evidence.pieces.filter(({ kind, role }) => kind !== 'source-row' && role === 'escalation') ?? [];
  const token = pieces.find(({ kind }) => kind === 'token') as EvidencePiece;
  const packet = pieces.find(({ kind }) => kind === 'vep') as EvidencePiece;
  const binding = (...given: EvidencePiece[]) => {
    const evidence = { ...(demo?.evidence as EscalationEvidence), pieces: given };
    const report = verifyEscalation(evidence, { at: instant(NOW), trust }).reports[given.indexOf(token)];
    return report?.checks.find(({ name }) => name === 'token.binding');
  };

  it('is bound to the packet that has its root, wherever that stands', () => {
    expect(binding(packet, token)).toMatchObject({ verdict: 'verified' });
    expect(binding(piece(makePacket()), token, packet)).toMatchObject({ verdict: 'verified' });
  });

  it('fails against another packet, and is unchecked without one', () => {
    expect(binding(token, piece(makePacket()))).toMatchObject({ verdict: 'failed' });
    expect(binding(token)).toMatchObject({ verdict: 'unchecked' });
  });
});

function verdictOf(checks: readonly Check[] | undefined, name: string): string | undefined {
  return checks?.find((check) => check.name === name)?.verdict;
}

function inTheirWords(checks: readonly Check[]): Record<string, string> {
  const none = checks[0]?.verdict === 'failed' ? 'unchecked' : 'absent';
  const of = (pattern: RegExp) => {
    const verdicts = checks.filter(({ name }) => pattern.test(name)).map(({ verdict }) => verdict);
    return verdicts.length === 0 ? none : worstVerdict(verdicts);
  };
  const same = ['structure', 'root', 'signature', 'aid', 'nonce', 'pcrs', 'stark'].map((name) => [
    name,
    of(new RegExp(`^${name}$`)),
  ]);
  return {
    ...Object.fromEntries(same),
    token: of(/^token\.(structure|signature|lifecycle)$/),
    token_aid: of(/^token\.binding$/),
  };
}
