import type { Opened } from '../../../shared/contract/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import styles from './escalation.module.css';
import { VerdictChip } from './verdict-chip.tsx';
import { words } from './words.ts';

interface ResolutionCardProps {
  readonly resolution: Opened['resolution'];
  /** Attaches its packet; null where nothing can be attached now. */
  readonly onAttach: (() => void) | null;
}

/** The hash that a decision was recorded with, while its packet is not attached: what it is worth, and how to attach it. */
export function ResolutionCard({ resolution, onAttach }: ResolutionCardProps) {
  if (resolution === null) return null;
  return (
    <section className={styles.card} aria-labelledby="resolution-title">
      <div className={styles.cardHead}>
        <h2 id="resolution-title">{words.evidenceOf.resolution}</h2>
        <VerdictChip verdict={resolution.verdict} />
      </div>
      <p className={styles.cardNote}>
        {words.vepHash} <AgentLine text={resolution.vep_hash} />
      </p>
      <p className={styles.cardNote}>
        <AgentLine text={resolution.detail} className={styles.sans} />{' '}
        {onAttach !== null && (
          <Button look="link" onClick={onAttach}>
            {words.attachResolution}
          </Button>
        )}
      </p>
    </section>
  );
}
