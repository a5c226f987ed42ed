import { expect, test } from 'vitest';
import { daysOf, isPeriod, presetDays, presetOf } from '../../../renderer/features/report/period.ts';
import { sectionsOf } from '../../../renderer/features/report/sections.ts';
import type { ReportNumbers, Tally } from '../../../shared/contract/report.ts';

const tally = (parts: Partial<Tally> = {}): Tally => ({
  approved: 0,
  rejected: 0,
  withdrawn: 0,
  expired: 0,
  unknown: 0,
  ...parts,
});
const ALL = tally({ approved: 5, rejected: 3, withdrawn: 1, expired: 2, unknown: 1 });

const NUMBERS: ReportNumbers = {
  decisions: ALL,
  days: [
    { day: '2026-11-15', n: ALL },
    { day: '2026-11-16', n: tally() },
  ],
  reviewers: {
    rows: [
      { name: '=Ada\u202e', n: tally({ approved: 5 }) },
      { name: null, n: tally({ unknown: 1 }) },
    ],
    rest: tally(),
  },
  reasons: { rows: [], rest: tally({ rejected: 3 }) },
  time: {
    steps: [
      { below_s: 60, n: tally({ approved: 4 }) },
      { below_s: 300, n: tally({ approved: 1, rejected: 3 }) },
      { below_s: null, n: tally({ expired: 2 }) },
    ],
    unknown: tally({ unknown: 1, withdrawn: 1 }),
  },
  overrides: {
    decisions: 2,
    checks: { rows: [{ name: 'signature', n: { overridden: 2, accepted: 1 } }], rest: { overridden: 0, accepted: 0 } },
  },
  deadlines: {
    in_time: tally({ approved: 5, rejected: 3 }),
    late: tally({ expired: 2, withdrawn: 1 }),
    none: tally({ unknown: 1 }),
    open: 7,
  },
  evidence: { verified: tally(), failed: ALL, unchecked: tally(), none: tally() },
};
const section = (id: string) => sectionsOf(NUMBERS).find((one) => one.id === id) ?? expect.fail(id);

test('I10: a chart shows the numbers of its table, in four series at most', () => {
  for (const { id, series, columns, rows } of sectionsOf(NUMBERS)) {
    expect(series.length, id).toBeLessThanOrEqual(4);
    for (const { cells, values } of rows) {
      expect(cells, id).toHaveLength(columns.length);
      if (values === null) continue;
      expect(values, id).toHaveLength(series.length);
      const sum = values.reduce((all, value) => all + value, 0);
      const tabled = id === 'overrides' ? cells.reduce((all, cell) => all + cell, 0) : cells[0];
      expect(sum, id).toBe(tabled);
    }
  }
});

test('empty days have their place', () => {
  expect(section('days').rows.map(({ short, cells }) => [short, cells[0]])).toEqual([
    ['15 Nov', 12],
    ['16 Nov', 0],
  ]);
});

test('a name from outside is marked as such; who was not named and all others are said in the desk’s words', () => {
  expect(section('reviewers').rows.map(({ name, foreign }) => [name, foreign])).toEqual([
    ['=Ada\u202e', true],
    ['not named', undefined],
  ]);
  expect(section('reasons').rows.map(({ name }) => name)).toEqual(['all others']);
});

test('half are decided by the step in which the half is reached, of those whose beginning is known', () => {
  const { note, rows } = section('time');
  expect(note).toBe(
    'Half of them were decided within 5 min after they were asked for. 2 decisions came decided: when they were asked for is not known.',
  );
  expect(rows.at(-1)).toMatchObject({ name: 'not known when asked', values: null });
});

test('overdue and expired: each escalation stands in one row', () => {
  expect(Object.fromEntries(section('deadlines').rows.map(({ key, cells }) => [key, cells[0]]))).toEqual({
    in_time: 8,
    late: 1,
    expired: 2,
    none: 1,
    open: 7,
  });
});

test('the days of an address count where a report can be of them, else the last 30', () => {
  const now = Date.parse('2026-11-15T23:30:00Z');
  expect(daysOf({ from: '2026-01-01', to: '2026-12-31' }, now, 'UTC')).toEqual({
    from: '2026-01-01',
    to: '2026-12-31',
  });
  const month = { from: '2026-10-18', to: '2026-11-16' };
  for (const bad of [{}, { from: '2026-11-02', to: '2026-11-01' }, { from: '2026-02-30', to: '2026-03-01' }])
    expect(daysOf(bad, now, 'Europe/Berlin')).toEqual(month);
  expect(isPeriod({ from: '2026-01-01', to: '2027-01-02' })).toBe(false);
  expect(presetOf(month, now, 'Europe/Berlin')).toBe('month');
  expect(presetOf(presetDays('year', now, 'UTC'), now, 'UTC')).toBe('year');
  expect(presetOf({ from: '2026-11-01', to: '2026-11-02' }, now, 'UTC')).toBeNull();
});
