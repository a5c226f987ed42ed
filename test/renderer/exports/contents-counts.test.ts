import { expect, test } from 'vitest';
import { leftOutText, outcomesText, piecesText } from '../../../renderer/features/exports/contents-counts.tsx';
import { USUAL_EXPORT } from '../../../renderer/features/exports/export-query.ts';

const outcomes = { approved: 1, rejected: 2, withdrawn: 0, expired: 0, came: 12, open: 25_726 };
const evidence = { pieces: 10, bytes: 11_000 };

test('outcomes are those that were decided here; what came decided is never called approved, and nothing of none is said', () => {
  expect(outcomesText({ outcomes })).toBe('1 approved, 2 rejected, 12 came decided, 25,726 open');
  const none = { approved: 0, rejected: 0, withdrawn: 0, expired: 0, came: 0, open: 0 };
  expect(outcomesText({ outcomes: none })).toBe('');
});

test('evidence goes as bytes or as hashes, and with a table not at all', () => {
  expect(piecesText(USUAL_EXPORT, { evidence })).toBe('10 pieces, 11 KB');
  expect(piecesText({ ...USUAL_EXPORT, evidence: false }, { evidence })).toBe('hashes of 10 pieces');
  expect(piecesText({ ...USUAL_EXPORT, leftOut: ['explanation'] }, { evidence })).toBe('hashes of 10 pieces');
  expect(piecesText({ ...USUAL_EXPORT, kind: 'records', records: 'jsonl' }, { evidence })).toBe('10 pieces, 11 KB');
  for (const choice of [{ kind: 'csv' }, { kind: 'pdf' }, { kind: 'records', records: 'vex-json' }] as const)
    expect(piecesText({ ...USUAL_EXPORT, ...choice }, { evidence })).toBeNull();
});

test('what the query leaves out is counted', () => {
  expect([0, 1, 28].map((left_out) => leftOutText({ left_out }))).toEqual([
    'nothing',
    '1 record of this tenant',
    '28 records of this tenant',
  ]);
});
