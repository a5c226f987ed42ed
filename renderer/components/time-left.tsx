import type { Deadline, DeadlineSource } from '../../shared/domain/escalation.ts';
import { useDeskNow } from '../queries/now.tsx';
import { Sign, type SignName } from './sign.tsx';
import { instantWords, leftText, type UrgencyMinutes, USUAL_MINUTES, urgencyOf, utcText } from './time.ts';
import styles from './time-left.module.css';

const SOURCE: { readonly [source in DeadlineSource]: string } = {
  agent: 'the agent waits until then',
  token: 'the token ends',
  sla: 'your team’s limit',
};
const PAST_SOURCE = { ...SOURCE, agent: 'the agent waited until then', token: 'the token ended' };

/** Where a deadline comes from, in words: what is to come, or what has passed by `now` (ms). */
export function deadlineSource({ at, source }: Deadline, now: number): string {
  return (Date.parse(at) <= now ? PAST_SOURCE : SOURCE)[source];
}

interface TimeLeftProps {
  readonly deadline: Deadline | null;
  readonly minutes?: UrgencyMinutes;
  readonly className?: string;
}

const MINUTE = 60_000;

/** A deadline as time left and instant; on hover the instant in UTC and its source. Ticks by the minute, near zero by the second. */
export function TimeLeft({ deadline, minutes = USUAL_MINUTES, className }: TimeLeftProps) {
  const byMinute = useDeskNow('minute');
  if (deadline === null) return <Sign name="time-none" className={className} />;
  const left = Date.parse(deadline.at) - byMinute;
  const near = left > -MINUTE && left < 2 * MINUTE;
  return near ? (
    <Ticking deadline={deadline} minutes={minutes} className={className} />
  ) : (
    <Told deadline={deadline} now={byMinute} minutes={minutes} className={className} />
  );
}

interface ToldProps {
  readonly deadline: Deadline;
  readonly minutes: UrgencyMinutes;
  readonly className?: string | undefined;
}

function Ticking(props: ToldProps) {
  return <Told {...props} now={useDeskNow('second')} />;
}

function Told({ deadline, now, minutes, className }: ToldProps & { now: number }) {
  const left = Date.parse(deadline.at) - now;
  const urgency = deadline.overdue ? 'past' : urgencyOf(left, minutes);
  const sign: SignName = `time-${urgency}`;
  return (
    <span
      title={`${utcText(deadline.at)}, ${deadlineSource(deadline, now)}`}
      className={styles.time}
      data-urgency={urgency}
    >
      <Sign
        name={sign}
        word={urgency === 'past' ? 'Past' : leftText(left)}
        note={instantWords(deadline.at, now)}
        className={className}
      />
      <span className="visually-hidden">{deadlineSource(deadline, now)}</span>
    </span>
  );
}
