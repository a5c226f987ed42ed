import { useId } from 'react';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import { BarChart } from '../../components/charts/bar-chart.tsx';
import type { ChartBar } from '../../components/charts/chart.ts';
import { ColumnChart } from '../../components/charts/column-chart.tsx';
import { SeriesKey } from '../../components/charts/series-key.tsx';
import { numberText } from '../../components/numbers.ts';
import styles from './report.module.css';
import { ReportTable } from './report-table.tsx';
import type { Section, SectionRow } from './sections.ts';
import { words } from './words.ts';

/** Bars that lie one below the other; whatever more there are stands in the table. */
const BARS = 12;
const LONGEST_LABEL = 24;

/** A table of the report with the chart that shows the same numbers. */
export function ReportSection({ section }: { section: Section }) {
  const { title, note, form, series, rows } = section;
  const heading = useId();
  const drawn = rows.filter(({ values }) => values !== null);
  const bars = (form === 'bars' ? drawn.slice(0, BARS) : drawn).map((row) => barOf(row, section));
  const sums = series.map((_, at) => rows.reduce((sum, { values }) => sum + (values?.[at] ?? 0), 0));
  const Chart = form === 'bars' ? BarChart : ColumnChart;
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {note !== undefined && <p className={styles.quiet}>{note}</p>}
      {rows.length === 0 ? (
        <p className={styles.quiet}>{words.noRows}</p>
      ) : (
        <div className={styles.both}>
          <figure className={styles.figure}>
            {series.length > 1 && <SeriesKey series={series} sums={sums} />}
            <Chart label={labelOf(section, bars)} series={series} bars={bars} />
            {bars.length < drawn.length && <figcaption className={styles.quiet}>{words.more(BARS)}</figcaption>}
          </figure>
          <ReportTable section={section} />
        </div>
      )}
    </section>
  );
}

function barOf(row: SectionRow, { series }: Section): ChartBar {
  const values = row.values ?? [];
  const name = shown(row);
  const parts = series.map((one, at) => `${one.name} ${numberText(values[at] ?? 0)}`).join(', ');
  return { key: row.key, label: row.short ?? cut(name), title: `${name}: ${parts}`, values };
}

/** On the axis a name from outside is its escaped form: no character of it acts on what stands around it. */
function shown({ name, foreign = false }: SectionRow): string {
  return foreign ? escapeForTerminal(name) : name;
}

function cut(text: string): string {
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}

function labelOf({ title, series }: Section, bars: readonly ChartBar[]): string {
  const sums = series.map(({ name }, at) => {
    const sum = bars.reduce((all, { values }) => all + (values[at] ?? 0), 0);
    return `${name} ${numberText(sum)}`;
  });
  return `${title}: ${sums.join(', ')}. The numbers stand in the table.`;
}
