import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTenant, encodeTenant, parseSearch, paths } from '../../../renderer/queries/paths.ts';

const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());

describe('addresses', () => {
  test('any tenant has one segment of its own, also . and .. and what begins with ~ (I5)', () => {
    const odd = fc.constantFrom('.', '..', '~', '~.', '~~', 'a/b', 'a?b#c', '%2e%2e', '$tenant');
    fc.assert(
      fc.property(fc.oneof(name, odd), (tenant) => {
        const { pathname } = new URL(paths.queue('main', tenant), 'http://desk');
        const segments = pathname.split('/');
        expect(segments).toHaveLength(4);
        expect(decodeTenant(decodeURIComponent(segments[2] ?? ''))).toBe(tenant);
      }),
    );
  });

  test('two tenants never share a segment (I5)', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(a !== b);
        expect(encodeTenant(a)).not.toBe(encodeTenant(b));
      }),
    );
  });

  test('an escalation’s id comes back from its address as it was, also one that looks like a number', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.constantFrom('007', 'true', '{"a":1}', '')), (id) => {
        const address = paths.escalation('sample', 'acme', id);
        expect(address.startsWith('/sample/t/acme/e?')).toBe(true);
        expect(parseSearch(new URL(address, 'http://desk').search)).toEqual({ id });
      }),
    );
  });
});
