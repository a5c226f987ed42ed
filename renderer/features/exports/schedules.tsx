import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schedule } from '../../../shared/contract/schedule.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { instantWords } from '../../components/time.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useDeskNow } from '../../queries/now.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { SCHEDULE_WORDS } from './schedule-words.ts';
import styles from './schedules.module.css';
import { EXPORT_WORDS } from './words.ts';

interface SchedulesProps {
  readonly tenant: string;
  /** A new one is being ordered. */
  readonly adding: boolean;
  readonly onClose: () => void;
}

/** The exports that the desk makes by itself: when next, how the last one went, and the way to change or end each. */
export function Schedules({ tenant, adding, onClose }: SchedulesProps) {
  const { q } = useDesk();
  const { data = [] } = useQuery(q.schedule.list.queryOptions({ input: { tenant } }));
  const [changing, setChanging] = useState<Schedule | null>(null);
  const close = (): void => {
    setChanging(null);
    onClose();
  };
  return (
    <>
      {data.length > 0 && (
        <section className={styles.section} aria-label={SCHEDULE_WORDS.title}>
          <h2>{SCHEDULE_WORDS.title}</h2>
          <ul>
            {data.map((schedule) => (
              <Row
                key={schedule.schedule_id}
                tenant={tenant}
                schedule={schedule}
                onChange={() => setChanging(schedule)}
              />
            ))}
          </ul>
        </section>
      )}
      {(adding || changing !== null) && <ScheduleDialog tenant={tenant} known={changing} onClose={close} />}
    </>
  );
}

interface RowProps {
  readonly tenant: string;
  readonly schedule: Schedule;
  readonly onChange: () => void;
}

function Row({ tenant, schedule, onChange }: RowProps) {
  const { query, covers, folder, keep, running } = schedule;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <strong>{SCHEDULE_WORDS.formats[query.format]}</strong> {turnWords(schedule)}
        <dl className={styles.facts}>
          <dt>{SCHEDULE_WORDS.holds}</dt>
          <dd>
            {EXPORT_WORDS.dialog.statuses[query.status]}, {SCHEDULE_WORDS.covered[covers]}; {SCHEDULE_WORDS.keeps(keep)}
            {query.search !== undefined && <AgentLine text={` search=${query.search}`} className="mono" />}
          </dd>
          <dt>{SCHEDULE_WORDS.folder}</dt>
          <dd>
            <AgentLine text={folder} className="mono" />
          </dd>
          <dt>{SCHEDULE_WORDS.next}</dt>
          <dd>{running === null ? <Next schedule={schedule} /> : SCHEDULE_WORDS.running}</dd>
          <dt>{SCHEDULE_WORDS.last}</dt>
          <dd>
            <Last schedule={schedule} />
          </dd>
        </dl>
      </div>
      <RowActions tenant={tenant} schedule={schedule} onChange={onChange} />
    </li>
  );
}

function turnWords({ turn: { every, weekday, at, zone } }: Schedule): string {
  if (every === 'day') return SCHEDULE_WORDS.everyDay(at, zone);
  return SCHEDULE_WORDS.everyWeek(SCHEDULE_WORDS.weekdays[weekday - 1] ?? '', at, zone);
}

function Next({ schedule: { next_at, last } }: { schedule: Schedule }) {
  const now = useDeskNow('minute');
  if (Date.parse(next_at) > now) return instantWords(next_at, now);
  return (last?.error ?? null) === null ? SCHEDULE_WORDS.due : SCHEDULE_WORDS.again;
}

function Last({ schedule: { last } }: { schedule: Schedule }) {
  const now = useDeskNow('minute');
  if (last === null) return SCHEDULE_WORDS.never;
  const time = instantWords(last.at, now);
  const madeUp = last.made_up === 0 ? '' : ` ${SCHEDULE_WORDS.madeUp(last.made_up)}`;
  if (last.error === null) {
    return (
      <>
        <AgentLine text={last.file ?? ''} className="mono" />, {time}.{madeUp}
      </>
    );
  }
  return (
    <span className={styles.bad}>
      {SCHEDULE_WORDS.failed(time)} {last.error.message} <code>{last.error.code}</code>
    </span>
  );
}

/** Ending asks once: what is exported by itself is missed only when it is needed. */
function RowActions({ tenant, schedule, onChange }: RowProps) {
  const { q } = useDesk();
  const acting = useActing();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(q.schedule.remove.mutationOptions());
  const end = (): void => remove.mutate({ ...acting(), tenant, schedule_id: schedule.schedule_id });
  return (
    <div className={styles.acts}>
      {asking ? (
        <>
          <span className={styles.quiet}>{SCHEDULE_WORDS.endIt}</span>
          <Button onClick={() => setAsking(false)}>{SCHEDULE_WORDS.ended}</Button>
          <Button look="bad" onClick={end} disabled={remove.isPending}>
            {SCHEDULE_WORDS.end}
          </Button>
        </>
      ) : (
        <>
          <Button onClick={onChange}>{SCHEDULE_WORDS.change}</Button>
          <Button onClick={() => setAsking(true)}>{SCHEDULE_WORDS.end}</Button>
        </>
      )}
      {remove.error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(remove.error).message}
        </p>
      )}
    </div>
  );
}
