import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLedgerKey, tenantOfActiveList, tenantOfAuditChain } from '../../electron/gateways/files/ledger-keys.ts';

const known = (taken: string[], others: string[] = []) => ({ taken: new Set(taken), others: new Set(others) });

describe('keys of a VEX store (docs/formats/import.md, Keys)', () => {
  test('name the kind of row, its tenant and the rest', () => {
    const tenants = known(['a', 'a b']);
    expect(parseLedgerKey('coordination:tenant:a:record:x:y', tenants)).toEqual({
      kind: 'record',
      tenant: 'a',
      id: 'x:y',
    });
    expect(parseLedgerKey('coordination:tenant:a:record:', tenants)).toEqual({ kind: 'record', tenant: 'a', id: '' });
    expect(parseLedgerKey('coordination:tenant:a b:active', tenants)).toEqual({ kind: 'active', tenant: 'a b' });
    expect(parseLedgerKey('audit:tenant:a:event:1', tenants)).toEqual({ kind: 'event', tenant: 'a', name: '1' });
    expect(parseLedgerKey('audit:tenant:a:chain', tenants)).toEqual({ kind: 'chain', tenant: 'a' });
    expect(parseLedgerKey('audit:tenant:a:chain_state', tenants)).toEqual({ kind: 'chain_state', tenant: 'a' });
  });

  test('I5: a key that two known tenants fit is taken by neither', () => {
    const tenants = known(['a'], ['a:record:b']);
    expect(parseLedgerKey('coordination:tenant:a:record:b:record:c', tenants)).toEqual({
      kind: 'ambiguous',
      record: true,
    });
    expect(parseLedgerKey('coordination:tenant:a:record:b:active', tenants)).toEqual({
      kind: 'ambiguous',
      record: true,
    });
    expect(parseLedgerKey('coordination:tenant:a:record:c', tenants)).toEqual({ kind: 'record', tenant: 'a', id: 'c' });
  });

  test('I5: a key that only others fit is theirs, however many they are', () => {
    const tenants = known(['c'], ['a', 'a:record:b']);
    expect(parseLedgerKey('coordination:tenant:a:record:b:record:c', tenants)).toEqual({ kind: 'other-tenant' });
  });

  test('of nobody who is known are foreign, of a tenant that is not taken are its own', () => {
    const tenants = known(['a'], ['b']);
    expect(parseLedgerKey('coordination:tenant:b:record:x', tenants)).toEqual({ kind: 'other-tenant' });
    expect(parseLedgerKey('coordination:tenant:c:record:x', tenants)).toEqual({ kind: 'foreign' });
    expect(parseLedgerKey('coordination:tenant::record:x', tenants)).toEqual({ kind: 'empty-tenant', record: true });
    expect(parseLedgerKey('coordination:tenant::active', tenants)).toEqual({ kind: 'empty-tenant', record: false });
    for (const key of ['', 'coordination:tenant:', 'Coordination:tenant:a:active', 'xcoordination:tenant:a:active']) {
      expect(parseLedgerKey(key, tenants)).toEqual({ kind: 'foreign' });
    }
  });

  test('lists and chains name their tenants', () => {
    expect(tenantOfActiveList('coordination:tenant:a:record:b:active')).toBe('a:record:b');
    expect(tenantOfActiveList('coordination:tenant:active')).toBeNull();
    expect(tenantOfAuditChain('audit:tenant:a:chain')).toBe('a');
    expect(tenantOfAuditChain('audit:tenant:a:chain_state')).toBeNull();
  });

  test('any tenant and any id come back from the key that they make', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const piece = fc.oneof(text, fc.constantFrom(':record:', ':active', ':', 'record', 'a'));
    const name = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        name.filter((tenant) => tenant !== ''),
        name,
        (tenant, id) => {
          const key = parseLedgerKey(`coordination:tenant:${tenant}:record:${id}`, known([tenant]));
          // A name may fit its own key in two ways; then it is ambiguous, never another's.
          expect([
            { kind: 'record', tenant, id },
            { kind: 'ambiguous', record: true },
          ]).toContainEqual(key);
        },
      ),
    );
  });
});
