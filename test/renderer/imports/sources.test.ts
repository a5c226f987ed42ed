import { expect, test } from 'vitest';
import { reportCounts } from '../../../renderer/features/imports/report-counts.ts';
import { sourcesOf } from '../../../renderer/features/imports/sources.ts';
import type { ImportFinding, ImportResult } from '../../../shared/contract/transfer.ts';

const namesOf = (...names: string[]): string[] =>
  sourcesOf(names.map((name) => ({ staged: name, name, bytes: 1 }))).map(({ name }) => name);

test('a database’s -wal, -shm and -journal go with it and are no sources of their own', () => {
  expect(namesOf('vex.db-wal', 'vex.db', 'vex.db-shm', 'other.json')).toEqual(['vex.db', 'other.json']);
  expect(namesOf('vex.db-journal', 'vex.db')).toEqual(['vex.db']);
});

test('without its database a -wal stays, so that its refusal is seen', () => {
  expect(namesOf('vex.db-wal', 'other.db')).toEqual(['vex.db-wal', 'other.db']);
});

const finding = (severity: ImportFinding['severity']): ImportFinding => ({
  source: 'vex.db',
  locator: '',
  severity,
  code: 'NOT_JSON',
  message: '',
});

test('a report’s rows are counted by kind where all are known, else only summed', () => {
  const result = {
    findings: [finding('refused'), finding('finding'), finding('finding'), finding('info')],
    findings_total: 4,
  } as ImportResult;
  expect(reportCounts(result)).toEqual({ all: 4, refused: 1, finding: 2 });
  expect(reportCounts({ ...result, findings_total: 1001 })).toEqual({ all: 1001, refused: null, finding: null });
});
