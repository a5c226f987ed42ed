import type { Deadline } from '../../../shared/domain/escalation.ts';
import { Sign } from '../../components/sign.tsx';
import { instantWords, leftText, type UrgencyMinutes, urgencyOf, utcText } from '../../components/time.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

interface DeadlinesCardProps {
  readonly deadline: Deadline | null;
  readonly now: number;
  readonly minutes: UrgencyMinutes;
}

/** All that limits the time, whoever set it; the earliest is the one that counts. */
export function DeadlinesCard({ deadline, now, minutes }: DeadlinesCardProps) {
  if (deadline === null) return null;
  return (
    <section aria-labelledby="deadlines-title">
      <h2 id="deadlines-title" className={styles.sectionTitle}>
        {words.deadlines}
      </h2>
      <ul className={styles.rows}>
        {deadline.all.map(({ at, source }) => {
          const left = Date.parse(at) - now;
          const urgency = urgencyOf(left, minutes);
          const earliest = at === deadline.at && source === deadline.source;
          return (
            <li key={source} data-earliest={earliest}>
              <Sign name={`time-${urgency}`} word={urgency === 'past' ? words.deadlinePast : leftText(left)} />
              <time dateTime={at} title={utcText(at)}>
                {instantWords(at, now, true)}
              </time>
              <span>{(urgency === 'past' ? words.pastSource : words.source)[source]}</span>
              {earliest && <strong>{words.earliest}</strong>}
            </li>
          );
        })}
      </ul>
      {deadline.past_on_arrival && <p className={styles.sourceHash}>{words.passedOnArrival}</p>}
    </section>
  );
}
