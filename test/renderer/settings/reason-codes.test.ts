import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codesText, readCodes } from '../../../renderer/features/settings/reason-codes.ts';

test('reason codes come back from their text as they were', () => {
  const code = fc.stringMatching(/^[A-Z0-9_]{1,64}$/);
  const label = fc.stringMatching(/^[A-Za-z]{1,20}( [a-z]{1,20}){0,3}$/);
  fc.assert(
    fc.property(fc.array(fc.record({ code, label })), (codes) => {
      expect(readCodes(codesText(codes))).toEqual({ ok: true, codes });
    }),
  );
});

test('a line that begins with no code is named, and none is taken', () => {
  expect(readCodes('CALLED_BACK Called back\nnot a code\n')).toEqual({ ok: false, line: 'not a code' });
  expect(readCodes('\n  LATE  \n')).toEqual({ ok: true, codes: [{ code: 'LATE', label: 'LATE' }] });
});
