import { useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { LogHead } from '../../../shared/contract/log.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { useDesk, useTenant } from '../../queries/desk-context.tsx';
import { faultOf, foundFaults } from './about.ts';
import { EventPanel } from './event-panel.tsx';
import { groupOf } from './kinds.ts';
import styles from './log.module.css';
import { LogActions } from './log-actions.tsx';
import { LogFilter } from './log-filter.tsx';
import { LogFoot } from './log-foot.tsx';
import { LogGrid } from './log-grid.tsx';
import { eventOf, focusedAt } from './log-query.ts';
import { LogStrip } from './log-strip.tsx';
import { useAddress } from './use-address.ts';
import { useLogHead, useVerification } from './use-log-head.ts';
import { useLogKeys } from './use-log-keys.ts';
import { useLogRows } from './use-log-rows.ts';
import { VerificationResult } from './verification-result.tsx';
import { words } from './words.ts';

/** The screen of the audit log: `/t/{tenant}/log/{event}`; the event in the address is the one with the focus. */
export function LogPage() {
  const tenant = useTenant() ?? '';
  const { place } = useDesk();
  const { data, error, refetch } = useLogHead(tenant);
  if (data === undefined) {
    return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return <Log key={`${place} ${tenant}`} tenant={tenant} head={data} />;
}

function Log({ tenant, head }: { tenant: string; head: LogHead }) {
  const { event: named } = useParams({ strict: false }) as { event?: string };
  const group = groupOf((useSearch({ strict: false }) as { kind?: string }).kind);
  const size = Number(head.size);
  const [event, setEvent] = useState(eventOf(named));
  const list = useLogRows(tenant, size, group, event);
  const scroller = useRef<HTMLDivElement>(null);
  const at = focusedAt(list.rows, event);
  const focused = list.rows[at];
  const goTo = (to: number | null): void => {
    list.goTo(to);
    setEvent(to);
  };
  const focusAt = (n: number): void => {
    const row = list.rows[Math.max(0, Math.min(n, list.rows.length - 1))];
    if (row !== undefined) setEvent(Number(row.seq));
  };
  const verification = useVerification(tenant);
  const faults = foundFaults(verification?.log_result?.failures ?? []);
  const { choose } = useAddress(tenant, group, focused?.seq, named, (to) => setEvent(to));
  useLogKeys({ tenant, list, at, focused, scroller, focusAt, goTo, filtered: group !== 'all' });
  return (
    <div className={styles.page}>
      <LogActions tenant={tenant} size={size} running={verification?.state === 'running'} />
      <LogStrip tenant={tenant} head={head} verification={verification} />
      <VerificationResult tenant={tenant} head={head} verification={verification} onGo={goTo} />
      <div className={styles.columns}>
        <section className={styles.list} aria-label={words.title}>
          <LogFilter group={group} size={size} newer={list.newer} onChoose={choose} onGo={goTo} />
          <LogGrid
            list={list}
            at={at}
            size={size}
            filtered={group !== 'all'}
            faults={faults}
            scroller={scroller}
            onFocus={focusAt}
            onClear={() => choose('all')}
          />
          <LogFoot shown={list.rows.length} size={size} filtered={group !== 'all'} />
        </section>
        <aside className={styles.aside} aria-label={words.aside} data-region>
          {focused !== undefined && <EventPanel tenant={tenant} row={focused} fault={faultOf(focused, faults)} />}
        </aside>
      </div>
    </div>
  );
}
