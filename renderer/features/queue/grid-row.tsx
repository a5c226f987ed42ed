// biome-ignore-all lint/a11y/useSemanticElements: a table can't have most of its rows left out; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid has one tab stop, the focused row

import { useQuery } from '@tanstack/react-query';
import { type MouseEvent, memo } from 'react';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import shared from '../../components/list-grid.module.css';
import { clockText } from '../../components/time.ts';
import { useDesk, useTenant } from '../../queries/desk-context.tsx';
import type { CellFacts, Column } from './columns.tsx';
import styles from './grid.module.css';
import type { RowActs } from './use-rows.ts';
import { QUEUE_WORDS } from './words.ts';

interface GridRowProps {
  readonly row: QueueRow;
  readonly gone: boolean;
  readonly columns: readonly Column[];
  readonly template: string | undefined;
  readonly top: number;
  readonly index: number;
  readonly at: number;
  readonly focused: boolean;
  readonly selected: boolean;
  readonly facts: CellFacts;
  readonly acts: RowActs;
}

/** One row. Its name for a screen reader is all its cells; a click gives it the focus, a double click opens it. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, gone, columns, template, top, index, at, focused, selected, facts, acts } = props;
  const click = (event: MouseEvent): void => (event.shiftKey ? acts.extendTo(at) : acts.focusAt(at));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's keys do what a click does (Enter, Space)
    <div
      role="row"
      aria-rowindex={index}
      aria-selected={selected}
      tabIndex={focused ? 0 : -1}
      className={`${shared.row} ${styles.row}`}
      data-gone={gone}
      data-claimed={row.claimed_by !== null && row.claimed_by !== facts.me}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template }}
      onClick={click}
      onDoubleClick={() => acts.open(at)}
      onFocus={() => !focused && acts.focusAt(at)}
    >
      <div role="gridcell" className={styles.box}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label="Select"
          onChange={() => acts.toggle(at)}
          onClick={(event) => event.stopPropagation()}
        />
      </div>
      {columns.map(({ name, end, cell }) => (
        <div
          key={name}
          role="gridcell"
          className={styles.cell}
          data-end={end}
          data-column={name}
          data-label={QUEUE_WORDS.columns[name]}
        >
          {gone && name === 'claimed' ? <GoneBy row={row} /> : cell(row, facts)}
        </div>
      ))}
    </div>
  );
});

function GoneBy({ row }: { row: QueueRow }) {
  const { q } = useDesk();
  const tenant = useTenant() ?? '';
  const { data } = useQuery(q.escalation.get.queryOptions({ input: { tenant, id: row.id, event: row.event } }));
  const decision = data?.escalation.decision;
  if (decision == null) return <span className={styles.goneBy}>{QUEUE_WORDS.noLonger}</span>;
  return (
    <span className={styles.goneBy}>
      {QUEUE_WORDS.decidedBy} <AgentLine text={decision.reviewer ?? QUEUE_WORDS.upstream} />{' '}
      {clockText(decision.decided_at, false)}
    </span>
  );
}
