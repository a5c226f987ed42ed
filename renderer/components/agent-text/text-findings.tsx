import { IconEyeOff } from '@tabler/icons-react';
import type { TextFinding } from '../../../shared/domain/text/findings.ts';
import { AgentLine } from './agent-line.tsx';
import styles from './agent-text.module.css';
import { type SaidFinding, sayFinding } from './finding-words.ts';

interface TextFindingsProps {
  readonly findings: readonly TextFinding[];
  /** The text they were found in. */
  readonly text: string;
}

/** What was found in a text, worst first, on the app's own ground above it. */
export function TextFindings({ findings, text }: TextFindingsProps) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <Found key={finding.code} said={sayFinding(finding, text)} />
      ))}
    </ul>
  );
}

function Found({ said }: { said: SaidFinding }) {
  return (
    <li>
      <IconEyeOff size={16} aria-hidden="true" />
      <p>
        <AgentLine text={said.lead} className={`${styles.said} ${styles.lead}`} />{' '}
        {said.rest.map((part) =>
          typeof part === 'string' ? part : <AgentLine key={part.quoted} text={part.quoted} />,
        )}
      </p>
      <code>{said.code}</code>
    </li>
  );
}
