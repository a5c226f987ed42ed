import { memo, useMemo } from 'react';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Sign } from '../../components/sign.tsx';
import { ALARM_CODES } from './alarms.ts';
import styles from './escalation.module.css';
import { flagsOf } from './flags.ts';
import { TEXT_CODES } from './strip-cells.ts';
import { words } from './words.ts';

const OF_TEXT: ReadonlySet<string> = new Set(TEXT_CODES);

/** An agent can write any number of odd texts; more rows than this would only push away what stands below. */
const MOST_ROWS = 50;

interface FindingsCardProps {
  readonly escalation: Escalation;
  readonly findingsOff: readonly string[] | undefined;
}

interface Row {
  readonly code: string;
  readonly text: string;
}

/** What was odd about the record, its evidence, or any field of the agent's, in plain words with the code that scripts see. */
export const FindingsCard = memo(function FindingsCard({ escalation, findingsOff }: FindingsCardProps) {
  const rows = useMemo(() => rowsOf(escalation, findingsOff), [escalation, findingsOff]);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="findings-title">
      <h2 id="findings-title" className={styles.sectionTitle}>
        {words.findings}
      </h2>
      <ul className={styles.findings}>
        {rows.slice(0, MOST_ROWS).map(({ code, text }) => (
          <li key={`${code} ${text}`}>
            <Sign name={OF_TEXT.has(code) ? 'deceptive' : 'finding'} word="" />
            <AgentLine text={text} className={styles.sans} />
            <code>{code}</code>
          </li>
        ))}
        {rows.length > MOST_ROWS && <li>{words.moreFindings(rows.length - MOST_ROWS)}</li>}
      </ul>
    </section>
  );
});

/** What is odd in the explanation stands above it already; what must be read first, above all of it. */
function rowsOf(escalation: Escalation, findingsOff: readonly string[] = []): Row[] {
  const flags = flagsOf(escalation).filter(({ code }) => !findingsOff.includes(code));
  const said = new Set(flags.map(({ code, message }) => `${code} ${message}`));
  const others = escalation.findings.filter(
    ({ code, message }) => !said.has(`${code} ${message}`) && !ALARM_CODES.has(code),
  );
  return [
    ...flags
      .filter(({ field }) => field !== 'explanation')
      .map(({ code, field, message }) => ({ code, text: `${field}: ${message}` })),
    ...others.map(({ code, message }) => ({ code, text: message })),
  ];
}
