import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import styles from './log.module.css';
import { words } from './words.ts';

interface ExactTextProps {
  readonly title: string;
  readonly text: string;
}

/** A text of the log as it is stored, whole: what would not be seen is a chip, and nothing has an effect (S62, S63). */
export function ExactText({ title, text }: ExactTextProps) {
  return (
    <div>
      <p className={styles.exactHead}>
        {title} <CopyButton text={text} label={words.copyExact(title)} />
      </p>
      <div className={styles.exact}>
        <AgentLine text={text} />
      </div>
    </div>
  );
}
