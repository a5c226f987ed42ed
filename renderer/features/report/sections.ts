import type { ReportNumbers, Tally } from '../../../shared/contract/report.ts';
import type { ChartSeries } from '../../components/charts/chart.ts';
import { shortDay, wholeDay } from './period.ts';
import {
  CHECK_SERIES,
  COUNT_SERIES,
  OUTCOME_COLUMNS,
  OUTCOME_SERIES,
  outcomeCells,
  outcomeValues,
  totalOf,
} from './series.ts';
import { STEP_WORDS, words } from './words.ts';

/** A row of a table and, by the same numbers, a bar of the chart beside it. */
export interface SectionRow {
  readonly key: string;
  readonly name: string;
  /** It came from outside: it is shown as such. */
  readonly foreign?: boolean;
  /** Where the axis has less room. */
  readonly short?: string;
  readonly cells: readonly number[];
  /** What the chart shows of it, a value a series; null: it is in the table alone. */
  readonly values: readonly number[] | null;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  /** Upright columns along an axis of time, or lying bars. */
  readonly form: 'columns' | 'bars';
  readonly head: string;
  readonly columns: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly rows: readonly SectionRow[];
}

/** The report as its tables, each with the chart that shows the same numbers. */
export function sectionsOf(numbers: ReportNumbers): Section[] {
  const { reviewers, reasons } = numbers;
  return [
    { ...byOutcome(words.days), id: 'days', form: 'columns', rows: dayRows(numbers) },
    { ...byOutcome(words.time), ...timeNote(numbers), id: 'time', form: 'columns', rows: timeRows(numbers) },
    { ...byOutcome(words.reviewers), id: 'reviewers', form: 'bars', rows: named(reviewers, totalOf, tallied) },
    { ...byOutcome(words.reasons), id: 'reasons', form: 'bars', rows: named(reasons, totalOf, tallied) },
    overrides(numbers),
    deadlines(numbers),
    { ...byOutcome(words.evidence), id: 'evidence', form: 'bars', rows: evidenceRows(numbers) },
  ];
}

function byOutcome<T extends { title: string; head: string; note?: string }>({ title, head, note }: T) {
  return { title, head, ...(note === undefined ? {} : { note }), columns: OUTCOME_COLUMNS, series: OUTCOME_SERIES };
}

function tallied(n: Tally): Pick<SectionRow, 'cells' | 'values'> {
  return { cells: outcomeCells(n), values: outcomeValues(n) };
}

function dayRows({ days }: ReportNumbers): SectionRow[] {
  return days.map(({ day, n }) => ({ key: day, name: wholeDay(day), short: shortDay(day), ...tallied(n) }));
}

function timeRows({ time }: ReportNumbers): SectionRow[] {
  const steps = time.steps.map(({ below_s, n }) => {
    const { row, short } = STEP_WORDS[String(below_s)] ?? { row: `below ${below_s} s`, short: `< ${below_s} s` };
    return { key: String(below_s), name: row, short, ...tallied(n) };
  });
  if (totalOf(time.unknown) === 0) return steps;
  return [...steps, { key: 'unknown', name: words.time.unknown, ...tallied(time.unknown), values: null }];
}

/** The step by whose end at least half are decided, of those whose beginning is known. */
function timeNote({ time }: ReportNumbers): { note?: string } {
  const all = time.steps.reduce((sum, { n }) => sum + totalOf(n), 0);
  const unknown = totalOf(time.unknown);
  let soFar = 0;
  const half = time.steps.find(({ n }) => {
    soFar += totalOf(n);
    return soFar * 2 >= all;
  });
  const step = all === 0 ? undefined : STEP_WORDS[String(half?.below_s)]?.within;
  const said = [
    ...(step === undefined ? [] : [words.time.half(step)]),
    ...(unknown === 0 ? [] : [words.time.unknownNote(unknown)]),
  ];
  return said.length === 0 ? {} : { note: said.join(' ') };
}

interface Named<N> {
  readonly rows: readonly { name: string | null; n: N }[];
  readonly rest: N;
}

function named<N>(
  { rows, rest }: Named<N>,
  sizeOf: (n: N) => number,
  shown: (n: N) => Pick<SectionRow, 'cells' | 'values'>,
): SectionRow[] {
  const listed = rows.map(
    ({ name, n }): SectionRow =>
      name === null
        ? { key: 'not-named', name: words.noName, ...shown(n) }
        : { key: `name ${name}`, name, foreign: true, ...shown(n) },
  );
  return sizeOf(rest) === 0 ? listed : [...listed, { key: 'rest', name: words.rest, ...shown(rest) }];
}

function overrides({ overrides: { decisions, checks } }: ReportNumbers): Section {
  const { title, head, note, overridden, accepted } = words.overrides;
  type Checks = { overridden: number; accepted: number };
  const both = (n: Checks): number[] => [n.overridden, n.accepted];
  return {
    id: 'overrides',
    title,
    head,
    note: note(decisions),
    form: 'bars',
    columns: [overridden, accepted],
    series: CHECK_SERIES,
    rows: named(
      checks,
      (n) => n.overridden + n.accepted,
      (n) => ({ cells: both(n), values: both(n) }),
    ),
  };
}

function deadlines({ deadlines: { in_time, late, none, open }, decisions }: ReportNumbers): Section {
  const { title, head, note, count } = words.deadlines;
  const decided = (tally: Tally): number => totalOf(tally) - tally.expired;
  const rows = {
    in_time: decided(in_time),
    late: decided(late),
    expired: decisions.expired,
    none: decided(none),
    open,
  } as const;
  return {
    id: 'deadlines',
    title,
    head,
    note,
    form: 'bars',
    columns: [count],
    series: COUNT_SERIES,
    rows: (Object.keys(rows) as (keyof typeof rows)[]).map((key) => ({
      key,
      name: words.deadlines[key],
      cells: [rows[key]],
      values: [rows[key]],
    })),
  };
}

function evidenceRows({ evidence }: ReportNumbers): SectionRow[] {
  return (['verified', 'failed', 'unchecked', 'none'] as const).map((key) => ({
    key,
    name: words.evidence[key],
    ...tallied(evidence[key]),
  }));
}
