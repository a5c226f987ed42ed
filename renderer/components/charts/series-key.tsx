import { useId } from 'react';
import { numberText } from '../numbers.ts';
import type { ChartSeries } from './chart.ts';
import styles from './charts.module.css';
import { Hatches, Part } from './hatches.tsx';

/** The names of a chart's parts in the order in which they stand, from zero on, with their sums. */
export function SeriesKey({ series, sums }: { series: readonly ChartSeries[]; sums: readonly number[] }) {
  const id = useId();
  return (
    <ul className={styles.key}>
      {series.map(({ name, look }, at) => (
        <li key={name}>
          <svg width={16} height={12} aria-hidden="true">
            <Hatches id={`${id}${at}`} />
            <Part id={`${id}${at}`} look={look} x={0.5} y={0.5} width={15} height={11} />
          </svg>
          {name} <b>{numberText(sums[at] ?? 0)}</b>
        </li>
      ))}
    </ul>
  );
}
