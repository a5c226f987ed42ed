import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWireForm, type SEGMENT, valueOfSegment } from '../../electron/evidence/packet/wire-form.ts';
import { NO_TRUST, type TrustStore } from '../../electron/evidence/trust/trust.ts';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import { EvidenceReport } from '../../shared/domain/verdict.ts';
import { AID, makePacket, type PacketParts, segment } from './make-packet.ts';
import { fixtureTrust, instant } from './trusted.ts';

const trust = fixtureTrust();

function verify(bytes: Uint8Array, by: TrustStore = trust): EvidenceReport {
  return EvidenceReport.parse(
    verifyEvidence(bytes, { at: instant('2026-11-15T12:00:00Z'), trust: by, role: 'escalation' }),
  );
}

function check(report: EvidenceReport, name: string) {
  return report.checks.find((candidate) => candidate.name === name);
}

function fault(bytes: Uint8Array): string {
  const { checks } = verify(bytes);
  expect(checks).toHaveLength(1);
  return checks[0]?.verdict === 'failed' ? checks[0].code : 'none';
}

/** The packet with other bytes in the place of a segment's value. */
function withSegment(bytes: Buffer, name: keyof typeof SEGMENT, value: Uint8Array): Buffer {
  const wire = readWireForm(bytes);
  const parts = wire.segments.map((part) =>
    segment(part.type, part.name === name ? value : valueOfSegment(bytes, part)),
  );
  return Buffer.concat([bytes.subarray(0, 76), ...parts]);
}

describe('what is no evidence', () => {
  it('is not taken for it by names that stand somewhere in its bytes', () => {
    const database = Buffer.from('SQLite format 3\0 {"payload":{},"signature":""} "capsule_root" "authority"');
    expect(verify(database)).toMatchObject({ kind: 'unknown', verdict: 'failed', root: null });
    expect(verify(Buffer.from(' \n{"payload":{},"payload":{},"signature":""}'))).toMatchObject({ kind: 'token' });
  });
});

describe('S55: the wire form', () => {
  it('is what its segments make again, byte for byte', () => {
    const payload = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(payload, fc.integer({ min: 8, max: 255 }), fc.boolean(), (value, type, footer) => {
        const made = Buffer.concat([makePacket({ payload: value }), segment(type, value)]);
        const bytes = footer ? Buffer.concat([made, made.subarray(0, 76)]) : made;
        const wire = readWireForm(bytes);
        const again = wire.segments.map((part) => segment(part.type, valueOfSegment(bytes, part)));
        const tail = wire.footer ? [bytes.subarray(0, 76)] : [];
        expect(Buffer.concat([bytes.subarray(0, 76), ...again, ...tail]).equals(bytes)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('of very many segments ends soon', () => {
    const many = Array.from({ length: 5_000 }, () => segment(9, new Uint8Array(0)));
    expect(fault(Buffer.concat([makePacket(), ...many]))).toBe('TOO_LARGE');
  });

  it.each([
    ['payload', 4],
    ['magpie', 7],
  ] as const)('has at most one %s segment', (_, type) => {
    const twice = [segment(type, Buffer.from('a')), segment(type, Buffer.from('a'))];
    expect(fault(Buffer.concat([makePacket(), ...twice]))).toBe('DUPLICATE_SEGMENT');
  });

  it('has a Magpie source that is UTF-8 without noncharacters, wherever it counts (S50)', () => {
    const own = makePacket({ intent: { magpie_source: 'own' } });
    for (const bad of ['ff', 'c080', 'eda080', 'efb790', 'efbfbf', 'f09fbfbe']) {
      expect(fault(Buffer.concat([own, segment(7, Buffer.from(bad, 'hex'))]))).toBe('NOT_UTF8');
    }
    const odd = Buffer.from('\ufeff\u1ffe \u{1fffd}\u0000\u001f\u007f"\\\n 漢😀');
    expect(verify(makePacket({ magpie: odd }))).toMatchObject({
      verdict: 'verified',
      findings: ['MAGPIE_FROM_SEGMENT'],
    });
  });

  it('hashes any source of segment 7 as the text that it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const source = Buffer.from(text);
        const sound = text.isWellFormed() && !/\p{Noncharacter_Code_Point}/u.test(text);
        expect(verify(makePacket({ magpie: source })).verdict).toBe(sound ? 'verified' : 'failed');
      }),
    );
  });
});

describe('S49: JSON in evidence', () => {
  const values = (count: number) => `{"a":[${'1,'.repeat(count - 1)}1]}`;

  it('may have every value that fits into 1 MiB, and ends soon beyond', () => {
    const intent = { list: Array.from({ length: 520_000 }, () => 1) };
    const bytes = makePacket({ intent });
    expect(bytes.length).toBeGreaterThan(1_040_000);
    expect(verify(bytes).verdict).toBe('verified');
    expect(fault(withSegment(makePacket(), 'intent', Buffer.from(values(1_100_000))))).toBe('TOO_LARGE');
    expect(fault(withSegment(makePacket(), 'intent', Buffer.from('['.repeat(1_000_000))))).toBe('TOO_DEEP');
    expect(fault(Buffer.from(`{"capsule_root":${values(1_100_000)},"authority":{}}`))).toBe('TOO_LARGE');
  });

  it('may be written in any way that says the same, and is found not canonical', () => {
    const bytes = makePacket({ intent: { b: 1, a: 'é' } });
    const intent = JSON.parse(valueOfSegment(bytes, readWireForm(bytes).segments[0] as never).toString()) as object;
    const spaced = JSON.stringify(intent, null, 2).replace('é', '\\u00E9');
    const report = verify(withSegment(bytes, 'intent', Buffer.from(spaced)));
    expect(report).toMatchObject({ verdict: 'verified', findings: ['NOT_CANONICAL'], canonicalization: 'same' });
  });
});

describe('structure: the members of the pillars', () => {
  it.each<[PacketParts, string]>([
    [{ intent: { confidence: '0.5' } }, "The intent's confidence is not a number."],
    [{ intent: { capabilities: [1] } }, "The intent's capabilities is not a list of texts."],
    [{ intent: { magpie_source: 1 } }, "The intent's magpie_source is not a text."],
    [{ intent: { continuation_token: 'x' } }, "The intent's continuation_token is not an object."],
    [{ authority: { outcome: 1 } }, "The authority's outcome is not a text."],
    [{ authority: { nonce: null } }, "The authority's nonce is not a text or a 64-bit integer."],
    [{ authority: { nonce: 1.5 } }, "The authority's nonce is not a text or a 64-bit integer."],
    [{ authority: { escalation_id: 1 } }, "The authority's escalation_id is not a text."],
    [{ authority: { authority_class: 1 } }, "The authority's authority_class is not a text."],
    [{ identity: { pcrs: { '01': 'aa' } } }, "The identity's pcrs is not a map of indexes to texts."],
    [{ identity: { pcrs: { '4294967296': 'aa' } } }, "The identity's pcrs is not a map of indexes to texts."],
    [{ witness: { timestamp: -1 } }, "The witness's timestamp is not a 64-bit integer."],
  ])('%j fails', (parts, words) => {
    const { checks } = verify(makePacket(parts));
    expect(checks).toMatchObject([{ name: 'structure', verdict: 'failed', code: 'MEMBER_TYPE', detail: words }]);
  });

  it('of 1.6 may have anything where only 1.7 knows a member', () => {
    const bytes = makePacket({ authority: { nonce: 7, authority_class: 1 }, intent: { continuation_token: 'x' } });
    expect(verify(bytes)).toMatchObject({ verdict: 'verified', generation: '1.6' });
  });

  it('is a shadow intent where it cannot be read as a transparent one', () => {
    const shadow = { commitment_hash: 'c', stark_proof_b64: 's', public_inputs: null };
    const report = verify(makePacket({ intent: { ...shadow, confidence: 'none' } }));
    expect(check(report, 'stark')).toMatchObject({ verdict: 'unchecked', code: 'NO_VERIFIER' });
    expect(report.verdict).toBe('unchecked');
  });
});

describe('I6: checks of the desk’s own', () => {
  it('compare PCRs with the agent’s baseline, in its validity', () => {
    const pcrs = { '0': 'AA', '7': 'bb' };
    const bytes = makePacket({ identity: { pcrs } });
    const by = (baseline: object) => ({
      ...trust,
      baselines: [{ name: 'lab', purpose: 'pcrs' as const, aid: AID, pcrs: { '0': 'aa', '7': 'bb' }, ...baseline }],
    });
    const code = (baseline: object, packet = bytes) => check(verify(packet, by(baseline)), 'pcrs')?.code;
    expect(code({})).toBe('PCRS_MATCH');
    expect(code({ aid: AID.toUpperCase() })).toBe('PCRS_MATCH');
    expect(code({ pcrs: { '0': 'aa' } })).toBe('PCRS_DIFFER');
    expect(code({ pcrs: { '0': 'aa', '7': 'bb', '11': 'cc' } })).toBe('PCRS_DIFFER');
    expect(code({ pcrs: { '0': 'aa', '7': 'bc' } })).toBe('PCRS_DIFFER');
    expect(code({ aid: 'b2'.repeat(32) })).toBe('NO_BASELINE');
    expect(code({ valid_until: '2026-11-01T00:00:00Z' })).toBe('NO_BASELINE');
    expect(code({ valid_from: '2026-11-01T00:00:00Z' })).toBe('PCRS_MATCH');
    expect(code({}, makePacket())).toBe('PCRS_MISSING');
    expect(check(verify(makePacket()), 'pcrs')).toBeUndefined();
    expect(verify(bytes, by({})).verdict).toBe('verified');
  });

  it('find a payload proven only where the intent names its hash', () => {
    const payload = Buffer.from('POST /v1/transfers');
    const request_sha256 = '9d7a3d8c9b7c8ad9e7f7a3f3ae2a3a2b5b9b6d0d3f86d8f6c77c0b5f8f1c2a10';
    expect(check(verify(makePacket({ payload, intent: { request_sha256 } })), 'payload')?.code).toBe(
      'PAYLOAD_NOT_COVERED',
    );
    const named = verify(makePacket({ payload, intent: { request_sha256: sha256(payload) } }));
    expect(check(named, 'payload')).toMatchObject({ verdict: 'verified', code: 'PAYLOAD_MATCHES' });
    expect(named).toMatchObject({ verdict: 'verified', findings: [] });
  });

  it('judge a key’s validity at the witness’s time, and only where the root verified', () => {
    const old = { signer: 'gate-old' };
    const late = verify(makePacket(old));
    expect(check(late, 'signature')).toMatchObject({ verdict: 'failed', code: 'KEY_NO_LONGER_VALID' });
    const early = verify(makePacket({ ...old, witness: { timestamp: 1_780_000_000 } }));
    expect(check(early, 'signature')).toMatchObject({ verdict: 'verified', code: 'SIGNED' });
    const bytes = makePacket(old);
    bytes[bytes.indexOf('hardware')] = 0x48;
    expect(check(verify(bytes), 'root')?.verdict).toBe('failed');
    expect(check(verify(bytes), 'signature')).toMatchObject({ verdict: 'verified', code: 'SIGNED' });
  });

  it('take a time beyond the calendar for the last one', () => {
    const far = makePacket({ witness: { timestamp: 9_007_199_254_740_991 } });
    expect(check(verify(far), 'signature')).toMatchObject({ verdict: 'verified' });
    const old = makePacket({ signer: 'gate-old', witness: { timestamp: 9_007_199_254_740_991 } });
    expect(check(verify(old), 'signature')?.code).toBe('KEY_NO_LONGER_VALID');
  });

  it('without any key are unchecked at best', () => {
    expect(verify(makePacket(), NO_TRUST)).toMatchObject({ verdict: 'unchecked', key: null });
  });

  it('judge a token in the intent and one in the authority, each check as the worse has it', () => {
    const token = { payload: {}, signature: '00'.repeat(64) };
    const report = verify(
      makePacket({ intent: { continuation_token: token }, authority: { continuation_token: token } }),
    );
    expect(report.checks.filter(({ name }) => name.startsWith('token.')).map(({ name }) => name)).toEqual([
      'token.structure',
      'token.signature',
      'token.lifecycle',
      'token.binding',
    ]);
    expect(check(report, 'token.signature')?.verdict).toBe('failed');
  });
});

describe('what is told by its content', () => {
  it.each([
    ['', 'unknown', 'NOT_JSON'],
    ['[]', 'unknown', 'NOT_EVIDENCE'],
    ['{}', 'unknown', 'NOT_EVIDENCE'],
    ['{"payload":1}', 'unknown', 'NOT_EVIDENCE'],
    ['VE', 'unknown', 'NOT_JSON'],
    ['VEP', 'vep', 'HEADER_CUT'],
    ['{"payload":{},"signature":"","payload":{}}', 'token', 'DUPLICATE_MEMBER'],
    ['{"payload":[],"signature":""}', 'token', 'NOT_A_TOKEN'],
    ['{"capsule_root":"","authority":{', 'capsule', 'NOT_JSON'],
    ['{"intent":{},"authority":{},"identity":{}}', 'capsule', 'MEMBER_MISSING'],
  ])('%s', (text, kind, code) => {
    expect(verify(Buffer.from(text))).toMatchObject({ kind, verdict: 'failed', checks: [{ verdict: 'failed', code }] });
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
