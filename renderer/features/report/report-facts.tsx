import type { ReactNode } from 'react';
import type { Report } from '../../../shared/contract/report.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { numberText } from '../../components/numbers.ts';
import { utcText } from '../../components/time.ts';
import { wholeDay } from './period.ts';
import styles from './report.module.css';
import { totalOf } from './series.ts';
import { words } from './words.ts';

const WORDS = words.facts;

/** What the numbers are of, and what names them. */
export function ReportFacts({ report, sha256 }: { report: Report; sha256: string }) {
  const { tenant, from, to, zone, span, counted_at, generator, sample, log, numbers } = report;
  return (
    <section className={styles.facts} aria-label={WORDS.label}>
      {sample && <p className={styles.sample}>{WORDS.sample}</p>}
      <dl>
        <Fact name={WORDS.tenant}>
          <AgentLine text={tenant} />
        </Fact>
        <Fact name={WORDS.range}>{WORDS.days(wholeDay(from), wholeDay(to), zone)}</Fact>
        <Fact name={WORDS.query}>
          <code>{`decided ${utcText(span.from)}/${utcText(span.to)}`}</code>
        </Fact>
        <Fact name={WORDS.rows}>{numberText(totalOf(numbers.decisions))}</Fact>
        <Fact name={WORDS.counted}>
          <code>{utcText(counted_at)}</code>
        </Fact>
        <Fact name={WORDS.generator}>{generator}</Fact>
        <Fact name={WORDS.log}>
          {WORDS.head(log.size)} <Hash value={log.root} />
          {log.meanwhile > 0 && <span className={styles.warn}> {WORDS.meanwhile(log.meanwhile)}</span>}
        </Fact>
        <Fact name={WORDS.hash}>
          <Hash value={sha256} /> <CopyButton text={sha256} label={WORDS.copyHash} />
          <span className={styles.quiet}> {WORDS.hashNote}</span>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
