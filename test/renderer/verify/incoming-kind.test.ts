import { expect, test } from 'vitest';
import { canBeImported, isLedger, isRecords } from '../../../renderer/features/verify/incoming-kind.ts';

test('a ledger goes to the import by its name; evidence, and what only its contents tell, is looked at first', () => {
  const ledgers = ['vex.db', 'VEX.DB', 'vex.db-wal', 'records.jsonl', 'records.ndjson'];
  expect(ledgers.filter(isLedger)).toEqual(ledgers);
  expect(['a.vep', 'A.CAPSULE', 'records.json', 'token.json', 'packet', 'a.pdf', 'db'].filter(isLedger)).toEqual([]);
});

test('of what is no evidence only JSON can be meant for an import', () => {
  expect(['records.json', 'broken.vep', 'a.pdf'].filter(isRecords)).toEqual(['records.json']);
});

test('of the files of a log a bundle is offered to the import: it has records', () => {
  expect((['bundle', 'vep', 'capsule', 'token', 'unknown'] as const).map(canBeImported)).toEqual(Array(5).fill(true));
  expect((['checkpoint', 'proof'] as const).map(canBeImported)).toEqual([false, false]);
});
