import { useMemo } from 'react';
import styles from './report.module.css';
import { ReportFacts } from './report-facts.tsx';
import { ReportSection } from './report-section.tsx';
import { sectionsOf } from './sections.ts';
import { totalOf } from './series.ts';
import type { CountedReport } from './use-report.ts';
import { words } from './words.ts';

/** The report itself, on screen and on paper: what it is of, then each table with its chart; its digest on every page. */
export function ReportBody({ counted }: { counted: CountedReport }) {
  const { report, sha256 } = counted;
  const sections = useMemo(() => sectionsOf(report.numbers), [report]);
  return (
    // Its inner parts are boxes of their own on paper only, where the last stands at the foot of each page.
    <section className={styles.body} aria-label={words.title} data-region>
      <div className={styles.printed}>
        <ReportFacts report={report} sha256={sha256} />
        {totalOf(report.numbers.decisions) === 0 && <p className={styles.empty}>{words.none}</p>}
        {sections.map((section) => (
          <ReportSection key={section.id} section={section} />
        ))}
      </div>
      <div className={styles.pageFoot} aria-hidden="true">
        {words.title} {report.from} {report.to} · {words.facts.hash} <code>{sha256}</code>
      </div>
    </section>
  );
}
