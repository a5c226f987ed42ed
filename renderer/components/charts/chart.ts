/** How a part of a bar looks: colour and hatch together, so that neither has to be seen to tell it. */
export type Look = 'solid' | 'diagonal' | 'lines' | 'dots';

/** A kind of part that each bar has, from its beginning on. */
export interface ChartSeries {
  readonly name: string;
  readonly look: Look;
}

/** A bar, with a value for each series. `label` stands on the axis: one line that is safe to show. */
export interface ChartBar {
  readonly key: string;
  readonly label: string;
  /** The whole of it in words, on hover. */
  readonly title: string;
  readonly values: readonly number[];
}

export interface ChartProps {
  /** What it shows, for those who do not see it. The same numbers stand in a table beside it. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly bars: readonly ChartBar[];
}
