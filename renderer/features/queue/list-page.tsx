import { useMediaQuery } from '@mantine/hooks';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useGo } from '../../components/link.tsx';
import bar from '../../components/list-bar.module.css';
import { Loading } from '../../components/loading.tsx';
import { usePlace, useProfile, useTenant } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { useUrgencyMinutes } from '../../queries/tenant-settings.ts';
import { VerifyBar } from '../verify/verify-bar.tsx';
import { CauseBar } from './cause-bar.tsx';
import { LEDGER_COLUMNS, queueColumns } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { Grid } from './grid.tsx';
import { ListBar } from './list-bar.tsx';
import { ListFoot } from './list-foot.tsx';
import { ListHead } from './list-head.tsx';
import { listMemory } from './list-memory.ts';
import styles from './list-page.module.css';
import { choiceOf, type ListChoice, type ListKind, searchOf } from './list-query.ts';
import { Preview } from './preview.tsx';
import type { ShownRow } from './reconcile.ts';
import { useList } from './use-list.ts';
import { useListKeys } from './use-list-keys.ts';
import { ROW_HEIGHT } from './use-row-window.ts';
import { useRows } from './use-rows.ts';
import { QUEUE_WORDS as WORDS } from './words.ts';

const USUAL_STATUS = { queue: 'active', ledger: 'all' } as const;

/** A tenant's list: head, bar, grid, foot, and in a wide window the preview. */
export function ListPage({ kind }: { kind: ListKind }) {
  const tenant = useTenant() ?? '';
  const place = usePlace();
  const search = useSearch({ strict: false });
  const choice = useMemo(() => choiceOf(search, USUAL_STATUS[kind]), [search, kind]);
  const name = `${kind} ${place} ${tenant}`;
  return <ListOf key={name} kind={kind} tenant={tenant} choice={choice} name={name} />;
}

interface ListOfProps {
  readonly kind: ListKind;
  readonly tenant: string;
  readonly choice: ListChoice;
  readonly name: string;
}

const NO_ROWS: readonly ShownRow[] = [];

function ListOf({ kind, tenant, choice, name }: ListOfProps) {
  const place = usePlace();
  const go = useGo();
  const wide = useMediaQuery('(min-width: 1600px)', false, { getInitialValueInEffect: false });
  const cards = useMediaQuery('(max-width: 719px)', false, { getInitialValueInEffect: false });
  const rowHeight = cards ? ROW_HEIGHT.card : ROW_HEIGHT.row;
  const [preview, setPreview] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const list = useList(tenant, choice);
  const rows = list.shown?.rows ?? NO_ROWS;
  const empty = list.shown !== null && rows.length === 0 && !list.fetching;
  const memory = listMemory(`${name} ${JSON.stringify(list.choice)}`);
  const open = ({ row }: ShownRow, act?: string): void => go(paths.escalation(place, tenant, row.id, row.event, act));
  const hand = useRows(rows, memory, list.choice.anchor === 'end', open);
  const choose = (next: Partial<ListChoice>): void => {
    const to = searchOf({ ...choice, anchor: 'start', ...next }, USUAL_STATUS[kind]);
    go(kind === 'queue' ? paths.queue(place, tenant, to) : paths.ledger(place, tenant, to), { replace: true });
  };
  const claims = useListKeys({
    tenant,
    rows,
    hand,
    list,
    scroller,
    searchBox,
    choose,
    open,
    choice,
    togglePreview: () => setPreview(!preview),
    rowHeight,
  });
  const me = useProfile()?.profile_id;
  const minutes = useUrgencyMinutes(tenant);
  const facts = useMemo(() => ({ me, minutes }), [me, minutes]);
  const columns = useMemo(() => (kind === 'queue' ? queueColumns(wide) : LEDGER_COLUMNS), [kind, wide]);
  return (
    <div className={styles.page}>
      <ListHead
        kind={kind}
        order={list.sortedBy}
        tenant={tenant}
        choice={choice}
        searchBox={searchBox}
        scroller={scroller}
        onChoose={choose}
      />
      <ListBar kind={kind} choice={choice} hand={hand} claims={claims} onChoose={choose} />
      {kind === 'queue' && <VerifyBar tenant={tenant} />}
      {kind === 'queue' && <CauseBar tenant={tenant} rows={rows} />}
      <Changes list={list} />
      <div className={styles.columns}>
        <div className={styles.list}>
          {list.error !== null && list.shown === null ? (
            <ErrorState error={list.error} onRetry={list.retry} />
          ) : list.shown === null ? (
            <Loading />
          ) : empty ? (
            <EmptyList
              kind={kind}
              tenant={tenant}
              choice={choice}
              onClear={() => choose({ view: 'all', status: USUAL_STATUS[kind], search: '' })}
            />
          ) : (
            <Grid
              label={WORDS.title[kind]}
              list={list}
              rows={rows}
              hand={hand}
              memory={memory}
              columns={columns}
              wide={wide}
              sort={list.sortedBy}
              facts={facts}
              scroller={scroller}
              rowHeight={rowHeight}
              cards={cards}
            />
          )}
          <ListFoot list={list} rows={rows.filter(({ gone }) => !gone).length} kind={kind} />
        </div>
        {wide && preview && kind === 'queue' && !empty && (
          <Preview
            tenant={tenant}
            row={rows[hand.focused]?.row}
            onHide={() => setPreview(false)}
            onOpen={() => hand.acts.open(hand.focused)}
          />
        )}
      </div>
    </div>
  );
}

/** What changed since the list was drawn; it waits until the person asks for it. */
function Changes({ list }: { list: ReturnType<typeof useList> }) {
  const { news = 0, changed = 0 } = list.shown ?? {};
  if (news + changed === 0) return null;
  return (
    <div className={bar.news} role="status">
      {WORDS.changes(news, changed)}
      <Button look="link" onClick={list.takeChanges}>
        {WORDS.show} <Kbd>.</Kbd>
      </Button>
    </div>
  );
}
