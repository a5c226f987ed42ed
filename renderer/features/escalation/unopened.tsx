import { z } from 'zod';
import { Status, Uuid } from '../../../shared/domain/escalation.ts';
import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../components/link.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { paths } from '../../queries/paths.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

/** Details of a CONFLICT over an id: the escalations that have it. */
const Several = z.array(z.object({ event: Uuid, status: Status }));

interface UnopenedProps {
  readonly tenant: string;
  readonly id: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** An escalation that could not be opened, and the ways on: the others of its id, another try, the queue. */
export function Unopened({ tenant, id, error, onRetry }: UnopenedProps) {
  const place = usePlace();
  const { code, details } = errorFacts(error);
  const several = Several.safeParse(code === 'CONFLICT' ? details.events : undefined);
  return (
    <>
      <PageHead title={escapeForTerminal(id)}>
        <Link to={paths.queue(place, tenant)}>{words.back}</Link>
      </PageHead>
      {several.success ? (
        <nav className={styles.several} aria-label={words.several}>
          <p>{words.several}</p>
          {several.data.map(({ event, status }) => (
            <Link key={event} to={paths.escalation(place, tenant, id, event)}>
              {words.status[status]} <code>{event}</code>
            </Link>
          ))}
        </nav>
      ) : (
        <ErrorState error={error} onRetry={onRetry} />
      )}
    </>
  );
}
