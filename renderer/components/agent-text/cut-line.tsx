import { AgentLine } from './agent-line.tsx';
import styles from './agent-text.module.css';
import { words } from './words.ts';

interface CutLineProps {
  readonly text: string;
  /** Characters from which on it is cut. */
  readonly most: number;
  readonly className?: string | undefined;
}

/** As AgentLine, but what is longer than a fact should be is cut, and how much of it is shown is said (S66). */
export function CutLine({ text, most, className }: CutLineProps) {
  const characters = text.length <= most ? [] : [...text];
  if (characters.length <= most) return <AgentLine text={text} className={className} />;
  return (
    <>
      <AgentLine text={characters.slice(0, most).join('')} className={className} />
      <span className={styles.cut}> … {words.shown(most, characters.length)}</span>
    </>
  );
}
