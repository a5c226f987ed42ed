import type { Tally } from '../../../shared/contract/report.ts';
import type { ChartSeries } from '../../components/charts/chart.ts';
import { words } from './words.ts';

/** The outcomes as a chart has them: four at most, so the two rare ones share the last. */
export const OUTCOME_SERIES: readonly ChartSeries[] = [
  { name: words.outcomes.approved, look: 'solid' },
  { name: words.outcomes.rejected, look: 'diagonal' },
  { name: words.outcomes.expired, look: 'lines' },
  { name: words.other, look: 'dots' },
];

export const CHECK_SERIES: readonly ChartSeries[] = [
  { name: words.overrides.overridden, look: 'diagonal' },
  { name: words.overrides.accepted, look: 'lines' },
];

export const COUNT_SERIES: readonly ChartSeries[] = [{ name: words.deadlines.count, look: 'solid' }];

/** A tally as the values of OUTCOME_SERIES. */
export function outcomeValues({ approved, rejected, expired, withdrawn, unknown }: Tally): number[] {
  return [approved, rejected, expired, withdrawn + unknown];
}

/** A tally as the cells of a table: all, then each outcome for itself. */
export function outcomeCells(n: Tally): number[] {
  return [totalOf(n), n.approved, n.rejected, n.expired, n.withdrawn, n.unknown];
}

export const OUTCOME_COLUMNS: readonly string[] = [words.total, ...Object.values(words.outcomes)];

export function totalOf({ approved, rejected, expired, withdrawn, unknown }: Tally): number {
  return approved + rejected + expired + withdrawn + unknown;
}
