import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { readWireForm, valueOfSegment } from '../../electron/evidence/packet/wire-form.ts';
import { signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import { makePacket, type PacketParts, segment } from './make-packet.ts';
import { fixtureKey, fixtureTrust, instant } from './trusted.ts';

const trust = fixtureTrust();

function verify(bytes: Uint8Array) {
  const report = verifyEvidence(bytes, { at: instant('2026-11-15T12:00:00Z'), trust, role: 'escalation' });
  return { ...report, root: report.checks.find(({ name }) => name === 'root')?.verdict };
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

type Members = Record<string, unknown>;

/** The packet of these parts with the root that `hashed` says its pillars have, signed by the gate. */
function rehashed(parts: PacketParts, hashed: (pillars: [Members, Members, Members, Members]) => Buffer): Buffer {
  const bytes = makePacket(parts);
  const wire = readWireForm(bytes);
  const [intent, authority, identity, witness] = [1, 2, 3, 5].map((type) => {
    const found = wire.segments.find((candidate) => candidate.type === type);
    return JSON.parse(Buffer.from(valueOfSegment(bytes, found as never)).toString()) as Members;
  }) as [Members, Members, Members, Members];
  const { chora_node_id, timestamp } = witness;
  const root = hashed([intent, authority, identity, { chora_node_id, timestamp }]);
  root.copy(bytes, 36);
  const segments = wire.segments.map((part) => {
    const value = part.name === 'signature' ? signEd25519(fixtureKey('gate').seed, root) : valueOfSegment(bytes, part);
    return segment(part.type, value);
  });
  return Buffer.concat([bytes.subarray(0, 76), ...segments]);
}

const NONE = new Uint8Array(0);

function tree([intent, authority, identity, witness]: readonly Buffer[]): Buffer {
  const node = (left: Uint8Array = NONE, right: Uint8Array = NONE) => sha256(Buffer.of(1), left, right);
  return node(node(intent, authority), node(identity, witness));
}

const crates = (pillar: Members) => sha256(Buffer.of(0), jcs(pillar));
const sdk = (pillar: Members) => sha256(Buffer.of(0), sha256(jcs(pillar)));
/** As `jcs`, which refuses integers that a double cannot tell apart. */
const canonicalWith = (intent: Members, confidence: number) =>
  Buffer.from(
    Buffer.from(jcs({ ...intent, confidence: 0.25 }))
      .toString()
      .replace('0.25', String(confidence)),
  );
const magpie = Buffer.from('(pay "x")\n');

describe('profiles', () => {
  it.each([
    ['vex-0.3', (pillars: Members[]) => tree(pillars.map(crates))],
    ['sdk-1.6', (pillars: Members[]) => tree(pillars.map(sdk))],
    [
      'flat-0.2',
      (pillars: Members[]) => {
        const names = ['intent_hash', 'authority_hash', 'identity_hash', 'witness_hash'];
        return sha256(
          jcs(Object.fromEntries(pillars.map((pillar, i) => [names[i], sha256(jcs(pillar)).toString('hex')]))),
        );
      },
    ],
  ] as const)('%s is told by its root', (profile, hashed) => {
    expect(verify(rehashed({}, hashed))).toMatchObject({ profile, verdict: 'verified', canonicalization: 'same' });
  });

  it('of the SDK and the flat one hash what stands there, null included, and no source that stands elsewhere', () => {
    const parts = { authority: { gate_sensors: null, escalation_id: null }, magpie };
    const report = verify(rehashed(parts, (pillars) => tree(pillars.map(sdk))));
    expect(report).toMatchObject({ profile: 'sdk-1.6', verdict: 'verified', findings: ['MAGPIE_NOT_COVERED'] });
    const inside = rehashed(parts, ([intent, ...rest]) =>
      tree([{ ...intent, magpie_source: magpie.toString() }, ...rest].map(sdk)),
    );
    expect(verify(inside)).toMatchObject({ profile: 'sdk-1.6', findings: ['MAGPIE_FROM_SEGMENT'] });
  });
});

describe('what the crates hash', () => {
  const without = (object: Members, ...names: string[]) =>
    Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

  it('is a pillar without its known optional members that are null, by the rule of either generation', () => {
    const parts = { authority: { authority_class: null, binding_status: null, other: null } };
    const by = (...names: string[]) =>
      verify(
        rehashed(parts, ([intent, authority, ...rest]) =>
          tree([intent, without(authority, ...names), ...rest].map(crates)),
        ),
      );
    expect(by('authority_class', 'binding_status').root).toBe('verified');
    expect(by('binding_status').root).toBe('verified');
    expect(by().root).toBe('failed');
    expect(by('authority_class', 'binding_status', 'other').root).toBe('failed');
    expect(by('authority_class').root).toBe('failed');
  });

  it('has an empty list for a missing one, or none, in a token inside as well', () => {
    const token = { payload: { resolution_event_id: null, exp: 1 }, signature: '' };
    const parts = { authority: { continuation_token: token } };
    const by = (payload: Members) =>
      verify(
        rehashed(parts, ([intent, authority, ...rest]) =>
          tree([intent, { ...authority, continuation_token: { ...token, payload } }, ...rest].map(crates)),
        ),
      ).root;
    expect(by({ exp: 1, capabilities: [] })).toBe('verified');
    expect(by({ exp: 1 })).toBe('verified');
    expect(by({ exp: 1, resolution_event_id: null })).toBe('failed');
    expect(by({ exp: 1, capabilities: [], more: 1 })).toBe('failed');
  });

  it('has a confidence as the double that it is read as, however many digits it is written with', () => {
    const text = (digits: string) => {
      const bytes = rehashed({ intent: { confidence: 0.25 } }, ([intent, ...rest]) =>
        tree([sha256(Buffer.of(0), canonicalWith(intent, Number(digits))), ...rest.map(crates)]),
      );
      const at = bytes.indexOf('0.25');
      const head = Buffer.from(bytes.subarray(0, at));
      head.writeUInt32BE(head.readUInt32BE(77) + digits.length - 4, 77);
      return Buffer.concat([head, Buffer.from(digits), bytes.subarray(at + 4)]);
    };
    for (const digits of ['9007199254740993', '18446744073709551615', '-9223372036854775808']) {
      expect(verify(text(digits))).toMatchObject({ root: 'verified' });
    }
  });

  it('has the source of segment 7 where the intent has none or null, and only there', () => {
    const by = (own: Members, hashed: Members) =>
      verify(
        rehashed({ intent: own, magpie }, ([intent, ...rest]) =>
          tree([{ ...without(intent, 'magpie_source'), ...hashed }, ...rest].map(crates)),
        ),
      );
    const source = { magpie_source: magpie.toString() };
    expect(by({}, source)).toMatchObject({ root: 'verified', findings: ['MAGPIE_FROM_SEGMENT'] });
    expect(by({ magpie_source: null }, source)).toMatchObject({ root: 'verified', findings: ['MAGPIE_FROM_SEGMENT'] });
    expect(by({}, {})).toMatchObject({ root: 'failed' });
    expect(by({ magpie_source: 'own' }, { magpie_source: 'own' })).toMatchObject({
      root: 'verified',
      findings: ['MAGPIE_DIFFERS'],
    });
    expect(by(source, source)).toMatchObject({ root: 'verified', findings: ['MAGPIE_REPEATED'] });
    expect(by({ magpie_source: 'own' }, source)).toMatchObject({ root: 'failed' });
  });

  it('never verifies with one pillar by one rule and another by another', () => {
    const parts = { authority: { binding_status: null } };
    const mixed = rehashed(parts, ([intent, authority, identity, witness]) =>
      tree([crates(intent), sdk(authority), crates(identity), crates(witness)]),
    );
    expect(verify(mixed).root).toBe('failed');
  });
});
