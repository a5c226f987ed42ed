import type { Report, Tally } from '../../../shared/contract/report.ts';
import { csvLine } from './csv.ts';

/** Columns of all tables alike: what a table does not count stays empty. */
const OUTCOMES = ['approved', 'rejected', 'withdrawn', 'expired', 'unknown'] as const;
const HEAD = ['table', 'row', 'decisions', ...OUTCOMES, 'overridden', 'accepted_unchecked'];

/**
 * A report as one table of RFC 4180 (S70): first what it is of, then each of its tables, a line a row. `json_sha256` is
 * the digest of the same report as JSON. Rows without a name are `(none)`, those counted together `(others)`.
 */
export function reportCsv(report: Report, jsonSha256: string): string {
  const { numbers } = report;
  const { steps, unknown } = numbers.time;
  const { decisions, checks } = numbers.overrides;
  const { open, ...standings } = numbers.deadlines;
  return [
    HEAD,
    ...facts(report, jsonSha256),
    tallied('decisions', 'all', numbers.decisions),
    ...numbers.days.map(({ day, n }) => tallied('day', day, n)),
    ...named(numbers.reviewers).map(([name, n]) => tallied('reviewer', name, n)),
    ...named(numbers.reasons).map(([name, n]) => tallied('reason_code', name, n)),
    ...steps.map(({ below_s, n }) => tallied('seconds_to_decide', below_s === null ? 'longer' : `below ${below_s}`, n)),
    tallied('seconds_to_decide', 'unknown', unknown),
    ['override', '(decisions with one)', String(decisions)],
    ...named(checks).map(([name, n]) => checked(name, n)),
    ...Object.entries(standings).map(([name, n]) => tallied('deadline', name, n)),
    ['deadline', 'open_and_past', String(open)],
    ...Object.entries(numbers.evidence).map(([name, n]) => tallied('evidence', name, n)),
  ]
    .map((cells) => csvLine(HEAD.map((_, at) => cells[at] ?? '')))
    .join('');
}

function facts(report: Report, jsonSha256: string): string[][] {
  const { tenant, from, to, zone, span, counted_at, generator, sample, log } = report;
  const all = {
    tenant,
    first_day: from,
    last_day: to,
    zone,
    from: span.from,
    to_without: span.to,
    counted_at,
    generator,
  };
  const more = {
    sample: String(sample),
    log_size: log.size,
    log_root: log.root,
    events_meanwhile: String(log.meanwhile),
  };
  return Object.entries({ ...all, ...more, json_sha256: jsonSha256 }).map(([name, value]) => ['report', name, value]);
}

function named<N>({ rows, rest }: { rows: readonly { name: string | null; n: N }[]; rest: N }): [string, N][] {
  return [...rows.map(({ name, n }): [string, N] => [name ?? '(none)', n]), ['(others)', rest]];
}

function tallied(table: string, row: string, n: Tally): string[] {
  const counts = OUTCOMES.map((outcome) => n[outcome]);
  return [table, row, ...[counts.reduce((sum, count) => sum + count, 0), ...counts].map(String)];
}

function checked(name: string, { overridden, accepted }: { overridden: number; accepted: number }): string[] {
  return ['override', name, '', '', '', '', '', '', String(overridden), String(accepted)];
}
