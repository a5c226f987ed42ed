import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../electron/evidence/trust/ed25519.ts';

const vectors = new URL('../fixtures/vectors/ed25519/', import.meta.url);

function load<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, vectors), 'utf8')) as T;
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

interface Answer {
  verify: boolean;
  verify_strict: boolean;
}

const dalek = load<{
  speccheck: (Answer & { case: number })[];
  wycheproof: (Answer & { tcId: number })[];
  cctv: (Answer & { number: number })[];
  rfc8032: (Answer & { name: string })[];
}>('expected-dalek.json');

describe('S57 S58 Ed25519 answers as verify_strict does', () => {
  const speccheck = load<{ message: string; pub_key: string; signature: string }[]>('speccheck-cases.json');

  it.each(dalek.speccheck)('speccheck case $case: $verify_strict', ({ case: index, verify_strict }) => {
    const { message, pub_key, signature } = speccheck[index] as (typeof speccheck)[number];
    expect(verifyEd25519(bytes(pub_key), bytes(message), bytes(signature))).toBe(verify_strict);
  });

  it('on all 12 cases of speccheck, one of them accepted', () => {
    expect(speccheck).toHaveLength(12);
    expect(dalek.speccheck.filter((answer) => answer.verify_strict).map((answer) => answer.case)).toEqual([3]);
  });

  it('on all 151 cases of Wycheproof', () => {
    const file = load<{
      testGroups: { publicKey: { pk: string }; tests: { tcId: number; msg: string; sig: string }[] }[];
    }>('wycheproof-ed25519_test.json');
    const answers = file.testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(({ tcId, msg, sig }) => [tcId, verifyEd25519(bytes(publicKey.pk), bytes(msg), bytes(sig))]),
    );
    expect(answers).toHaveLength(151);
    expect(answers).toEqual(dalek.wycheproof.map(({ tcId, verify_strict }) => [tcId, verify_strict]));
  });

  it('on all 914 cases of CCTV', () => {
    const lines = readFileSync(new URL('cctv-ed25519vectors.jsonl', vectors), 'utf8').trimEnd().split('\n');
    const answers = lines.map((line) => {
      const { number, key, sig, msg } = JSON.parse(line) as { number: number; key: string; sig: string; msg: string };
      return [number, verifyEd25519(bytes(key), Buffer.from(msg), bytes(sig))];
    });
    expect(answers).toHaveLength(914);
    expect(answers).toEqual(dalek.cctv.map(({ number, verify_strict }) => [number, verify_strict]));
  });

  const rfc8032 =
    load<{ name: string; secret_key: string; public_key: string; message: string; signature: string }[]>(
      'rfc8032-7.1.json',
    );

  it.each(rfc8032)('signs RFC 8032 $name byte for byte', ({ name, secret_key, public_key, message, signature }) => {
    expect(Buffer.from(publicKeyOf(bytes(secret_key))).toString('hex')).toBe(public_key);
    expect(Buffer.from(signEd25519(bytes(secret_key), bytes(message))).toString('hex')).toBe(signature);
    const answer = dalek.rfc8032.find((candidate) => candidate.name === name);
    expect(verifyEd25519(bytes(public_key), bytes(message), bytes(signature))).toBe(answer?.verify_strict);
  });
});

describe('S57 what no primitive is asked', () => {
  const seed = Buffer.alloc(32, 7);
  const key = publicKeyOf(seed);
  const message = Buffer.from('root');
  const signature = signEd25519(seed, message);
  const P = 2n ** 255n - 19n;
  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

  function littleEndian(value: bigint): Buffer {
    return bytes(value.toString(16).padStart(64, '0')).reverse();
  }

  it.each([0, 31, 33, 64])('a public key of %i bytes is none', (length) => {
    expect(verifyEd25519(new Uint8Array(length), message, signature)).toBe(false);
  });

  it.each([0, 32, 63, 65, 128])('a signature of %i bytes is none', (length) => {
    const other = new Uint8Array(length);
    other.set(signature.subarray(0, length));
    expect(verifyEd25519(key, message, other)).toBe(false);
  });

  it('S + L, the same equation, is refused', () => {
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
    const other = Buffer.concat([signature.subarray(0, 32), littleEndian(s + ORDER)]);
    expect(verifyEd25519(key, message, signature)).toBe(true);
    expect(verifyEd25519(key, message, other)).toBe(false);
  });

  it.each(Array.from({ length: 19 }, (_, k) => BigInt(k)))('y = p + %s is no canonical form', (k) => {
    for (const sign of [0n, 2n ** 255n]) {
      const point = littleEndian(P + k + sign);
      expect(verifyEd25519(point, message, signature)).toBe(false);
      expect(verifyEd25519(key, message, Buffer.concat([point, signature.subarray(32)]))).toBe(false);
    }
  });

  it('no flipped bit of key, message or signature verifies', () => {
    const part = fc.constantFrom('key', 'message', 'signature');
    fc.assert(
      fc.property(part, fc.nat(), fc.nat(7), (name, at, bit) => {
        const parts = { key: Buffer.from(key), message: Buffer.from(message), signature: Buffer.from(signature) };
        const target = parts[name as keyof typeof parts];
        target[at % target.length] = (target[at % target.length] ?? 0) ^ (1 << bit);
        return !verifyEd25519(parts.key, parts.message, parts.signature);
      }),
    );
  });

  it('what is signed verifies, with many more keys than are kept in mind', () => {
    for (let n = 0; n < 150; n += 1) {
      const other = Buffer.alloc(32, n);
      const made = signEd25519(other, message);
      expect(verifyEd25519(publicKeyOf(other), message, made)).toBe(true);
      expect(verifyEd25519(key, message, made)).toBe(n === 7);
    }
  });
});
