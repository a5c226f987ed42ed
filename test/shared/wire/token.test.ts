import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJson, readJsonText } from '../../../shared/domain/json/read.ts';
import { JsonObject, type JsonValue } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { describeToken, readToken, tokenLifetime, wireToken } from '../../../shared/domain/wire/token.ts';

const folder = new URL('../../fixtures/fixtures/tokens/', import.meta.url);
const cases = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
  file: string;
  reference_parses: boolean;
  other_generation_parses: boolean;
  payload_jcs: string | null;
}[];

function parse(bytes: Uint8Array): JsonValue | null {
  const json = readJson(bytes);
  return json.ok ? json.value : null;
}

function token(file: string): JsonValue {
  return parse(readFileSync(new URL(file, folder)));
}

describe('both generations of the continuation token', () => {
  it.each(cases.map((c) => [c.file, c] as const))('%s is read where a crate reads it', (file, c) => {
    const read = readToken(token(file));
    // serde takes an array for a struct; the desk does not.
    const wanted = (c.reference_parses || c.other_generation_parses) && !file.includes('payload-as-array');
    expect(read !== null).toBe(wanted);
    if (read === null) return;
    // A token of the other generation's shape stands under its file's name all the same.
    const own = file.startsWith('v17') ? '1.7' : '1.6';
    expect(read.generation === own).toBe(c.reference_parses);
  });

  it.each(cases.filter((c) => c.payload_jcs !== null && !c.file.includes('array')).map((c) => [c.file, c] as const))(
    '%s is written with the members that the crate keeps',
    (file, c) => {
      const read = readToken(token(file));
      if (read === null) throw new Error('not read');
      const payload = (wireToken(read).get('payload') as JsonObject).members;
      const sorted = [...payload].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(writeJson(JsonObject.of(sorted))).toBe(c.payload_jcs);
    },
  );

  it('describes a token of 1.7', () => {
    expect(describeToken(token('v17-valid.json'))).toMatchObject({
      generation: '1.7',
      schema: 'chora.continuation.token.v3.1',
      aid: 'f55abad7c471519985fd6b71391ef5b8e3a63fcca3cceeb62a4107f3b79bdaaa',
      capabilities: ['payments:wire', 'read'],
      iat: '2026-11-01T13:18:35Z',
      exp: '2026-11-01T14:18:35Z',
      exp_written: '1793542715',
      unknown: [],
    });
  });

  it('describes a token of 1.6, a space for the T and null optional members too', () => {
    expect(describeToken(token('v16-time-space.json'))).toMatchObject({
      generation: '1.6',
      exp: '2026-12-01T00:00:00Z',
    });
    const facts = describeToken(token('v16-null-optional.json'));
    expect(facts).not.toHaveProperty('resolution_event_id');
    expect(describeToken(token('v16-time-date-only.json'))).toMatchObject({ exp: null, exp_written: '2026-12-01' });
  });

  it.each(['v17-exp-i64-max.json', 'v17-exp-milliseconds.json'])('%s has no instant to show, but its text', (file) => {
    const facts = describeToken(token(file));
    expect(facts?.exp).toBeNull();
    expect(facts?.exp_written).toMatch(/^\d{13,}$/);
    const read = readToken(token(file));
    expect(read && tokenLifetime(read).exp).toBeNull();
  });

  it('names the members that VEX would drop, and drops them', () => {
    const facts = describeToken(token('v17-extra-signed.json'));
    expect(facts?.unknown).not.toEqual([]);
    const read = readToken(token('v17-extra-beside.json'));
    expect(read?.unknown.every((name: string) => !name.startsWith('payload.'))).toBe(true);
    expect(read && wireToken(read).names()).toEqual(['payload', 'signature']);
  });

  it('keeps integers beyond 2^53 exact', () => {
    const text = writeJson(token('v17-valid.json')).replace('1793542715', '9007199254740993');
    const json = readJsonText(text);
    const read = json.ok ? readToken(json.value) : null;
    expect(read && writeJson(wireToken(read))).toContain('"exp":9007199254740993');
  });
});
