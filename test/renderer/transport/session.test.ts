import { expect, test } from 'vitest';
import { proofOf } from '../../../electron/hosts/browser/secrets.ts';
import { proofFor } from '../../../renderer/transport/session.ts';

test('S30: the page expects just the proof that the host gives, and no other bearer gives it', async () => {
  const nonce = 'c0ffee'.repeat(10);
  expect(await proofFor('bearer-one', nonce)).toBe(proofOf('bearer-one', nonce));
  expect(await proofFor('bearer-one', nonce)).not.toBe(proofOf('bearer-two', nonce));
  expect(await proofFor('bearer-one', nonce)).not.toBe(proofOf('bearer-one', `${nonce}0`));
});

test('S30: the proof is HMAC-SHA-256 in hex, as RFC 4231 has it (test case 2)', async () => {
  expect(await proofFor('Jefe', 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
