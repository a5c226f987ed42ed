import { describe, expect, it } from 'vitest';
import { publicKeyOf, signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { judgeSignature, type SignatureQuestion } from '../../electron/evidence/trust/signature.ts';
import { NO_TRUST, type PinnedKey } from '../../electron/evidence/trust/trust.ts';
import { KEY_PURPOSES, type KeyPurpose } from '../../shared/domain/verdict.ts';
import { instant } from './trusted.ts';

const root = Buffer.alloc(32, 1);
const messages = [{ profile: 'root', bytes: root }];

function seedOf(name: string): Buffer {
  return Buffer.alloc(32, name);
}

function pinned(name: string, purpose: KeyPurpose, more: Partial<PinnedKey> = {}): PinnedKey {
  return { name, purpose, public_hex: Buffer.from(publicKeyOf(seedOf(name))).toString('hex'), ...more };
}

function judge(signer: string, keys: readonly PinnedKey[], more: Partial<SignatureQuestion> = {}) {
  const signature = signEd25519(seedOf(signer), root);
  const at = instant('2026-10-03T12:00:00Z');
  return judgeSignature({ signature, messages, purposes: ['gate'], trust: { ...NO_TRUST, keys }, at, ...more });
}

describe('I6 which pinned key verifies a signature', () => {
  it('a key of the needed purpose does, and is named with its validity', () => {
    const gate = pinned('gate', 'gate', { valid_from: '2026-10-01T00:00:00Z', pinned_at: '2026-10-02T08:00:00.000Z' });
    expect(judge('gate', [pinned('other', 'gate'), gate])).toMatchObject({
      verdict: 'verified',
      code: 'SIGNED',
      detail: 'Signed with gate, valid from 1 Oct 2026.',
      profile: 'root',
      key: {
        name: 'gate',
        purpose: 'gate',
        public_hex: gate.public_hex,
        valid_from: '2026-10-01T00:00:00Z',
        valid_until: null,
        pinned_at: '2026-10-02T08:00:00.000Z',
      },
    });
  });

  it('nothing is verified, failed or blamed on anyone where no key of the purpose is pinned', () => {
    for (const keys of [[], [pinned('issuer', 'issuer')]]) {
      expect(judge('gate', keys)).toMatchObject({
        verdict: 'unchecked',
        code: 'NO_KEY',
        detail: 'No key of this purpose is pinned.',
        key: null,
      });
    }
  });

  it('a stranger’s signature fails where a key of the purpose is pinned, even one that ended or was revoked', () => {
    for (const more of [{}, { valid_until: '2026-01-01T00:00:00Z' }, { revoked: true }]) {
      expect(judge('stranger', [pinned('gate', 'gate', more)])).toMatchObject({
        verdict: 'failed',
        code: 'NOT_SIGNED',
        detail: "Not the gate's signature over this root. No pinned key made it.",
        key: null,
        profile: null,
      });
    }
    expect(
      judge('stranger', [pinned('r', 'reviewer')], { purposes: ['reviewer', 'gate'], over: 'payload' }).detail,
    ).toBe("Not the reviewer's or the gate's signature over this payload. No pinned key made it.");
  });

  const pairs = KEY_PURPOSES.flatMap((made) =>
    KEY_PURPOSES.filter((p) => p !== made).map((needed) => [made, needed] as const),
  );

  it.each(pairs)('a key of purpose %s verifies nothing that needs %s, and is named', (made, needed) => {
    for (const keys of [[pinned('k', made)], [pinned('right', needed), pinned('k', made)]]) {
      expect(judge('k', keys, { purposes: [needed] })).toMatchObject({
        verdict: 'failed',
        code: 'OTHER_PURPOSE',
        detail: `Signed with k, whose purpose is ${made}, not ${needed}.`,
        key: null,
      });
    }
  });

  it.each([
    ['2026-09-30T23:59:59.999999999Z', 'KEY_NOT_YET_VALID', 'on 30 Sep 2026, before its first day, 1 Oct 2026'],
    ['2026-10-01T00:00:00Z', 'SIGNED', null],
    ['2026-11-01T11:59:59.999999999Z', 'SIGNED', null],
    [
      '2026-11-01T12:00:00Z',
      'KEY_NO_LONGER_VALID',
      'at 2026-11-01T12:00:00Z, after its last moment, 2026-11-01T12:00:00Z',
    ],
    ['2026-11-03T00:00:00Z', 'KEY_NO_LONGER_VALID', 'on 3 Nov 2026, after its last day, 1 Nov 2026'],
  ])('validity holds from its first instant to before its end: %s %s', (at, code, words) => {
    const gate = pinned('gate', 'gate', { valid_from: '2026-10-01T00:00:00Z', valid_until: '2026-11-01T12:00:00Z' });
    const answer = judge('gate', [gate], { at: instant(at) });
    expect(answer).toMatchObject({ verdict: code === 'SIGNED' ? 'verified' : 'failed', code });
    if (words !== null) expect(answer).toMatchObject({ detail: `Signed with gate ${words}.`, key: null });
  });

  it('a validity that ends at no instant of the calendar holds nothing', () => {
    for (const more of [{ valid_from: '2026-02-31T00:00:00Z' }, { valid_until: '2026-02-31T00:00:00Z' }]) {
      expect(judge('gate', [pinned('gate', 'gate', more)]).verdict).toBe('failed');
    }
  });

  it('leaves validity aside where the time is not proven, and says so', () => {
    const gate = pinned('gate', 'gate', { valid_until: '2026-01-01T00:00:00Z' });
    expect(judge('gate', [gate], { at: null })).toMatchObject({
      verdict: 'verified',
      detail: 'Signed with gate, valid until 1 Jan 2026; when it was signed is not proven.',
    });
  });

  it('prefers the entry inside its validity where one key is pinned several times', () => {
    const entries = [
      pinned('gate', 'gate', { valid_until: '2026-02-01T00:00:00Z' }),
      pinned('gate', 'gate', { valid_from: '2026-10-01T00:00:00Z' }),
    ];
    expect(judge('gate', entries)).toMatchObject({ verdict: 'verified', key: { valid_from: '2026-10-01T00:00:00Z' } });
    expect(judge('gate', entries.toReversed())).toMatchObject({ verdict: 'verified' });
    expect(judge('gate', entries, { at: instant('2026-05-01T00:00:00Z') })).toMatchObject({ verdict: 'failed' });
  });

  it('a revoked key verifies nothing, pinned a second time or not, at any time', () => {
    const revoked = pinned('gate', 'gate', { revoked: true });
    for (const at of [instant('2026-10-03T12:00:00Z'), null]) {
      for (const keys of [[revoked], [pinned('gate', 'gate'), revoked]]) {
        expect(judge('gate', keys, { at })).toMatchObject({
          verdict: 'failed',
          code: 'KEY_REVOKED',
          detail: 'Signed with gate, a key that was revoked.',
          key: null,
        });
      }
    }
  });

  it.each([0, 63, 65])('a signature of %i bytes fails, key or no key', (length) => {
    for (const keys of [[], [pinned('gate', 'gate')]]) {
      expect(judge('gate', keys, { signature: new Uint8Array(length) })).toMatchObject({
        verdict: 'failed',
        code: 'SIGNATURE_FORM',
      });
    }
  });

  it('names the message that was signed, among several', () => {
    const others = [{ profile: 'other', bytes: Buffer.from('x') }, ...messages];
    expect(judge('gate', [pinned('gate', 'gate')], { messages: others }).profile).toBe('root');
  });

  it('S63 shows what is invisible in a key’s name', () => {
    const answer = judge('k', [{ ...pinned('k', 'gate'), name: 'gate\u202e\u001b[31m' }]);
    expect(answer.detail).toBe('Signed with gate<RLO 202E><ESC 001B>[31m.');
  });
});
