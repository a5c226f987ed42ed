import { expect, test } from 'vitest';
import { draftOf, hasFolder, orderOf } from '../../../renderer/features/exports/schedule-form.ts';
import { Schedule, ScheduleOrder } from '../../../shared/contract/schedule.ts';

const known: Schedule = {
  schedule_id: '00000000-0000-4000-8000-000000000001',
  query: {
    tenant: 'acme',
    format: 'bundle',
    status: 'resolved',
    search: 'wire',
    evidence: 'hashes',
    redact: ['reason'],
  },
  covers: 'all',
  turn: { every: 'week', weekday: 5, at: '23:30', zone: 'Asia/Kolkata' },
  keep: null,
  folder: '/exports',
  by: '00000000-0000-4000-8000-000000000002',
  made_at: '2026-11-15T12:00:00.000Z',
  covered_until: '2026-11-13',
  next_at: '2026-11-20T18:00:00.000Z',
  running: null,
  last: null,
  files: 0,
};

test('what is there and not touched stays as it was, what the form does not show too', () => {
  expect(Schedule.parse(known)).toEqual(known);
  const { query, covers, turn, keep } = known;
  expect(orderOf('acme', draftOf(known, 'UTC'), known)).toEqual({ query, covers, turn, keep });
});

test('a new one is of the reader’s clocks, each day, and needs a folder', () => {
  const draft = draftOf(null, 'Europe/Berlin');
  expect(ScheduleOrder.parse(orderOf('acme', draft, null))).toMatchObject({
    query: { tenant: 'acme', format: 'csv' },
    turn: { every: 'day', zone: 'Europe/Berlin' },
  });
  expect(hasFolder(draft)).toBe(false);
  expect(hasFolder({ ...draft, path: ' ' })).toBe(false);
  expect(hasFolder({ ...draft, chosen: { staged: known.schedule_id, name: 'x' } })).toBe(true);
});

test('the choice of evidence, and what is left out, are for the form that has them', () => {
  const draft = { ...draftOf(known, 'UTC'), format: 'csv' as const };
  expect(orderOf('acme', draft, known)?.query).toEqual({
    tenant: 'acme',
    format: 'csv',
    status: 'resolved',
    search: 'wire',
  });
});

test.each(['', '6:00', '24:00', '06:60', '06:00:00'])('%j is no time of day', (at) => {
  expect(orderOf('acme', { ...draftOf(null, 'UTC'), at }, null)).toBeNull();
});
