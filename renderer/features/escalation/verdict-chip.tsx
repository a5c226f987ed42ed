import type { Verdict } from '../../../shared/domain/escalation.ts';
import { Sign } from '../../components/sign.tsx';
import styles from './escalation.module.css';
import { words } from './words.ts';

/** A card's verdict in its head, on the ground of what it says. */
export function VerdictChip({ verdict }: { verdict: Verdict }) {
  return (
    <span className={styles.verdictChip} data-verdict={verdict}>
      <Sign name={verdict} word={words.verdict[verdict]} />
    </span>
  );
}
