import { expect, test } from 'vitest';
import { earlierBundles, previousInput, previousText } from '../../../renderer/features/exports/previous.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { ExportFormat } from '../../../shared/contract/transfer.ts';

function aJob(n: number, format: ExportFormat, root: string | null, tenant = 'acme'): Job {
  const checkpoint = root === null ? {} : { checkpoint: { size: `${n}`, root, note: '' } };
  const query = { tenant, format, status: 'all' as const };
  return {
    job_id: `00000000-0000-4000-8000-00000000000${n}`,
    kind: 'export',
    state: 'done',
    title: 'Export',
    tenant,
    started_at: '2026-11-02T10:00:00Z',
    ended_at: '2026-11-02T10:00:01Z',
    progress: { done: 1, total: 1, unit: 'records' },
    error: null,
    import_result: null,
    manifest: { file: 'f', sha256: '', bytes: 1, records: 1, query, generator: 'g', ...checkpoint },
    verify_result: null,
    log_result: null,
  };
}

const [A, B] = ['aa'.repeat(32), 'bb'.repeat(32)] as const;

test('a bundle can go on from the tenant’s own bundles, each head once', () => {
  const jobs = [
    aJob(1, 'bundle', A),
    aJob(2, 'bundle', A),
    aJob(3, 'pdf', B),
    aJob(4, 'bundle', null),
    aJob(5, 'bundle', B, 'other'),
    aJob(6, 'bundle', B),
    { ...aJob(7, 'bundle', null), manifest: null },
  ];
  expect(earlierBundles(jobs, 'acme')).toEqual([jobs[0], jobs[5]]);
});

test('an earlier export is named by its day and size, and asked for by its job; a file by what it was staged as', () => {
  const job = aJob(9, 'bundle', A);
  expect(previousText({ kind: 'export', job })).toBe('Export of 2 Nov 2026, at 9');
  expect(previousInput({ kind: 'export', job })).toEqual({ continues: job.job_id });
  const file = { staged: job.job_id, name: 'head.txt', bytes: 3 };
  expect(previousText({ kind: 'file', file })).toBe('The checkpoint in head.txt');
  expect(previousInput({ kind: 'file', file })).toEqual({ previous: job.job_id });
  expect(previousInput(null)).toEqual({});
});
