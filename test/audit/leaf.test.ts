import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitment, leafHash, makeLeaf } from '../../electron/audit/log/leaf.ts';
import { EVENT_VERSIONS, LedgerEvent } from '../../shared/domain/ledger-event.ts';
import { CountedIds, uuid } from '../contract/store/makers.ts';

const place = { seq: 7, at: '2026-11-15T12:00:00.000Z', tenant: uuid(1) };
const ids = new CountedIds();

describe('a leaf', () => {
  test('its hash is that of RFC 6962: of the empty leaf the one that Certificate Transparency publishes', () => {
    const published = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d';
    expect(Buffer.from(leafHash(new Uint8Array())).toString('hex')).toBe(published);
  });

  test('a commitment is SHA-256(0x02, salt, value)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), (salt, value) => {
        const expected = createHash('sha256')
          .update(Buffer.concat([Buffer.of(2), salt, value]))
          .digest();
        expect(Buffer.from(commitment(salt, value)).equals(expected)).toBe(true);
      }),
    );
  });

  test('what is hidden stands in it as commitments only, each under a salt of its own', () => {
    const hidden = { actor: { name: 'Ada', profile: uuid(2) }, escalation_id: 'Ada' };
    const said = { kind: 'claim.released', event: uuid(3) } as const;
    const [leaf, again] = [1, 2].map(() => makeLeaf(place, said, hidden, (length) => ids.bytes(length)));
    const text = Buffer.from(leaf?.bytes ?? []).toString('utf8');
    expect(text).not.toContain('Ada');
    expect(JSON.parse(text)).toMatchObject({ v: 1, seq: '7', kind: 'claim.released', tenant: uuid(1), event: uuid(3) });
    expect(leaf?.fields.map(({ salt }) => salt.length)).toEqual([32, 32]);
    expect(leaf?.fields[0]?.salt).not.toEqual(leaf?.fields[1]?.salt);
    expect(Buffer.from(again?.sha256 ?? [])).not.toEqual(Buffer.from(leaf?.sha256 ?? []));
  });

  test('a value is committed to under the salt that is given for it, the others under fresh ones', () => {
    const hidden = { actor: { name: 'Ada', profile: uuid(2) }, escalation_id: 'one', reason: 'Because.' };
    const said = {
      kind: 'decision.corrected',
      event: uuid(3),
      corrects: { seq: '1', leaf_sha256: 'ab'.repeat(32) },
      idempotency_key: uuid(4),
    } as const;
    const given = Buffer.alloc(32, 7);
    const leaf = makeLeaf(place, said, hidden, (length) => ids.bytes(length), { reason: given });
    const salts = Object.fromEntries(leaf.fields.map(({ name, salt }) => [name, Buffer.from(salt)]));
    expect(salts.reason).toEqual(given);
    expect(salts.actor).not.toEqual(given);
    const { fields } = JSON.parse(Buffer.from(leaf.bytes).toString()) as { fields: Record<string, string> };
    const value = Buffer.from('"Because."');
    expect(fields.reason).toBe(Buffer.from(commitment(given, value)).toString('hex'));
  });

  test('it has the version that is written of its kind today, and its schema takes it', () => {
    const hidden = { actor: { name: 'Ada', profile: uuid(2) }, escalation_id: 'one', content: 'ab'.repeat(32) };
    const piece = { sha256: 'cd'.repeat(32), kind: 'vep', role: 'escalation' } as const;
    const said = {
      kind: 'escalation.recorded',
      event: uuid(3),
      status: 'ESCALATED',
      timestamp: place.at,
      outcome: null,
      evidence: [piece, { ...piece, root: 'ef'.repeat(32) }],
      idempotency_key: uuid(4),
    } as const;
    const { bytes } = makeLeaf(place, { ...said, evidence: [...said.evidence] }, hidden, (length) => ids.bytes(length));
    const leaf = LedgerEvent.parse(JSON.parse(Buffer.from(bytes).toString()));
    expect([leaf.v, EVENT_VERSIONS[leaf.kind]]).toEqual([2, 2]);
    expect(LedgerEvent.safeParse({ ...leaf, v: 1 }).success).toBe(false);
    expect(LedgerEvent.safeParse({ ...leaf, v: 3 }).success).toBe(false);
  });
});
