import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalForms } from '../../electron/evidence/json/canonicalize.ts';
import { type Sealing, sealResolution } from '../../electron/evidence/packet/seal.ts';
import { readWireForm, type SegmentName, segmentValue } from '../../electron/evidence/packet/wire-form.ts';
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { type VerifyContext, verifyEvidence } from '../../electron/evidence/verify.ts';
import { DeskError } from '../../shared/domain/errors.ts';
import { readJson } from '../../shared/domain/json/read.ts';
import { hasBadCharacter } from '../../shared/domain/json/utf8.ts';
import { SEALED_ROOTS } from './sealed-roots.ts';
import { instant } from './trusted.ts';

const fixtures = new URL('../fixtures/fixtures/', import.meta.url);
const seed = Buffer.alloc(32, 9);
const reviewerKey = publicKeyOf(seed);
const publicHex = Buffer.from(reviewerKey).toString('hex');

function fixture(name: string): Buffer {
  return readFileSync(new URL(name, fixtures));
}

function sealing(more: Partial<Sealing> = {}): Sealing {
  return {
    original: fixture('packets/minimal.vep'),
    escalationId: 'esc-1',
    outcome: 'ALLOW',
    reasonCode: 'WITHIN_LIMITS',
    capsuleId: '0e468bc6-c0b1-4039-9c76-9d9fce60d444',
    nonce: 18_446_744_073_709_551_615n,
    reviewerKey,
    deskFingerprint: 'ab'.repeat(32),
    viewSha256: 'cd'.repeat(32),
    timestamp: 1_794_539_115,
    sign: (root) => signEd25519(seed, root),
    ...more,
  };
}

const trust = { keys: [{ name: 'mk', purpose: 'reviewer', public_hex: publicHex }], baselines: [] } as const;

function verify(packet: Uint8Array, more: Partial<VerifyContext> = {}) {
  const escalation = { id: 'esc-1', event: '0e468bc6-c0b1-4039-9c76-9d9fce60d444' };
  return verifyEvidence(packet, {
    at: instant('2026-11-15T12:00:00Z'),
    trust,
    role: 'resolution',
    escalation,
    ...more,
  });
}

function notVerified(packet: Uint8Array): string[] {
  return verify(packet)
    .checks.filter(({ verdict }) => verdict !== 'verified')
    .map(({ name, code }) => `${name}:${code}`);
}

function partOf(packet: Uint8Array, name: SegmentName): Buffer {
  return Buffer.from(segmentValue(packet, readWireForm(packet), name) ?? []);
}

function jsonOf(packet: Uint8Array, name: SegmentName): unknown {
  return JSON.parse(partOf(packet, name).toString('utf8'));
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DeskError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a sealed resolution', () => {
  it('says what was decided, by whom, on which view, and verifies as a resolution', () => {
    const packet = sealResolution(sealing());
    const report = verify(packet);
    expect(report).toMatchObject({
      kind: 'vep',
      verdict: 'verified',
      profile: 'vex-0.3',
      generation: '1.7',
      canonicalization: 'same',
      header: { version: 3, aid: publicHex, nonce: '18446744073709551615' },
      findings: [],
      key: { name: 'mk', purpose: 'reviewer' },
    });
    expect(report.checks.map(({ name }) => name)).toEqual([
      'structure',
      'root',
      'signature',
      'aid',
      'nonce',
      'escalation',
    ]);
    expect(jsonOf(packet, 'authority')).toEqual({
      capsule_id: '0e468bc6-c0b1-4039-9c76-9d9fce60d444',
      escalation_id: 'esc-1',
      nonce: '18446744073709551615',
      outcome: 'ALLOW',
      reason_code: 'WITHIN_LIMITS',
      trace_root: 'b7fa8820470cb06cd35c631c710d577c95f8ccd86ead653154235b5284127894',
    });
    expect(jsonOf(packet, 'identity')).toEqual({ aid: publicHex, identity_type: 'human-reviewer' });
    expect(jsonOf(packet, 'witness')).toEqual({
      chora_node_id: 'ab'.repeat(32),
      receipt_hash: 'cd'.repeat(32),
      timestamp: 1_794_539_115,
    });
  });

  it('is signed over the 32 bytes of its root, and over nothing else', () => {
    const signed: Uint8Array[] = [];
    const sign = (root: Uint8Array) => {
      signed.push(root);
      return signEd25519(seed, root);
    };
    const packet = sealResolution(sealing({ sign }));
    expect(signed.map((root) => Buffer.from(root).toString('hex'))).toEqual([verify(packet).root]);
    expect(verifyEd25519(reviewerKey, packet.subarray(36, 68), partOf(packet, 'signature'))).toBe(true);
  });

  it.each(SEALED_ROOTS)('on %s it has the root that the protocol’s own program computes', (name, root) => {
    const packet = sealResolution(sealing({ original: fixture(name) }));
    expect(verify(packet).root).toBe(root);
    expect(notVerified(packet)).toEqual(name.includes('shadow') ? ['stark:NO_VERIFIER'] : []);
  });

  it.each(SEALED_ROOTS.filter(([name]) => name.endsWith('.vep')))(
    'takes the intent of %s over byte for byte',
    (name) => {
      const original = fixture(name);
      const packet = sealResolution(sealing({ original }));
      expect(partOf(packet, 'intent').equals(partOf(original, 'intent'))).toBe(true);
    },
  );

  it('takes the intent of a capsule over by its exact members', () => {
    const original = fixture('capsules/runtime-plain.json');
    const { intent } = JSON.parse(original.toString('utf8')) as { intent: unknown };
    expect(jsonOf(sealResolution(sealing({ original })), 'intent')).toEqual(intent);
  });

  it.each([
    ['packets/magpie-segment-only.vep', true],
    ['packets/magpie-null-and-segment.vep', true],
    ['packets/magpie-both-different.vep', false],
    ['packets/shadow-with-magpie-segment.vep', false],
  ])('carries the Magpie source of %s only where the root covers it: %s', (name, carried) => {
    const original = fixture(name);
    const source = partOf(sealResolution(sealing({ original })), 'magpie');
    expect(source.equals(carried ? partOf(original, 'magpie') : Buffer.alloc(0))).toBe(true);
  });

  it('writes pillars of its own in one canonical form, whichever rule orders their members', () => {
    const packet = sealResolution(sealing());
    for (const name of ['authority', 'identity', 'witness'] as const) {
      const json = readJson(partOf(packet, name));
      const forms = canonicalForms(json.ok ? json.value : null);
      expect(forms.rfc8785).toBe(forms.serde_jcs);
      expect(Buffer.from(forms.serde_jcs.bytes).equals(partOf(packet, name))).toBe(true);
    }
  });

  it.each([0n, 1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n])(
    'S45 has the nonce %s in header and authority',
    (nonce) => {
      const report = verify(sealResolution(sealing({ nonce })));
      expect(report).toMatchObject({ verdict: 'verified', header: { nonce: String(nonce) } });
    },
  );

  it('names an escalation whose id is any text that a packet can carry', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((id) => !hasBadCharacter(id));
    fc.assert(
      fc.property(text, fc.constantFrom('ALLOW' as const, 'HALT' as const), (id, outcome) => {
        const packet = sealResolution(sealing({ escalationId: id, outcome }));
        const escalation = { id, event: '0e468bc6-c0b1-4039-9c76-9d9fce60d444' };
        expect(verify(packet, { escalation }).verdict).toBe('verified');
        expect(jsonOf(packet, 'authority')).toMatchObject({ escalation_id: id, outcome });
        const other = verify(packet, { escalation: { ...escalation, id: `${id}x` } });
        expect(other.checks.find(({ name }) => name === 'escalation')?.verdict).toBe('failed');
      }),
    );
  });

  it.each(['\ud800', 'a\udc00b', '\ufffe', '\u{1ffff}'])('S50 no packet carries the id %j', (escalationId) => {
    expect(codeOf(() => sealResolution(sealing({ escalationId })))).toBe('INVALID_INPUT');
  });

  it.each([
    'packets/missing-intent.vep',
    'packets/header-only.vep',
    'packets/empty.vep',
    'packets/duplicate-key-nested.vep',
    'tokens/v17-valid.json',
  ])('without an intent that can be read nothing is sealed or signed: %s', (name) => {
    let signed = 0;
    const sign = (root: Uint8Array) => {
      signed += 1;
      return signEd25519(seed, root);
    };
    expect(codeOf(() => sealResolution(sealing({ original: fixture(name), sign })))).toBe('INVALID_INPUT');
    expect(signed).toBe(0);
  });

  it('S49 what would be larger than 16 MiB is neither sealed nor signed', () => {
    const original = fixture('packets/magpie-segment-only.vep');
    const source = Buffer.alloc(16 * 1024 * 1024 - original.length, 'x');
    const head = Buffer.from([7, 0, 0, 0, 0]);
    head.writeUInt32BE(source.length, 1);
    const at = original.indexOf(partOf(original, 'magpie')) - 5;
    const rest = original.subarray(at + 5 + partOf(original, 'magpie').length);
    const large = Buffer.concat([original.subarray(0, at), head, source, rest]);
    expect(verify(large).checks[0]).toMatchObject({ name: 'structure', verdict: 'verified' });
    const sign = () => expect.unreachable('nothing is signed');
    expect(codeOf(() => sealResolution(sealing({ original: large, sign })))).toBe('LIMIT_EXCEEDED');
  });

  it('I6 verifies by the reviewer’s pinned key alone, and as no escalation’s evidence', () => {
    const packet = sealResolution(sealing());
    const stranger = { ...trust.keys[0], public_hex: Buffer.from(publicKeyOf(Buffer.alloc(32, 8))).toString('hex') };
    expect(verify(packet, { trust: { keys: [stranger], baselines: [] } }).verdict).toBe('failed');
    expect(verify(packet, { trust: { keys: [], baselines: [] } }).verdict).toBe('unchecked');
    expect(verify(packet, { role: 'escalation' }).verdict).toBe('failed');
  });

  it('leaves the token in the original intent to the escalation that it belongs to', () => {
    const original = fixture('packets/token-in-intent.vep');
    const report = verify(sealResolution(sealing({ original })));
    expect(report.verdict).toBe('verified');
    expect(report.checks.filter(({ name }) => name.startsWith('token.'))).toEqual([]);
    const asked = verifyEvidence(original, { at: instant('2026-11-15T12:00:00Z'), trust, role: 'escalation' });
    expect(asked.checks.filter(({ name }) => name.startsWith('token.'))).toHaveLength(4);
  });

  it('I9 S68 no packet with a changed byte verifies, but for what no root covers, which its SHA-256 does', () => {
    const packet = sealResolution(sealing({ original: fixture('packets/magpie-segment-only.vep') }));
    const receiptAt = Buffer.from(packet).indexOf('cd'.repeat(32));
    const uncovered = new Set<number>();
    for (let at = 0; at < packet.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(packet);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const report = verify(changed);
        if (report.verdict === 'verified') uncovered.add(at);
        expect(report.sha256).not.toBe(verify(packet).sha256);
      }
    }
    // The version (2 is known as well) and the receipt's text: the protocol leaves both out of the root.
    expect([...uncovered]).toEqual([3, ...Array.from({ length: 64 }, (_, index) => receiptAt + index)]);
  });
});
