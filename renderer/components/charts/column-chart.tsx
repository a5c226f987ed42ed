import { useId } from 'react';
import { numberText } from '../numbers.ts';
import type { ChartBar, ChartProps, ChartSeries } from './chart.ts';
import styles from './charts.module.css';
import { Hatches, Part } from './hatches.tsx';
import { axisFor, labelled, stacked, sumOf } from './scale.ts';

const WIDTH = 560;
const HEIGHT = 220;
/** Above the highest column its number has room. */
const PLOT = { left: 44, top: 18, right: 8, bottom: 26 } as const;
const PLOT_WIDTH = WIDTH - PLOT.left - PLOT.right;
const PLOT_HEIGHT = HEIGHT - PLOT.top - PLOT.bottom;
const WIDEST = 44;
const LABELS = 9;
const DIGIT_WIDTH = 7;

/** Columns upon a line of zero, the series one upon the other; a place for each bar, the empty ones too. */
export function ColumnChart({ label, series, bars }: ChartProps) {
  const id = useId();
  const { top, lines } = axisFor(Math.max(0, ...bars.map(({ values }) => sumOf(values))));
  const slot = PLOT_WIDTH / Math.max(1, bars.length);
  const hasLabel = labelled(bars.length, LABELS);
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <Hatches id={id} />
      {lines.map((value) => (
        <Line key={value} value={value} y={yOf(value, top)} />
      ))}
      {bars.map((bar, at) => (
        <g key={bar.key}>
          <Column id={id} bar={bar} series={series} top={top} x={PLOT.left + at * slot} slot={slot} />
          {hasLabel(at) && (
            <text className={styles.tick} x={PLOT.left + (at + 0.5) * slot} y={HEIGHT - 8} textAnchor="middle">
              {bar.label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

function yOf(value: number, top: number): number {
  return PLOT.top + PLOT_HEIGHT - (value / top) * PLOT_HEIGHT;
}

function Line({ value, y }: { value: number; y: number }) {
  return (
    <>
      <line className={value === 0 ? styles.zero : styles.line} x1={PLOT.left} x2={WIDTH - PLOT.right} y1={y} y2={y} />
      <text className={styles.tick} x={PLOT.left - 6} y={y + 4} textAnchor="end">
        {numberText(value)}
      </text>
    </>
  );
}

interface ColumnProps {
  readonly id: string;
  readonly bar: ChartBar;
  readonly series: readonly ChartSeries[];
  readonly top: number;
  readonly x: number;
  readonly slot: number;
}

function Column({ id, bar, series, top, x, slot }: ColumnProps) {
  const width = Math.min(WIDEST, Math.max(1, slot * 0.72));
  const left = x + (slot - width) / 2;
  const sum = sumOf(bar.values);
  const hasRoom = sum > 0 && numberText(sum).length * DIGIT_WIDTH <= slot;
  return (
    <g>
      <title>{bar.title}</title>
      <rect className={styles.reach} x={x} y={PLOT.top} width={slot} height={PLOT_HEIGHT} />
      {stacked(bar.values, top, PLOT_HEIGHT).map(({ from, length }, at) => {
        const { look, name } = series[at] ?? { look: 'solid', name: '' };
        if (length === 0) return null;
        const y = PLOT.top + PLOT_HEIGHT - from - length;
        return <Part key={name} id={id} look={look} x={left} y={y} width={width} height={length} />;
      })}
      {hasRoom && (
        <text className={styles.value} x={x + slot / 2} y={yOf(sum, top) - 3} textAnchor="middle">
          {numberText(sum)}
        </text>
      )}
    </g>
  );
}
