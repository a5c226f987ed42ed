import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../../electron/evidence/trust/ed25519.ts';
import { boxKey, COST, newBoxKey, type Opener } from '../../../electron/features/keys/box-key.ts';
import { openBox, readBox, sealBox } from '../../../electron/features/keys/key-box.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { projectRoot } from '../../helpers/project-root.ts';

/** As little work as Argon2 knows: what a guess costs is not what these tests are about. */
const CHEAP = { memory_kib: 8, passes: 1 };
const random = (n: number) => new Uint8Array(randomBytes(n));
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const passphrases = fc.string({ unit: 'binary', minLength: 8, maxLength: 40 }).map((text) => text.normalize('NFC'));

async function boxOf(seed: Uint8Array, opener: Opener, label?: { name: string; made_at: string }) {
  const { key, openedBy } = await newBoxKey(opener, random, CHEAP);
  const head = { purpose: 'reviewer', public_hex: encodeHex(publicKeyOf(seed)), opened_by: openedBy } as const;
  return sealBox(seed, { ...head, ...(label === undefined ? {} : { label }) }, key, random(12));
}

async function opens(bytes: Uint8Array, opener: Opener): Promise<Uint8Array | null> {
  const box = readBox(bytes);
  const found = box === null ? null : await boxKey(box.opened_by, opener);
  return box === null || found === null ? null : openBox(box, found.key);
}

/** A recovery file of the first version, as it was written; opened with Python's cryptography as well (docs/formats/keys.md). */
const FIRST_VERSION = join(projectRoot, 'test', 'fixtures', 'keys', 'recovery-version-1.json');

describe('the box of a private key', () => {
  it('opens as it was first written: its form never changes', async () => {
    const bytes = readFileSync(FIRST_VERSION).subarray(0, -1);
    const opened = await opens(bytes, { kind: 'passphrase', passphrase: 'the passphrase' });
    expect(opened).toEqual(new Uint8Array(32).fill(7));
    expect(readBox(bytes)?.label).toEqual({ name: 'Ädä "x"\n\u0001 😀', made_at: '2026-11-15T15:28:14.000Z' });
  });

  it('opens with its passphrase, and gives the very key', async () => {
    const property = fc.asyncProperty(bytes32, passphrases, async (seed, passphrase) => {
      const opener = { kind: 'passphrase', passphrase } as const;
      expect(await opens(await boxOf(seed, opener), opener)).toEqual(seed);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('opens however the keyboard composes the passphrase', async () => {
    const seed = random(32);
    const bytes = await boxOf(seed, { kind: 'passphrase', passphrase: 'Schl\u00fcssel' });
    expect(await opens(bytes, { kind: 'passphrase', passphrase: 'Schlu\u0308ssel' })).toEqual(seed);
  });

  it('never opens with another passphrase', async () => {
    const property = fc.asyncProperty(passphrases, passphrases, async (passphrase, other) => {
      fc.pre(passphrase !== other);
      const bytes = await boxOf(random(32), { kind: 'passphrase', passphrase });
      expect(await opens(bytes, { kind: 'passphrase', passphrase: other })).toBeNull();
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('never opens with a byte changed, wherever it is', async () => {
    const opener = { kind: 'file', secret: random(32) } as const;
    const whole = await boxOf(random(32), opener, { name: 'Ada Lovelace', made_at: '2026-11-15T15:28:14.000Z' });
    expect(await opens(whole, opener)).not.toBeNull();
    for (let at = 0; at < whole.length; at += 1) {
      for (const change of [1, 2, 0x20, 0x80]) {
        const changed = Uint8Array.from(whole);
        changed[at] = (whole[at] ?? 0) ^ change;
        expect(await opens(changed, opener), `byte ${at} ^ ${change}`).toBeNull();
      }
    }
  });

  it('never opens cut short or made longer', async () => {
    const opener = { kind: 'file', secret: random(32) } as const;
    const whole = await boxOf(random(32), opener);
    for (let length = 0; length < whole.length; length += 1) expect(readBox(whole.subarray(0, length))).toBeNull();
    for (const more of [' ', '\n', '{}', '\0']) {
      expect(readBox(Buffer.concat([whole, Buffer.from(more)])), JSON.stringify(more)).toBeNull();
    }
  });

  it('never opens when what stands beside is put in the place of another box’s', async () => {
    const opener = { kind: 'file', secret: random(32) } as const;
    const [one, other] = [readBox(await boxOf(random(32), opener)), readBox(await boxOf(random(32), opener))];
    if (one === null || other === null) throw new Error('these are boxes');
    for (const member of ['public_hex', 'nonce_hex', 'sealed_hex'] as const) {
      expect(openBox({ ...one, [member]: other[member] }, opener.secret), member).toBeNull();
    }
    expect(openBox({ ...one, purpose: 'desk' }, opener.secret)).toBeNull();
    expect(openBox({ ...one, label: { name: 'Eve', made_at: '2026-11-15T15:28:14.000Z' } }, opener.secret)).toBeNull();
  });

  it('never holds a private key that is not its public key’s', async () => {
    const head = { purpose: 'reviewer', public_hex: 'ab'.repeat(32), opened_by: { kind: 'file' } } as const;
    const key = random(32);
    const box = readBox(sealBox(random(32), head, key, random(12)));
    expect(box === null ? null : openBox(box, key)).toBeNull();
    expect(box).not.toBeNull();
  });

  it('S49: is refused where it would take all memory or all day', async () => {
    const text = Buffer.from(await boxOf(random(32), { kind: 'passphrase', passphrase: 'eight or more' })).toString();
    expect(readBox(Buffer.from(text))).not.toBeNull();
    expect(readBox(Buffer.from(text.replace('"memory_kib":8', '"memory_kib":2097152')))).toBeNull();
    expect(readBox(Buffer.from(text.replace('"passes":1', '"passes":1000')))).toBeNull();
    expect(readBox(Buffer.from('['.repeat(100_000)))).toBeNull();
  });

  it('costs a guess 64 MiB, three times over', () => {
    expect(COST.memory_kib).toBeGreaterThanOrEqual(64 * 1024);
    expect(COST.passes).toBeGreaterThanOrEqual(3);
  });

  it('S16: gives the keyring a key of its own, never the private key', async () => {
    const given: Uint8Array[] = [];
    const keyring = {
      async seal(secret: Uint8Array) {
        given.push(Uint8Array.from(secret));
        return secret.map((byte) => byte ^ 0x55);
      },
      unseal: async (sealed: Uint8Array) => ({ secret: sealed.map((byte) => byte ^ 0x55), reseal: true }),
    };
    const seed = random(32);
    const bytes = await boxOf(seed, { kind: 'keyring', keyring });
    expect(await opens(bytes, { kind: 'keyring', keyring })).toEqual(seed);
    expect(given).toHaveLength(1);
    expect(given).not.toContainEqual(seed);
  });
});
