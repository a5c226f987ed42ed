import type { ReactNode } from 'react';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import type { UrgencyMinutes } from '../../components/time.ts';
import { TimeLeft } from '../../components/time-left.tsx';
import {
  AmountCell,
  ClaimCell,
  DecidedCell,
  EvidenceCell,
  FindingsCell,
  OutcomeCell,
  RequestCell,
  WaitingCell,
} from './cells.tsx';
import type { QUEUE_WORDS } from './words.ts';

/** What a cell may need beside its row. */
export interface CellFacts {
  readonly me: string | undefined;
  readonly minutes: UrgencyMinutes;
}

export interface Column {
  readonly name: keyof typeof QUEUE_WORDS.columns;
  /** Width in pixels in a usual and in a wide window (from 1600); 0 takes the rest. */
  readonly width: readonly [usual: number, wide: number];
  readonly end?: true;
  /** Sorted by this column where the list's order says so. */
  readonly sorted?: { readonly by: 'deadline' | 'decided'; readonly aria: 'ascending' | 'descending' };
  readonly cell: (row: QueueRow, facts: CellFacts) => ReactNode;
}

const REQUEST: Column = { name: 'request', width: [0, 0], cell: (row) => <RequestCell row={row} /> };
const AMOUNT: Column = { name: 'amount', width: [108, 116], end: true, cell: (row) => <AmountCell row={row} /> };
const EVIDENCE: Column = { name: 'evidence', width: [154, 164], cell: (row) => <EvidenceCell row={row} /> };
const FINDINGS: Column = { name: 'findings', width: [120, 136], cell: (row) => <FindingsCell row={row} /> };
const CLAIMED: Column = { name: 'claimed', width: [92, 104], cell: (row, { me }) => <ClaimCell row={row} me={me} /> };

/** The queue's columns; `waiting` only where there is room for it. */
export function queueColumns(wide: boolean): readonly Column[] {
  const deadline: Column = {
    name: 'deadline',
    width: [124, 132],
    sorted: { by: 'deadline', aria: 'ascending' },
    cell: (row, { minutes }) => <TimeLeft deadline={row.deadline} minutes={minutes} />,
  };
  const waiting: Column = { name: 'waiting', width: [0, 72], end: true, cell: (row) => <WaitingCell row={row} /> };
  const usual = [deadline, REQUEST, AMOUNT, EVIDENCE, FINDINGS, CLAIMED];
  return wide ? [...usual, waiting] : usual;
}

/** The ledger's: how each ended, and when. */
export const LEDGER_COLUMNS: readonly Column[] = [
  { name: 'outcome', width: [172, 172], cell: (row) => <OutcomeCell row={row} /> },
  {
    name: 'decided',
    width: [132, 132],
    sorted: { by: 'decided', aria: 'descending' },
    cell: (row) => <DecidedCell row={row} />,
  },
  REQUEST,
  AMOUNT,
  EVIDENCE,
  FINDINGS,
];

/** The columns as one CSS grid: the box to select, then each. */
export function gridTemplate(columns: readonly Column[], wide: boolean): string {
  const widths = columns
    .map(({ width }) => width[wide ? 1 : 0])
    .map((px) => (px === 0 ? 'minmax(200px, 1fr)' : `${px}px`));
  return ['40px', ...widths].join(' ');
}
