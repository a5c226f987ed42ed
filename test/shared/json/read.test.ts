import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, readJsonText } from '../../../shared/domain/json/read.ts';
import { JsonNumber, JsonObject, toPlain } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';

const vectors = new URL('../../fixtures/vectors/json-parsing/', import.meta.url);

interface Part {
  base64: string;
  times: number;
}

interface ParsingCase {
  name: string;
  expect: 'accept' | 'reject' | 'either';
  base64?: string;
  parts?: Part[];
  i_json?: string[];
}

function lines<T>(name: string): T[] {
  const text = readFileSync(new URL(name, vectors), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

function bytesOf(test: { base64?: string; parts?: Part[] }): Uint8Array {
  if (test.base64 !== undefined) return Buffer.from(test.base64, 'base64');
  return Buffer.concat((test.parts ?? []).flatMap((p) => Array<Buffer>(p.times).fill(Buffer.from(p.base64, 'base64'))));
}

/** What the reader must say for each reason in the vectors. */
const answers: Record<string, string> = {
  'not-utf8': 'NOT_UTF8',
  bom: 'NOT_JSON',
  'lone-surrogate': 'BAD_TEXT',
  noncharacter: 'BAD_TEXT',
  'duplicate-member': 'DUPLICATE_MEMBER',
  overflow: 'NOT_JSON',
  depth: 'TOO_DEEP',
  'unsafe-integer': 'note UNSAFE_INTEGER',
  underflow: 'note UNDERFLOW',
  'minus-zero': 'note MINUS_ZERO',
};

function answer(bytes: Uint8Array): string[] {
  const read = readJson(bytes);
  return read.ok ? read.notes.map((note) => `note ${note.kind}`) : [read.code];
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function value(text: string) {
  const read = readJsonText(text);
  if (!read.ok) throw new Error(`${read.code} at ${read.at}`);
  return read.value;
}

describe('S49-S53 the strict reader on JSONTestSuite', () => {
  const cases = lines<ParsingCase>('test_parsing.jsonl');

  it('has all 318 cases', () => expect(cases).toHaveLength(318));

  it.each(cases.map((test) => [test.name, test] as const))('%s', (_, test) => {
    const got = answer(bytesOf(test));
    const reasons = (test.i_json ?? []).map((reason) => answers[reason]);
    if (test.expect === 'reject') expect(got[0]).toMatch(/^(NOT_JSON|NOT_UTF8|TOO_DEEP)$/);
    else expect(got).toEqual(reasons);
  });

  it.each(lines<ParsingCase>('test_transform.jsonl').map((test) => [test.name, test] as const))(
    '%s is refused, or written back exactly',
    (_, test) => {
      const bytes = bytesOf(test);
      const read = readJson(bytes);
      if (read.ok) expect(writeJson(read.value)).toBe(new TextDecoder().decode(bytes).trim());
      else expect(read.code).toMatch(/DUPLICATE_MEMBER|BAD_TEXT|NOT_UTF8/);
    },
  );
});

describe('S51 members', () => {
  it.each([
    ['{"a":1,"a":2}', 6],
    ['{"a":1 , \n "a" : 2}', 11],
    ['{"a":1,"\\u0061":2}', 7],
    ['{"\\u00e9":1,"é":2}', 12],
    ['{"x":{"__proto__":1,"__proto__":2}}', 21],
  ])('%s is refused as a duplicate', (text, at) => {
    expect(readJson(utf8(text))).toMatchObject({ ok: false, code: 'DUPLICATE_MEMBER' });
    const read = readJson(utf8(text));
    expect(read.ok ? -1 : Math.abs(read.at - at)).toBeLessThan(2);
  });

  it('keeps order and takes names that mean something to JavaScript as names (S52)', () => {
    const read = value('{"b":1,"2":2,"1":3,"__proto__":{"x":4},"constructor":5}');
    expect(read).toBeInstanceOf(JsonObject);
    expect((read as JsonObject).names()).toEqual(['b', '2', '1', '__proto__', 'constructor']);
    const plain = toPlain(read) as Record<string, unknown>;
    expect(Object.getPrototypeOf(plain)).toBeNull();
    expect(plain.x).toBeUndefined();
  });

  it('tells NFC from NFD', () => {
    expect((value('{"\u00e9":1,"e\u0301":2}') as JsonObject).size).toBe(2);
  });
});

describe('S53 numbers', () => {
  it('keeps the exact text', () => {
    const texts = ['18446744073709551615', '1.0', '1E+2', '0.10', '-0', '9007199254740993', '1e-400', '255', '256'];
    expect(writeJson(value(`[${texts.join(' , ')}]`))).toBe(`[${texts.join(',')}]`);
  });

  it('says where it was asked for an integer what is one', () => {
    expect(new JsonNumber('9007199254740991').toSafeInteger()).toBe(9007199254740991);
    expect(new JsonNumber('9007199254740993').toSafeInteger()).toBeNull();
    expect(new JsonNumber('9007199254740993').toBigInt()).toBe(9007199254740993n);
    expect(new JsonNumber('-0').toSafeInteger()).toBeNull();
    expect(new JsonNumber('1.0').toSafeInteger()).toBeNull();
    expect(new JsonNumber('1e2').toBigInt()).toBeNull();
  });

  it('gives the byte offset of what it notes', () => {
    const read = readJson(utf8('{"é":-0,"b":[9007199254740992]}'));
    expect(read.ok && read.notes).toEqual([
      { kind: 'MINUS_ZERO', at: 6 },
      { kind: 'UNSAFE_INTEGER', at: 14 },
    ]);
  });

  it.each(['1e400', '-1e400', `1${'0'.repeat(400)}`])('%s is refused', (text) => {
    expect(readJson(utf8(text))).toMatchObject({ ok: false, code: 'NOT_JSON' });
  });
});

describe('S49 limits', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

  it('reads 64 levels and refuses 65, also of objects', () => {
    expect(readJsonText(nested(64)).ok).toBe(true);
    expect(readJsonText(nested(65))).toMatchObject({ code: 'TOO_DEEP', at: 64 });
    expect(readJsonText(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toMatchObject({ code: 'TOO_DEEP' });
    expect(readJsonText(`[${Array(100).fill(nested(63)).join(',')}]`).ok).toBe(true);
  });

  it('counts nodes, and no more of them than allowed are read', () => {
    expect(readJsonText('[1,[2],{"a":3}]', { nodes: 6 }).ok).toBe(true);
    expect(readJsonText('[1,[2],{"a":3}]', { nodes: 5 })).toMatchObject({ code: 'TOO_LARGE' });
    expect(readJsonText(`[${'1,'.repeat(100_000)}1]`)).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('refuses a document beyond its bytes before it looks at it', () => {
    expect(readJson(utf8('"12345"'), { bytes: 6 })).toMatchObject({ code: 'TOO_LARGE' });
    expect(readJson(utf8('"1234"'), { bytes: 6 }).ok).toBe(true);
  });
});

describe('byte arrays', () => {
  const byteArrays = (name: string): boolean => name === 'vep_blob';
  const read = (text: string, limits = {}) => readJson(utf8(text), { byteArrays, ...limits });

  it('reads the array of a named member without a node for each element', () => {
    const text = '{"vep_blob":[0,1, 25 ,\n255],"other":[1]}';
    const got = read(text, { nodes: 4 });
    expect(got).toMatchObject({ ok: true });
    const object = (got.ok && got.value) as JsonObject;
    expect(object.get('vep_blob')).toEqual(new Uint8Array([0, 1, 25, 255]));
    expect(object.get('other')).toEqual([new JsonNumber('1')]);
    expect(writeJson(object)).toBe('{"vep_blob":[0,1,25,255],"other":[1]}');
  });

  it.each(['[]', '[ ]'])('reads %s as no bytes', (text) => {
    expect(read(`{"vep_blob":${text}}`)).toMatchObject({
      ok: true,
      value: { members: new Map([['vep_blob', new Uint8Array(0)]]) },
    });
  });

  it.each(['[256]', '[-1]', '[1.0]', '[1e1]', '[1,"a"]', '[[1]]', '[1000]', '[null]'])(
    'reads %s as the array it is',
    (text) => {
      const got = read(`{"vep_blob":${text}}`);
      expect(got.ok && writeJson(got.value)).toBe(`{"vep_blob":${text}}`);
      expect(got.ok && Array.isArray((got.value as JsonObject).get('vep_blob'))).toBe(true);
    },
  );

  it.each(['[01]', '[1,]', '[,1]', '[1', '[1 2]', '[', '[00]', '[1}'])('refuses %s', (text) => {
    expect(read(`{"vep_blob":${text}}`)).toMatchObject({ ok: false, code: 'NOT_JSON' });
  });

  it('writes every byte as the number that it is', () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i & 255);
    expect(writeJson(bytes)).toBe(`[${[...bytes].join(',')}]`);
    expect(writeJson(new Uint8Array(0))).toBe('[]');
  });

  it('stops at its own limit', () => {
    expect(read('{"vep_blob":[1,2,3]}', { byteArrayLength: 3 }).ok).toBe(true);
    expect(read('{"vep_blob":[1,2,3,4]}', { byteArrayLength: 3 })).toMatchObject({ code: 'TOO_LARGE' });
  });
});

describe('S50 text', () => {
  it('reads every escape and every width of UTF-8, also after others', () => {
    const text = '["é\\n","\\u20AC€","\\ud83d\\ude00😀x","\\/\\b\\f\\r\\t\\"\\\\","ab😀c","plain"]';
    expect(toPlain(value(text))).toEqual(JSON.parse(text));
  });

  it('reads documents beyond the size that is decoded at once alike', () => {
    const text = `["${'é😀\\n'.repeat(200_000)}","plain",1.50,{"naïve":"x"}]`;
    expect(writeJson(value(text))).toBe(text);
  });

  it.each([
    ['"\u0000"', 'NOT_JSON'],
    ['"a\u001f"', 'NOT_JSON'],
    ['\ufeff{}', 'NOT_JSON'],
    ['"\ufeff"', undefined],
    ['"\ufdd0"', 'BAD_TEXT'],
    ['{"\\ufdd0":1}', 'BAD_TEXT'],
    ['"\\ud800\\u0041"', 'BAD_TEXT'],
    ['"\\udc00\\ud800"', 'BAD_TEXT'],
  ])('%j gives %s', (text, code) => {
    const read = readJson(utf8(text));
    expect(read.ok ? undefined : read.code).toBe(code);
  });

  it('names the byte where UTF-8 ends, in documents of any size', () => {
    const bad = (prefix: number) =>
      Buffer.concat([Buffer.from(`["${'é'.repeat(prefix)}`), Buffer.from([0xc3, 0x28, 0x22, 0x5d])]);
    for (const prefix of [3, 1_000_000]) {
      expect(readJson(bad(prefix))).toMatchObject({ code: 'NOT_UTF8', at: 2 + 2 * prefix });
    }
  });

  it('refuses a text with a lone surrogate that never was bytes', () => {
    expect(readJsonText('"\ud800"')).toMatchObject({ code: 'BAD_TEXT' });
  });
});

describe('properties', () => {
  it('agrees with JSON.parse on whatever JSON.stringify writes, and writes it back', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }),
        fc.constantFrom('', ' ', '\t'),
        (data, space) => {
          const text = JSON.stringify(data, null, space);
          const read = readJsonText(text);
          if (!read.ok) {
            expect(read.code).toBe('BAD_TEXT');
            return;
          }
          expect(JSON.stringify(toPlain(read.value))).toBe(JSON.stringify(JSON.parse(text)));
          expect(readJsonText(writeJson(read.value))).toMatchObject({ ok: true, value: read.value });
        },
      ),
    );
  });

  it('never throws, and takes nothing that JSON.parse refuses', () => {
    const alphabet = fc.constantFrom(...'{}[]",:\\u0d8te12.-+ \n\u00e9', 'true', 'null', '"a":', '\ud83d\ude00');
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const read = readJson(utf8(text), { byteArrays: (name) => name === 'a' });
        if (read.ok) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws on bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(() => readJson(bytes)).not.toThrow();
      }),
    );
  });
});
