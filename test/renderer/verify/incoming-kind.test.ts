import { expect, test } from 'vitest';
import { isLedger, isRecords } from '../../../renderer/features/verify/incoming-kind.ts';

test('a ledger goes to the import by its name; evidence, and what only its contents tell, is looked at first', () => {
  const ledgers = ['vex.db', 'VEX.DB', 'vex.db-wal', 'records.jsonl', 'records.ndjson'];
  expect(ledgers.filter(isLedger)).toEqual(ledgers);
  expect(['a.vep', 'A.CAPSULE', 'records.json', 'token.json', 'packet', 'a.pdf', 'db'].filter(isLedger)).toEqual([]);
});

test('of what is no evidence only JSON can be meant for an import', () => {
  expect(['records.json', 'broken.vep', 'a.pdf'].filter(isRecords)).toEqual(['records.json']);
});
