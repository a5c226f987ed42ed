import { IconEyeOff } from '@tabler/icons-react';
import type { TextFinding } from '../../../shared/domain/text/findings.ts';
import { AgentLine } from './agent-line.tsx';
import styles from './agent-text.module.css';

/** What was found in a text, worst first, on the app's own ground above it. */
export function TextFindings({ findings }: { findings: readonly TextFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map(({ code, message }) => (
        <li key={code}>
          <IconEyeOff size={16} aria-hidden="true" />
          <p>
            <AgentLine text={message} className={styles.said} />
          </p>
          <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}
