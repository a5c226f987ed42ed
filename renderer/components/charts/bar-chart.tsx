import { useId } from 'react';
import { numberText } from '../numbers.ts';
import type { ChartBar, ChartProps, ChartSeries } from './chart.ts';
import styles from './charts.module.css';
import { Hatches, Part } from './hatches.tsx';
import { axisFor, stacked, sumOf } from './scale.ts';

const WIDTH = 560;
const ROW = 26;
const BAR = 16;
const LEFT = 168;
const RIGHT = 56;
const PLOT = WIDTH - LEFT - RIGHT;
const AXIS = 20;
const DIGIT_WIDTH = 7;

/** Lying bars from a line of zero, the series one after the other, with their numbers where they have room. */
export function BarChart({ label, series, bars }: ChartProps) {
  const id = useId();
  const { top, lines } = axisFor(Math.max(0, ...bars.map(({ values }) => sumOf(values))));
  const bottom = bars.length * ROW;
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${bottom + AXIS}`} role="img" aria-label={label}>
      <Hatches id={id} />
      {lines.map((value) => (
        <Line key={value} value={value} x={LEFT + (value / top) * PLOT} bottom={bottom} />
      ))}
      {bars.map((bar, at) => (
        <Bar key={bar.key} id={id} bar={bar} series={series} top={top} y={at * ROW} />
      ))}
    </svg>
  );
}

function Line({ value, x, bottom }: { value: number; x: number; bottom: number }) {
  return (
    <>
      <line className={value === 0 ? styles.zero : styles.line} x1={x} x2={x} y1={0} y2={bottom} />
      <text className={styles.tick} x={x} y={bottom + 14} textAnchor="middle">
        {numberText(value)}
      </text>
    </>
  );
}

interface BarProps {
  readonly id: string;
  readonly bar: ChartBar;
  readonly series: readonly ChartSeries[];
  readonly top: number;
  readonly y: number;
}

function Bar({ id, bar, series, top, y }: BarProps) {
  const sum = sumOf(bar.values);
  const parts = stacked(bar.values, top, PLOT);
  const several = bar.values.filter((value) => value > 0).length > 1;
  return (
    <g>
      <title>{bar.title}</title>
      <rect className={styles.reach} x={0} y={y} width={WIDTH} height={ROW} />
      <text className={styles.name} x={LEFT - 8} y={y + 17} textAnchor="end">
        {bar.label}
      </text>
      {parts.map(({ from, length }, at) => {
        const { look, name } = series[at] ?? { look: 'solid', name: '' };
        if (length === 0) return null;
        return <Part key={name} id={id} look={look} x={LEFT + from} y={y + 5} width={length} height={BAR} />;
      })}
      {several &&
        parts.map((part, at) => <Inside key={series[at]?.name} {...part} value={bar.values[at] ?? 0} y={y} />)}
      <text className={styles.value} x={LEFT + (sum / top) * PLOT + 6} y={y + 17}>
        {numberText(sum)}
      </text>
    </g>
  );
}

/** A part's own number, on a ground of its own so that no hatch runs through it. */
function Inside({ from, length, value, y }: { from: number; length: number; value: number; y: number }) {
  const text = numberText(value);
  const width = text.length * DIGIT_WIDTH + 4;
  if (value === 0 || length < width + 4) return null;
  const middle = LEFT + from + length / 2;
  return (
    <>
      <rect className={styles.ground} x={middle - width / 2} y={y + 7} width={width} height={BAR - 4} rx={2} />
      <text className={styles.value} x={middle} y={y + 17} textAnchor="middle">
        {text}
      </text>
    </>
  );
}
