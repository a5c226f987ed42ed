import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Link } from '../../components/link.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import type { DecisionTarget } from '../decision/use-draft.ts';
import styles from './queue-column.module.css';
import { useQueueRows } from './use-queue-rows.ts';
import { words } from './words.ts';

/** On wide windows the queue stands beside the page, soonest first, so that the next is always in sight. */
export function QueueColumn({ target }: { target: DecisionTarget }) {
  const wide = useMediaQuery('(min-width: 1600px)', undefined, { getInitialValueInEffect: false }) === true;
  const rows = useQueueRows(target.tenant, wide);
  if (!wide) return null;
  return (
    <nav className={styles.column} aria-label={words.queueColumn} data-region>
      <h2 className={styles.title}>{words.queueColumn}</h2>
      <ul>
        {rows.map((row) => (
          <Row key={`${row.id} ${row.event}`} row={row} target={target} />
        ))}
      </ul>
    </nav>
  );
}

function Row({ row, target }: { row: QueueRow; target: DecisionTarget }) {
  const place = usePlace();
  const here = row.id === target.id && row.event === target.event;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (here) item.current?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  return (
    <li ref={item}>
      <Link
        to={paths.escalation(place, target.tenant, row.id, row.event)}
        className={styles.row}
        aria-current={here ? 'page' : undefined}
      >
        <TimeLeft deadline={row.deadline} />
        <span className={styles.ask}>
          <AgentLine text={row.action ?? (row.id === '' ? words.emptyId : row.id)} />
          {row.target !== null && <AgentLine text={row.target} />}
        </span>
        {row.amount !== null && <Amount amount={row.amount} />}
      </Link>
    </li>
  );
}
