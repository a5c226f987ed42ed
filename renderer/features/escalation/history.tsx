import type { HistoryEvent } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { instantWords } from '../../components/time.ts';
import styles from './escalation.module.css';
import { eventWords } from './event-words.ts';
import { words } from './words.ts';

interface HistoryProps {
  readonly events: readonly HistoryEvent[];
  readonly now: number;
  readonly myName: string | undefined;
}

/** What happened to the escalation here, newest first; each line is an event of the ledger. */
export function History({ events, now, myName }: HistoryProps) {
  const newestFirst = [...events].sort((a, b) => (BigInt(b.seq) > BigInt(a.seq) ? 1 : -1));
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title" className={styles.sectionTitle}>
        {words.history}
      </h2>
      {events.length === 0 && <p className={styles.quiet}>{words.noHistory}</p>}
      <ol>
        {newestFirst.map((event) => (
          <Line key={event.seq} event={event} now={now} by={event.actor === myName ? words.you : event.actor} />
        ))}
      </ol>
    </section>
  );
}

function Line({ event, now, by }: { event: HistoryEvent; now: number; by: string }) {
  return (
    <li className={styles.event} title={`${words.ledgerEvent(event.seq)}, ${event.leaf_sha256}`}>
      <time dateTime={event.at} title={event.at}>
        {instantWords(event.at, now, true)}
      </time>
      <AgentLine text={eventWords(event.type, by)} className={styles.sans} />
      <span className={styles.quiet}>{words.ledgerEvent(event.seq)}</span>
    </li>
  );
}
