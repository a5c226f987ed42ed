import styles from './agent-text.module.css';
import { Pieces } from './pieces.tsx';

interface AgentLineProps {
  readonly text: string;
  readonly className?: string | undefined;
}

/**
 * A text that the agent's side controls, on one line: isolated from what stands around it, invisible characters as
 * chips, never markup. For rows, titles, file names and facts.
 */
export function AgentLine({ text, className }: AgentLineProps) {
  return (
    <bdi className={`${styles.line} ${className ?? ''}`} translate="no">
      <Pieces text={text} />
    </bdi>
  );
}
