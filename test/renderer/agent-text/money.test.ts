import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAmount } from '../../../renderer/components/agent-text/money.ts';

describe('an amount', () => {
  test('of a known currency and a finite number is the app’s, to the last digit', () => {
    expect(readAmount('{"value":47094,"currency":"EUR","text":"EUR 47,094"}')).toEqual({
      kind: 'money',
      currency: 'EUR',
      number: '47,094',
      text: null,
    });
    expect(readAmount('{"value":9007199254740993.5,"currency":"USD"}')).toMatchObject({
      number: '9,007,199,254,740,993.50',
    });
    expect(readAmount('{"value":1e2,"currency":"JPY"}')).toMatchObject({ number: '100' });
  });

  test('keeps what the agent wrote beside it where that says something else', () => {
    expect(readAmount('{"value":47094,"currency":"EUR","text":"EUR 4,709"}')).toMatchObject({ text: 'EUR 4,709' });
  });

  test('is the agent’s text in every other case, and never throws', () => {
    expect(readAmount('"a lot"')).toEqual({ kind: 'agent', text: 'a lot' });
    expect(readAmount('{"value":1,"currency":"XXQ"}')).toEqual({ kind: 'agent', text: '{"value":1,"currency":"XXQ"}' });
    expect(readAmount('{"value":1e300,"currency":"EUR"}').kind, 'three hundred digits push all else away (S66)').toBe(
      'agent',
    );
    expect(readAmount('{"value":"1","currency":"EUR","text":"one"}')).toEqual({ kind: 'agent', text: 'one' });
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(['money', 'agent']).toContain(readAmount(text).kind);
      }),
    );
  });
});
