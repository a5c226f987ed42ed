import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anatomyOf } from '../../electron/evidence/packet/anatomy.ts';
import { NO_TRUST } from '../../electron/evidence/trust/trust.ts';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import { MAX_SHOWN_JSON, PacketAnatomy } from '../../shared/domain/anatomy.ts';
import { makePacket, segment } from './make-packet.ts';
import { fixtureTrust, instant } from './trusted.ts';

const fixtures = new URL('../fixtures/fixtures/', import.meta.url);
const trust = fixtureTrust();

function bytesOf(file: string): Buffer {
  return readFileSync(new URL(file, fixtures));
}

function anatomy(bytes: Uint8Array): PacketAnatomy {
  return PacketAnatomy.parse(anatomyOf(bytes, trust));
}

const files = ['packets', 'capsules'].flatMap((folder) =>
  readdirSync(new URL(folder, fixtures))
    .filter((name) => /\.vep$/.test(name) || (folder === 'capsules' && name !== 'expected.json'))
    .map((name) => `${folder}/${name}`),
);

function sha256(prefix: number, ...hex: string[]): string {
  const hash = createHash('sha256').update(Uint8Array.of(prefix));
  for (const part of hex) hash.update(Buffer.from(part, 'hex'));
  return hash.digest('hex');
}

describe('a packet’s anatomy', () => {
  it.each(files)('%s agrees with its report, and with its bytes', (file) => {
    const bytes = bytesOf(file);
    const report = verifyEvidence(bytes, { at: instant('2026-11-15T12:00:00Z'), trust, role: 'escalation' });
    const found = anatomyOf(bytes, trust);
    if (found === null) {
      expect(report.checks).toMatchObject([{ name: 'structure', verdict: 'failed' }]);
      return;
    }
    const shown = PacketAnatomy.parse(found);
    expect(shown).toMatchObject({ sha256: report.sha256, kind: report.kind, profile: report.profile });
    expect(shown.fault).toBe(report.checks[0]?.verdict === 'failed' ? report.checks[0].detail : null);
    expect(shown.root.claimed).toBe(report.root);
    if (shown.fault !== null) return;
    const rootVerified = report.checks.some(({ name, verdict }) => name === 'root' && verdict === 'verified');
    expect(shown.root.computed === shown.root.claimed).toBe(rootVerified);
    if (shown.nodes !== null) {
      const [intent, authority, identity, witness] = shown.pillars.map(({ leaf }) => leaf ?? '') as [
        string,
        string,
        string,
        string,
      ];
      expect(shown.nodes).toEqual({ left: sha256(1, intent, authority), right: sha256(1, identity, witness) });
      expect(shown.root.computed).toBe(sha256(1, shown.nodes.left, shown.nodes.right));
    }
    for (const { offset, length, json } of shown.pillars) {
      const text = offset === null ? json : bytes.subarray(offset, offset + length).toString();
      expect(json).toBe(text);
    }
  });

  it('shows where claimed and computed part, and by which rule stored hashes are made', () => {
    const shown = anatomy(bytesOf('capsules/tampered-intent.json'));
    expect(shown.pillars.map(({ claimed }) => claimed?.rule)).toEqual(['neither', 'naked', 'naked', 'prefixed']);
    expect(shown.root.claimed).not.toBe(shown.root.computed);
    expect(shown.pillars[0]?.json).toContain('"confidence": ');
    expect(anatomy(bytesOf('packets/flip-root.vep'))).toMatchObject({ fault: null, profile: null });
  });

  it('lists segments by type and place, and says which the root covers', () => {
    const bytes = makePacket({ magpie: Buffer.from('(pay)'), payload: Buffer.from('body') });
    const shown = anatomy(Buffer.concat([bytes, segment(9, Buffer.from('?'))]));
    expect(shown.segments.map(({ name, covered }) => `${name} ${covered}`)).toEqual([
      'intent true',
      'authority true',
      'identity true',
      'payload false',
      'witness true',
      'signature false',
      'magpie true',
      'unknown false',
    ]);
    expect(shown.segments.at(-1)).toMatchObject({ type: 9, offset: bytes.length + 5, length: 1 });
    const beside = makePacket({ intent: { magpie_source: 'own' } });
    const kept = anatomy(Buffer.concat([beside, segment(7, Buffer.from('other'))]));
    expect(kept.segments.at(-1)).toMatchObject({ name: 'magpie', covered: false });
  });

  it('names the keys that were tried, and what came out', () => {
    const { keys, signature } = anatomy(makePacket());
    expect(signature).toMatch(/^[0-9a-f]{128}$/);
    expect(keys.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['gate', 'Signed with gate, valid from 1 Oct 2026.'],
      ['gate-old', 'It did not make this signature.'],
    ]);
    expect(anatomy(makePacket({ signer: 'issuer' })).keys.at(-1)).toMatchObject({
      name: 'issuer',
      outcome: 'Signed with issuer, whose purpose is issuer, not reviewer or gate.',
    });
    expect(anatomyOf(makePacket(), NO_TRUST)?.keys).toEqual([]);
  });

  it('is bounded in size: longer JSON is cut between two characters, with its length', () => {
    const bytes = makePacket({ intent: { long: 'é漢'.repeat(40_000) } });
    const intent = anatomy(bytes).pillars[0];
    expect(intent?.length).toBeGreaterThan(200_000);
    const shown = Buffer.from(intent?.json ?? '');
    expect(shown.length).toBeLessThanOrEqual(MAX_SHOWN_JSON);
    expect(shown.length).toBeGreaterThan(MAX_SHOWN_JSON - 4);
    expect(
      bytes
        .subarray(intent?.offset ?? 0)
        .subarray(0, shown.length)
        .equals(shown),
    ).toBe(true);
  });

  it('of what cannot be read shows what could be', () => {
    const shown = anatomy(makePacket().subarray(0, 300));
    expect(shown.fault).toBe('A segment says that it is longer than the packet, or the packet is cut short.');
    expect(shown.header?.version).toBe(3);
    expect(shown.pillars[0]?.json).toContain('request_sha256');
    expect(shown.pillars[1]).toMatchObject({ json: null, leaf: null });
    expect(anatomyOf(bytesOf('tokens/v17-valid.json'), trust)).toBeNull();
    expect(anatomyOf(new Uint8Array(0), trust)).toBeNull();
  });
});
