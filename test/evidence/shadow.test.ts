import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCommitment, openingCheck } from '../../electron/evidence/packet/shadow.ts';
import { Check } from '../../shared/domain/verdict.ts';

const file = new URL('../fixtures/fixtures/shadow/commitments.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as { commitment_hash: string; prompt: string; salt_hex: string }[];

describe('the opening of a shadow intent', () => {
  it('has all vectors', () => {
    expect(cases).toHaveLength(25);
  });

  it.each(cases)('$commitment_hash opens with its prompt and salt', ({ commitment_hash, prompt, salt_hex }) => {
    const salt = Buffer.from(salt_hex, 'hex');
    expect(openCommitment(commitment_hash, prompt, salt)).toBe(true);
    expect(openCommitment(commitment_hash, `${prompt} `, salt)).toBe(false);
    expect(openCommitment(commitment_hash, prompt, Buffer.concat([salt, Buffer.of(0)]))).toBe(false);
  });

  it('opens with no other case’s prompt and salt', () => {
    for (const { commitment_hash } of cases) {
      const opening = cases.filter((c) => openCommitment(commitment_hash, c.prompt, Buffer.from(c.salt_hex, 'hex')));
      expect(opening.map((c) => c.commitment_hash)).toEqual([commitment_hash]);
    }
  });

  it('I6 says beside either answer that 64 bits are bound', () => {
    const [first, second] = cases as [(typeof cases)[number], (typeof cases)[number]];
    const salt = Buffer.from(first.salt_hex, 'hex');
    const opened = openingCheck(first.commitment_hash, first.prompt, salt);
    const closed = openingCheck(second.commitment_hash, first.prompt, salt);
    expect([opened, closed].map(({ name, verdict, code }) => [name, verdict, code])).toEqual([
      ['opening', 'verified', 'OPENED'],
      ['opening', 'failed', 'NOT_OPENED'],
    ]);
    for (const check of [opened, closed]) {
      expect(Check.safeParse(check).success).toBe(true);
      expect(check.detail).toContain('64 bits only');
    }
  });

  it('takes any commitment and prompt without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), fc.uint8Array(), (commitment, prompt, salt) => {
        expect(openCommitment(commitment, prompt, salt)).toBe(false);
      }),
    );
    expect(openCommitment(cases[0]?.commitment_hash ?? '', '\ud800', new Uint8Array())).toBe(false);
    expect(openCommitment(cases[0]?.commitment_hash.toUpperCase() ?? '', '', new Uint8Array())).toBe(false);
  });
});
