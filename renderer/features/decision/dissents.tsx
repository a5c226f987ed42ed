import type { Dissent } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { instantWords } from '../../components/time.ts';
import styles from './decision.module.css';
import { words } from './words.ts';

/** Decisions that came after the one that stands: kept beside it, never in its place (I8). */
export function Dissents({ dissents, now }: { dissents: readonly Dissent[]; now: number }) {
  if (dissents.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="dissents-title">
      <h2 id="dissents-title">{words.recorded.dissents}</h2>
      <ul className={styles.dissents}>
        {dissents.map((dissent) => (
          <li key={`${dissent.at} ${dissent.outcome} ${dissent.vep_hash ?? ''}`}>
            <AgentLine text={said(dissent, now)} className={styles.sans} />
            {dissent.reason !== undefined && <AgentLine text={dissent.reason} className={styles.quiet} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function said(dissent: Dissent, now: number): string {
  const who = dissent.reviewer ?? (dissent.source === 'upstream' ? words.outside : words.someone);
  return words.recorded.dissent(who, words.did[dissent.outcome], instantWords(dissent.at, now, true));
}
