import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { clockText } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { ImportChoices } from '../imports/import-choices.tsx';
import styles from './list-page.module.css';
import type { ListChoice, ListKind } from './list-query.ts';
import { QUEUE_WORDS as WORDS } from './words.ts';

interface EmptyListProps {
  readonly kind: ListKind;
  readonly tenant: string;
  readonly choice: ListChoice;
  readonly onClear: () => void;
}

/** Nothing to show, and why: nothing waits, the filters leave nothing, or nothing has come yet. */
export function EmptyList({ kind, tenant, choice, onClear }: EmptyListProps) {
  const filters =
    Number(choice.view !== 'all') + Number(choice.search !== '') + Number(kind === 'ledger' && choice.status !== 'all');
  if (filters > 0) {
    return (
      <div className={styles.empty}>
        <p>{WORDS.empty.filtered(filters)}</p>
        <Button look="strong" onClick={onClear}>
          {WORDS.empty.clear(filters)}
        </Button>
      </div>
    );
  }
  return kind === 'queue' ? <NothingWaits tenant={tenant} /> : <NothingYet text={WORDS.empty.ledger} />;
}

function NothingWaits({ tenant }: { tenant: string }) {
  const { q } = useDesk();
  const input = { tenant, status: 'all' as const, sort: 'newest' as const, limit: 1 };
  const decided = { tenant, status: 'resolved' as const, limit: 1 };
  const any = useQuery(q.queue.list.queryOptions({ input })).data;
  const last = useQuery(q.queue.list.queryOptions({ input: decided })).data?.rows[0]?.decision;
  if (any !== undefined && any.rows.length === 0) return <NothingYet text={WORDS.empty.queue} />;
  return (
    <div className={styles.empty}>
      <p>{WORDS.empty.queue}</p>
      {last != null && <p className={styles.quiet}>{WORDS.empty.lastDecided(clockText(last.decided_at, false))}</p>}
    </div>
  );
}

function NothingYet({ text }: { text: string }) {
  return (
    <div className={styles.empty}>
      <p>{text}</p>
      <ImportChoices />
    </div>
  );
}
