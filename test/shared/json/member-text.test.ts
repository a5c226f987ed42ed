import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memberBytes } from '../../../shared/domain/json/member-text.ts';

const member = (text: string, name: string) => {
  const found = memberBytes(Buffer.from(text), name);
  return found === null ? null : Buffer.from(found).toString();
};

describe('the exact text of a member', () => {
  test('is what was written, spaces, escapes and numbers included', () => {
    expect(member('{"a":1.0e+2,"token" : { "x":[1, "}"] } ,"b":2}', 'token')).toBe('{ "x":[1, "}"] }');
    expect(member('{"t\\u006fken":"\\u0041"}', 'token')).toBe('"\\u0041"');
    expect(member('{"a":{"token":1}}', 'token')).toBeNull();
    expect(member('{}', 'token')).toBeNull();
  });

  test('of any object, for each of its members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 1), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        for (const [name, value] of Object.entries(object)) {
          expect(JSON.parse(member(text, name) ?? 'none')).toEqual(JSON.parse(JSON.stringify(value)));
        }
        expect(member(text, `${Object.keys(object).join('')}+`)).toBeNull();
      }),
    );
  });
});
