import { expect, test } from 'vitest';
import { isLogFile, provenTitle } from '../../../renderer/features/exports/proven-title.ts';
import type { Check } from '../../../shared/domain/verdict.ts';

const checks = (...names: Check['name'][]): Check[] =>
  names.map((name) => ({ name, verdict: 'verified', code: 'HOLDS', detail: 'It holds.' }));

test('a file of the log is called by what was checked of it', () => {
  expect(provenTitle({ kind: 'bundle', checks: checks('structure', 'files', 'inclusion') })).toBe('Audit bundle');
  expect(provenTitle({ kind: 'checkpoint', checks: checks('checkpoint') })).toBe('Checkpoint of a log');
  expect(provenTitle({ kind: 'proof', checks: checks('structure', 'inclusion', 'statement') })).toBe(
    'Proof of one event',
  );
  expect(provenTitle({ kind: 'proof', checks: checks('structure') })).toBe('Proof of one event');
  expect(provenTitle({ kind: 'proof', checks: checks('statement', 'files') })).toBe('Signed manifest of an export');
  expect(provenTitle({ kind: 'proof', checks: checks('statement') })).toBe('Signed manifest of an export');
});

test('a packet is no file of the log', () => {
  expect(['vep', 'capsule', 'token', 'unknown'].map((kind) => isLogFile(kind as 'vep'))).toEqual(Array(4).fill(false));
});
