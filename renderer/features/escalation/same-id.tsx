import type { Opened } from '../../../shared/contract/escalation.ts';
import type { EscalationInFull, Status } from '../../../shared/domain/escalation.ts';
import { Link } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

interface SameIdProps {
  readonly escalation: EscalationInFull;
  readonly others: Opened['same_id'];
}

/** Says that the same id names other escalations too, and leads to them: they are not to be taken for one another. */
export function SameId({ escalation, others }: SameIdProps) {
  const place = usePlace();
  if (others.length === 0) return null;
  return (
    <p className={styles.sameId}>
      {words.sameId(others.length)}
      {others.map(({ event, status }) => (
        <Link key={event} to={paths.escalation(place, escalation.tenant, escalation.record.escalation_id, event)}>
          {words.status[status as Status]} <code>{event.slice(0, 8)}</code>
        </Link>
      ))}
    </p>
  );
}
