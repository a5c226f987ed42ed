import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrustFile, trustOf, writeTrustFile } from '../../electron/evidence/trust/trust-file.ts';
import { TrustEntry } from '../../shared/domain/trust.ts';
import { KEY_PURPOSES } from '../../shared/domain/verdict.ts';

const HEX = 'cf77ad3c947224cadfbefd2c629964dad7283d58135595b24b0ea4b645390083';
const key = { name: 'gate', purpose: 'gate', public_hex: HEX };
const baseline = { name: 'prod', purpose: 'pcrs', aid: 'a1', pcrs: { '0': 'ab', '11': '00ff' } };

function read(value: unknown): ReturnType<typeof readTrustFile> {
  return readTrustFile(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
}

function why(value: unknown): string | null {
  const answer = read(value);
  return answer.ok ? null : answer.why;
}

describe('trust files', () => {
  it('reads the fixtures’ one', () => {
    const bytes = readFileSync(new URL('../fixtures/fixtures/trust.json', import.meta.url));
    const answer = readTrustFile(bytes);
    expect(answer).toEqual({ ok: true, entries: JSON.parse(bytes.toString('utf8')) });
    expect(trustOf(answer.ok ? answer.entries : [])).toEqual({
      keys: JSON.parse(bytes.toString('utf8')),
      baselines: [],
    });
  });

  it('S50 no entry has a name or an agent that its own file could not carry', () => {
    expect(TrustEntry.safeParse({ ...key, name: 'a\ufffe' }).success).toBe(false);
    expect(TrustEntry.safeParse({ ...baseline, aid: '\u{1ffff}' }).success).toBe(false);
    expect(TrustEntry.safeParse({ ...baseline, aid: 'für Halden\u202e' }).success).toBe(true);
  });

  it('keeps keys and baselines apart', () => {
    const answer = read([baseline, key]);
    expect(trustOf(answer.ok ? answer.entries : [])).toEqual({ keys: [key], baselines: [baseline] });
  });

  it('takes the very same entry once, whatever the order of its members', () => {
    const { name, ...rest } = key;
    expect(read([key, { ...rest, name }, { ...key, name: 'again' }])).toEqual({
      ok: true,
      entries: [key, { ...key, name: 'again' }],
    });
  });

  it.each([
    ['an object', {}, 'It is no JSON array of keys and baselines.'],
    ['no JSON', '[', 'It is not JSON as it must be: a value was expected at byte 1.'],
    ['two arrays', '[][]', 'It is not JSON as it must be: text after the value at byte 2.'],
    ['S51 a member twice', '[{"name":"a","name":"b"}]', /^It is not JSON as it must be: a member named twice/],
    ['a text', ['gate'], 'Entry 1: it is no object.'],
    ['a member more', [key, { ...key, note: 1 }], 'Entry 2: it has a member "note", which the desk does not know.'],
    [
      'a baseline’s member on a key',
      [{ ...key, aid: 'x' }],
      'Entry 1: it has a member "aid", which the desk does not know.',
    ],
    ['S52 __proto__', '[{"__proto__":{}}]', 'Entry 1: it has a member "__proto__", which the desk does not know.'],
    ['no purpose', [{ name: 'gate', public_hex: HEX }], /^Entry 1: its purpose is none of gate, issuer/],
    ['another purpose', [{ ...key, purpose: 'root' }], /^Entry 1: its purpose is none of gate, issuer/],
    ['no name', [{ ...key, name: '' }], 'Entry 1: its name does not have 1 to 200 characters.'],
    [
      'S56 upper case',
      [{ ...key, public_hex: HEX.toUpperCase() }],
      'Entry 1: its public_hex is not 64 lower-case hex digits.',
    ],
    [
      'S56 63 digits',
      [{ ...key, public_hex: HEX.slice(1) }],
      'Entry 1: its public_hex is not 64 lower-case hex digits.',
    ],
    ['a null', [{ ...key, valid_from: null }], 'Entry 1: its valid_from is no RFC 3339 time in UTC.'],
    ['a day', [{ ...key, valid_until: '2026-10-01' }], 'Entry 1: its valid_until is no RFC 3339 time in UTC.'],
    [
      'no day of the calendar',
      [{ ...key, valid_from: '2026-02-31T00:00:00Z' }],
      'Entry 1: its valid_from is no RFC 3339 time in UTC.',
    ],
    [
      'an index with a zero in front',
      [{ ...baseline, pcrs: { '07': 'ab' } }],
      'Entry 1: its pcrs are not indexes with lower-case hex digits.',
    ],
    [
      'half a byte',
      [{ ...baseline, pcrs: { '7': 'abc' } }],
      'Entry 1: its pcrs are not indexes with lower-case hex digits.',
    ],
    ['too many', Array.from({ length: 10_001 }, () => key), 'It has more than 10000 entries.'],
  ])('refuses the whole file for %s, and says why', (_, value, reason) => {
    const answer = why(value);
    if (typeof reason === 'string') expect(answer).toBe(reason);
    else expect(answer).toMatch(reason);
  });

  const hex = (bytes: number) =>
    fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('hex'));
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  const instant = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const validity = {
    valid_from: fc.option(instant, { nil: undefined }),
    valid_until: fc.option(instant, { nil: undefined }),
  };
  const entry: fc.Arbitrary<TrustEntry> = fc
    .oneof(
      fc.record({ name: text, purpose: fc.constantFrom(...KEY_PURPOSES), public_hex: hex(32), ...validity }),
      fc.record({
        name: text,
        purpose: fc.constant('pcrs' as const),
        aid: text,
        pcrs: fc.dictionary(fc.nat(23).map(String), hex(32)).map((pcrs) => ({ ...pcrs })),
        ...validity,
      }),
    )
    .map((made) => JSON.parse(JSON.stringify(made)) as TrustEntry);

  it('writes what it reads, in one order whatever order the entries came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (made) => JSON.stringify(made), maxLength: 8 }), (entries) => {
        const written = writeTrustFile(entries);
        const answer = readTrustFile(Buffer.from(written));
        expect(answer.ok && new Set(answer.entries.map((made) => JSON.stringify(sorted(made))))).toEqual(
          new Set(entries.map((made) => JSON.stringify(sorted(made)))),
        );
        expect(writeTrustFile([...entries].reverse())).toBe(written);
        expect(answer.ok && writeTrustFile(answer.entries)).toBe(written);
        expect(written.endsWith(']\n')).toBe(true);
      }),
    );
  });
});

function sorted(entry: TrustEntry): unknown {
  return Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));
}
