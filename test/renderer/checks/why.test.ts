import { describe, expect, test } from 'vitest';
import { whyFailed } from '../../../renderer/components/checks/why.ts';
import { CHECK_NAMES } from '../../../shared/domain/verdict.ts';

/** Of a packet or token that the window shows; the rest are of files for auditors. */
const SHOWN = CHECK_NAMES.filter(
  (name) => !['files', 'checkpoint', 'consistency', 'inclusion', 'statement'].includes(name),
);

describe('why a check failed', () => {
  test('each check has words of its own, without a term that a newcomer would have to look up', () => {
    const said = SHOWN.map((name) => whyFailed({ name, code: 'A_CODE_OF_LATER' }));
    expect(new Set(said.map(({ lead }) => lead)).size).toBe(SHOWN.length);
    for (const { lead, means } of said) {
      expect(lead).toMatch(/^[A-Z].*\.$/);
      expect(means).toMatch(/^[A-Z].*\.$/);
      expect(`${lead} ${means}`).not.toMatch(/SHA|JCS|TLV|Ed25519|leaf|payload_|_/);
    }
  });

  test('a signature says whose it is not, and how a key failed', () => {
    const codes = ['NOT_SIGNED', 'KEY_REVOKED', 'KEY_NO_LONGER_VALID', 'KEY_NOT_YET_VALID', 'OTHER_PURPOSE'];
    const leads = codes.map((code) => whyFailed({ name: 'signature', code }).lead);
    expect(new Set(leads).size).toBe(codes.length);
    expect(whyFailed({ name: 'signature', code: 'NOT_SIGNED' }).means).toContain('anyone could have written this');
  });
});
