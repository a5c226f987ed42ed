import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalMembers } from '../../electron/evidence/json/canonical-members.ts';
import { canonicalForms, canonicalize } from '../../electron/evidence/json/canonicalize.ts';
import { EVIDENCE_JSON } from '../../electron/evidence/packet/pillars.ts';
import { readWireForm, valueOfSegment } from '../../electron/evidence/packet/wire-form.ts';
import { readJson } from '../../shared/domain/json/read.ts';
import { JsonObject } from '../../shared/domain/json/value.ts';

const fixtures = new URL('../fixtures/', import.meta.url);

/**
 * What the fast way takes, the whole reader takes without a note and both forms write as it stands; and the members are
 * the same. True where it was taken.
 */
function agrees(bytes: Uint8Array): boolean {
  const members = canonicalMembers(bytes, EVIDENCE_JSON);
  if (members === null) return false;
  const read = readJson(bytes, EVIDENCE_JSON);
  if (!read.ok || !(read.value instanceof JsonObject)) throw new Error('only the fast way takes it');
  expect(read.notes).toEqual([]);
  const { serde_jcs, rfc8785 } = canonicalForms(read.value);
  expect(rfc8785).toBe(serde_jcs);
  expect(Buffer.from(serde_jcs.bytes).equals(bytes)).toBe(true);
  expect([...members]).toEqual([...read.value.members]);
  for (const [name, value] of read.value.members) expect(members.get(name)).toEqual(value);
  expect([...members.keys(), members.size]).toEqual([...read.value.members.keys(), read.value.size]);
  return true;
}

/** Names and texts where readers and writers go wrong. */
const oddText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    ' ',
    'a',
    'a ',
    'a!',
    'a"',
    'a#',
    '\n',
    '\u001f',
    '\u007f',
    '\ue000',
    '\u{10000}',
    '\ufdd0',
    'é',
    '__proto__',
  ),
);
const odd = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    oddText,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    fc.array(tie('value')),
    tie('object'),
  ),
  object: fc.dictionary(oddText, tie('value')),
})).object;

describe('canonical JSON that is hashed without being read', () => {
  it('is taken when it is what the crates write', () => {
    for (const text of [
      '{}',
      '{"a":1,"b":[],"c":{"":null,"x":true,"y":false}}',
      '{"a":"","b!":"\\u0000\\n\\"\\\\\\u001f/é漢😀"}',
      '{"a":[0,-1,0.5,-0.25,1e-7,5e-324,1e+21,123456789012345,9007199254740991,0.000001,1.7976931348623157e+308]}',
    ]) {
      expect([text, agrees(Buffer.from(text))]).toEqual([text, true]);
    }
  });

  it('is not taken when a byte of it is other than both forms write', () => {
    for (const text of [
      '',
      '[]',
      '{',
      '{}}',
      ' {}',
      '{"a": 1}',
      '{"a":1,}',
      '{"a"}',
      '{a:1}',
      '{"a":}',
      '{"a":tru}',
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a":1,"a ":2}',
      '{"a":1,"a!":2}',
      '{"\\n":1}',
      '{"\ue000":1}',
      '{"😀":1}',
      '{"a":"\\/"}',
      '{"a":"\\u0041"}',
      '{"a":"\\u001F"}',
      '{"a":"\\u000a"}',
      '{"a":"\\ud800"}',
      '{"a":"\u0001"}',
      '{"a":"x',
      '{"a":01}',
      '{"a":-0}',
      '{"a":1.0}',
      '{"a":1e2}',
      '{"a":0.0000001}',
      '{"a":9007199254740992}',
      '{"a":1e400}',
      '{"a":-}',
      '{"a":+1}',
      '{"a":.5}',
      '{"a":1.}',
      '{"a":"\ufdd0"}',
      '\ufeff{}',
      `{"a":${'1'.repeat(400)}}`,
    ]) {
      expect([text, agrees(Buffer.from(text))]).toEqual([text, false]);
    }
    expect(agrees(Buffer.from('7b2261223a22ff227d', 'hex'))).toBe(false);
  });

  it('holds to the limits of the whole reader', () => {
    const nested = (depth: number) => Buffer.from(`{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`);
    expect([agrees(nested(64)), agrees(nested(65))]).toEqual([true, false]);
    const limits = { ...EVIDENCE_JSON, nodes: 4 };
    expect(canonicalMembers(Buffer.from('{"a":[1,2]}'), limits)).not.toBeNull();
    expect(canonicalMembers(Buffer.from('{"a":[1,2,3]}'), limits)).toBeNull();
    expect(canonicalMembers(Buffer.from('{}'), { ...EVIDENCE_JSON, bytes: 1 })).toBeNull();
  });

  it('is whatever the writer makes of JSON that both forms write alike, but for odd names', () => {
    let taken = 0;
    fc.assert(
      fc.property(odd, (object) => {
        const read = readJson(Buffer.from(JSON.stringify(object)), EVIDENCE_JSON);
        if (!read.ok) return;
        const { serde_jcs, rfc8785 } = canonicalForms(read.value);
        expect(Buffer.from(serde_jcs.bytes).equals(canonicalize(read.value, 'serde_jcs'))).toBe(true);
        if (rfc8785 !== null) expect(Buffer.from(rfc8785.bytes).equals(canonicalize(read.value, 'rfc8785'))).toBe(true);
        if (agrees(serde_jcs.bytes)) taken += 1;
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('stays that under any change of a few bytes', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 3 });
    const ascii = fc.constantFrom(...[...'{}[]":,0123456789eE+-. \\untrfals!#'].map((letter) => letter.charCodeAt(0)));
    const change = fc.record({
      at: fc.nat(),
      drop: fc.nat(2),
      put: fc.oneof(bytes, fc.array(ascii, { maxLength: 3 })),
    });
    fc.assert(
      fc.property(odd, fc.array(change, { minLength: 1, maxLength: 3 }), (object, changes) => {
        const read = readJson(Buffer.from(JSON.stringify(object)), EVIDENCE_JSON);
        if (!read.ok) return;
        let text = [...canonicalForms(read.value).serde_jcs.bytes];
        for (const { at, drop, put } of changes) text = text.toSpliced(at % (text.length + 1), drop, ...put);
        agrees(Uint8Array.from(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is what most pillars of the fixtures are', () => {
    const folder = new URL('fixtures/packets/', fixtures);
    const pillars = readdirSync(folder)
      .filter((name) => name.endsWith('.vep'))
      .flatMap((name) => {
        const bytes = readFileSync(new URL(name, folder));
        const wire = readWireForm(bytes);
        return wire.fault === null ? wire.segments.slice(0, 4).map((segment) => valueOfSegment(bytes, segment)) : [];
      });
    const taken = pillars.filter(agrees).length;
    expect(taken).toBeGreaterThan(pillars.length * 0.8);
  });
});
