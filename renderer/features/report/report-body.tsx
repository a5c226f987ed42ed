import { useMemo } from 'react';
import { usePrintedFoot } from '../../components/use-printed-foot.ts';
import styles from './report.module.css';
import { ReportFacts } from './report-facts.tsx';
import { ReportSection } from './report-section.tsx';
import { sectionsOf } from './sections.ts';
import { totalOf } from './series.ts';
import type { CountedReport } from './use-report.ts';
import { words } from './words.ts';

/** The report itself, on screen and on paper: what it is of, then each table with its chart; its digest on every sheet. */
export function ReportBody({ counted }: { counted: CountedReport }) {
  const { report, sha256 } = counted;
  const sections = useMemo(() => sectionsOf(report.numbers), [report]);
  usePrintedFoot(`${words.title} ${report.from} ${report.to} · ${words.facts.hash} ${sha256}`);
  return (
    <section className={styles.body} aria-label={words.title} data-region>
      <ReportFacts report={report} sha256={sha256} />
      {totalOf(report.numbers.decisions) === 0 && <p className={styles.empty}>{words.none}</p>}
      {sections.map((section) => (
        <ReportSection key={section.id} section={section} />
      ))}
    </section>
  );
}
