import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalForm } from '../../electron/evidence/json/canonical-writer.ts';
import { canonicalize } from '../../electron/evidence/json/canonicalize.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { JcsError } from '../../electron/evidence/json/jcs-error.ts';
import { readJson, readJsonText } from '../../shared/domain/json/read.ts';
import { JsonNumber, JsonObject } from '../../shared/domain/json/value.ts';
import { writeJson } from '../../shared/domain/json/write.ts';

const vectors = new URL('../fixtures/vectors/jcs/', import.meta.url);
const decoder = new TextDecoder('utf-8', { fatal: true });

function canonical(bytes: Uint8Array, form: CanonicalForm, depth = 64): string | null {
  const json = readJson(bytes, { depth });
  return json.ok ? decoder.decode(canonicalize(json.value, form)) : null;
}

/** A string without the reader, which refuses noncharacters (S50) that both canonical forms know. */
function canonicalText(bytes: Uint8Array, form: CanonicalForm): string | null {
  try {
    return decoder.decode(canonicalize(JSON.parse(decoder.decode(bytes)) as string, form));
  } catch (error) {
    if (error instanceof JcsError) return null;
    throw error;
  }
}

function doubleOf(hex: string): number {
  return Buffer.from(hex.padStart(16, '0'), 'hex').readDoubleBE();
}

/** More digits than needed, so that the shortest form is the canonicaliser's doing. */
function written(value: number): string {
  return value.toExponential(17);
}

const numbers = JSON.parse(readFileSync(new URL('es6-numbers.json', vectors), 'utf8')) as {
  static_u64: string[];
  serial: { start: string; count: number };
  checkpoints: { lines: number; sha256: string }[];
};

/** The bit patterns of the number file, by its published algorithm. */
function* numberFile(): Generator<string> {
  yield* numbers.static_u64;
  for (let i = 0; i < numbers.serial.count; i += 1) {
    yield (BigInt(`0x${numbers.serial.start}`) + BigInt(i)).toString(16).padStart(16, '0');
  }
  for (let block = createHash('sha256').update(new Uint8Array(32)).digest(); ; ) {
    for (const offset of [0, 8, 16, 24]) {
      const value = block.readDoubleLE(offset);
      if (value !== 0 && Number.isFinite(value)) {
        yield Buffer.from(block.subarray(offset, offset + 8))
          .reverse()
          .toString('hex');
      }
    }
    block = createHash('sha256').update(block).digest();
  }
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof JcsError) return error.code;
  }
  return 'none';
}

describe('S54 RFC 8785', () => {
  it.each(readdirSync(new URL('input/', vectors)))('%s comes out byte for byte', (name) => {
    const output = readFileSync(new URL(`output/${name}`, vectors));
    expect(canonical(readFileSync(new URL(`input/${name}`, vectors)), 'rfc8785')).toBe(output.toString('utf8'));
    expect(canonical(output, 'rfc8785')).toBe(output.toString('utf8'));
    const hex = readFileSync(new URL(`outhex/${name.replace('.json', '.txt')}`, vectors), 'utf8').replace(/\s/g, '');
    expect(output.toString('hex')).toBe(hex);
  });

  const appendix = JSON.parse(readFileSync(new URL('rfc8785-appendix-b.json', vectors), 'utf8')) as {
    ieee754: string;
    json: string | null;
    comment: string;
  }[];

  it.each(appendix.map((c) => [c.comment, c] as const))('appendix B: %s', (_, { ieee754, json }) => {
    const value = new JsonNumber(String(doubleOf(ieee754)));
    if (json === null) expect(codeOf(() => canonicalize(value, 'rfc8785'))).toBe('NOT_FINITE');
    else expect(decoder.decode(canonicalize(value, 'rfc8785'))).toBe(json);
  });

  it('prints the first 10,000 numbers of the number file', () => {
    const lines = readFileSync(new URL('es6-numbers-10000.txt', vectors), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(10_000);
    for (const line of lines) {
      const [hex = '', text = ''] = line.split(',');
      expect(decoder.decode(canonicalize(new JsonNumber(written(doubleOf(hex))), 'rfc8785'))).toBe(text);
    }
  });

  it('prints the first 100,000 numbers of the number file, by its published hash', () => {
    const checkpoint = numbers.checkpoints.find(({ lines }) => lines === 100_000);
    const hash = createHash('sha256');
    let line = 0;
    for (const bits of numberFile()) {
      const text = decoder.decode(canonicalize(new JsonNumber(written(doubleOf(bits))), 'rfc8785'));
      hash.update(`${bits.replace(/^0+(?=.)/, '')},${text}\n`);
      line += 1;
      if (line === checkpoint?.lines) break;
    }
    expect(hash.digest('hex')).toBe(checkpoint?.sha256);
  });
});

describe('the protocol’s own canonical form', () => {
  const cases = JSON.parse(readFileSync(new URL('../fixtures/fixtures/jcs/vectors.json', import.meta.url), 'utf8')) as {
    input: string;
    canonical: string | null;
    rfc8785: string | null;
    note: string;
    same: boolean;
  }[];

  it('has all vectors, most of them the same in both forms', () => {
    expect(cases).toHaveLength(110);
    expect(cases.filter((c) => !c.same)).toHaveLength(27);
  });

  it.each(cases.map((c) => [c.note, c.input.slice(0, 60), c] as const))('%s: %s', (note, _, c) => {
    const bytes = Buffer.from(c.input);
    // serde_json keeps the last of two members of one name; the desk refuses both forms (S51).
    const refused = note.startsWith('duplicate member');
    const form = note === 'string' ? canonicalText : canonical;
    expect(form(bytes, 'serde_jcs', 127)).toBe(refused ? null : c.canonical);
    expect(form(bytes, 'rfc8785', 64)).toBe(c.rfc8785);
  });
});

describe('canonical forms', () => {
  it('of any JSON are those of their own output', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('rfc8785', 'serde_jcs'), (value, form) => {
        const once = canonical(Buffer.from(JSON.stringify(value)), form);
        if (once !== null) expect(canonical(Buffer.from(once), form)).toBe(once);
      }),
    );
  });

  it('take a byte array for the array that it is', () => {
    const object = JsonObject.of([['vep_blob', new Uint8Array([0, 255, 7])]]);
    const same = readJsonText(writeJson(object));
    expect(same.ok && canonicalize(same.value, 'serde_jcs')).toEqual(canonicalize(object, 'serde_jcs'));
  });
});

describe('S53 what the desk writes', () => {
  it('is the RFC 8785 form of the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        const outcome = codeOf(() => jcs(plain));
        if (outcome !== 'none') expect(outcome).toBe('UNSAFE_INTEGER');
        else expect(decoder.decode(jcs(plain))).toBe(canonical(Buffer.from(JSON.stringify(value)), 'rfc8785'));
      }),
    );
  });

  it.each([
    [9007199254740992, 'UNSAFE_INTEGER'],
    [1e300, 'UNSAFE_INTEGER'],
    [-0, 'MINUS_ZERO'],
    [Number.NaN, 'NOT_FINITE'],
    [Number.POSITIVE_INFINITY, 'NOT_FINITE'],
    ['\ud800', 'LONE_SURROGATE'],
    [{ '\udc00': 1 }, 'LONE_SURROGATE'],
    [undefined, 'NOT_JSON'],
    [{ a: undefined }, 'NOT_JSON'],
    [[undefined], 'NOT_JSON'],
    [new Array(1), 'NOT_JSON'],
    [1n, 'NOT_JSON'],
    [() => 1, 'NOT_JSON'],
    [new Date(0), 'NOT_JSON'],
    [new Map(), 'NOT_JSON'],
    [new Uint8Array(1), 'NOT_JSON'],
  ])('never is %o', (value, code) => {
    expect(codeOf(() => jcs({ value: value }))).toBe(code);
  });

  it('has members in the order of UTF-16 code units, whatever their names mean to JavaScript', () => {
    const object = JSON.parse('{"b":1,"10":2,"9":3,"__proto__":{"x":1.5},"a":"é\\u0000"}');
    expect(decoder.decode(jcs(object))).toBe('{"10":2,"9":3,"__proto__":{"x":1.5},"a":"é\\u0000","b":1}');
  });
});
