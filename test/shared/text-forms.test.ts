import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../shared/domain/base64.ts';
import { decodeHex, encodeHex, isSha256Hex } from '../../shared/domain/hex.ts';
import { isUuid, readUuid } from '../../shared/domain/uuid.ts';

const uuids = readFileSync(new URL('../fixtures/vectors/identifiers-time/uuid.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { value: string; valid: boolean; description: string });

describe('UUIDs', () => {
  it.each(uuids.map((c) => [c.value, c.description, c.valid] as const))('%j: %s', (value, _, valid) => {
    expect(isUuid(value)).toBe(valid);
  });

  const usual = '919108f7-52d1-4320-9bac-f847db4148a8';

  it.each([
    [usual, false],
    [usual.toUpperCase(), true],
    [usual.replaceAll('-', ''), true],
    [`urn:uuid:${usual}`, true],
    [`{${usual}}`, true],
  ])('%s is read, odd: %s', (text, odd) => expect(readUuid(text)).toEqual({ uuid: usual, odd, nil: false }));

  it.each([
    '',
    'not-a-uuid',
    `URN:UUID:${usual}`,
    `{${usual}`,
    `${usual}}`,
    `{${usual.replaceAll('-', '')}}`,
    ` ${usual}`,
    `${usual}\n`,
  ])('%j is refused', (text) => expect(readUuid(text)).toBeNull());

  it('knows the nil UUID in any form', () => {
    expect(readUuid('00000000-0000-0000-0000-000000000000')?.nil).toBe(true);
    expect(readUuid('0'.repeat(32))).toMatchObject({ nil: true, odd: true });
  });
});

describe('S56 hex and base64', () => {
  it('writes and reads any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
        expect(decodeHex(encodeHex(bytes).toUpperCase())).toEqual(bytes);
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(['a', 'abc', 'ag', ' ab', 'ab ', '0xab', 'ab\n', 'аb'])('refuses %j as hex', (text) => {
    expect(decodeHex(text)).toBeNull();
  });

  it.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zg==\n', ' Zg==', 'Z===', '=', '====', 'Zg==Zg==', 'Zm-v', 'Zm_v', 'Z g=='])(
    'refuses %j as base64',
    (text) => expect(decodeBase64(text)).toBeNull(),
  );

  it('takes nothing that is not the one form of its bytes', () => {
    const letters = fc.array(fc.constantFrom(...'AZaz09+/=-_ \n'), { maxLength: 12 }).map((l) => l.join(''));
    fc.assert(
      fc.property(letters, (text) => {
        const bytes = decodeBase64(text);
        if (bytes !== null) expect(encodeBase64(bytes)).toBe(text);
      }),
    );
  });

  it('knows a SHA-256 by 64 lower-case digits (I4)', () => {
    expect(isSha256Hex('0a'.repeat(32))).toBe(true);
    for (const text of ['0A'.repeat(32), '0a'.repeat(31), `${'0a'.repeat(32)}\n`, ''])
      expect(isSha256Hex(text)).toBe(false);
  });
});
