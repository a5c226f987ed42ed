import { memo } from 'react';
import type { Finding } from '../../../shared/domain/escalation.ts';
import { textFindings } from '../../../shared/domain/text/findings.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Sign } from '../../components/sign.tsx';
import { ALARM_CODES } from './alarms.ts';
import styles from './escalation.module.css';
import { TEXT_CODES } from './strip-cells.ts';
import { words } from './words.ts';

const OF_TEXT: ReadonlySet<string> = new Set(TEXT_CODES);

interface FindingsCardProps {
  readonly findings: readonly Finding[];
  /** The text whose findings stand above it already; what must be read first stands above all of it. */
  readonly explanation: string | undefined;
}

/** What was odd about the record or its evidence, in plain words with the code that scripts see. */
export const FindingsCard = memo(function FindingsCard({ findings, explanation }: FindingsCardProps) {
  const said = new Set(textFindings(explanation ?? '').map(({ code, message }) => `${code} ${message}`));
  const rest = findings.filter(({ code, message }) => !said.has(`${code} ${message}`) && !ALARM_CODES.has(code));
  if (rest.length === 0) return null;
  return (
    <section aria-labelledby="findings-title">
      <h2 id="findings-title" className={styles.sectionTitle}>
        {words.findings}
      </h2>
      <ul className={styles.findings}>
        {rest.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            <Sign name={OF_TEXT.has(code) ? 'deceptive' : 'finding'} word="" />
            <AgentLine text={message} className={styles.sans} />
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </section>
  );
});
