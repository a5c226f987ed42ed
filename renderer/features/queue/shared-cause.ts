import type { QueueRow } from '../../../shared/contract/queue.ts';
import { OPEN_CAUSES, type OpenCause } from '../../components/checks/ways-out.ts';

/** What is pinned at all: without a key of a purpose its checks wait for one, everywhere. */
export interface PinnedFacts {
  readonly gate: boolean;
  readonly issuer: boolean;
  readonly baseline: boolean;
}

export interface SharedCause {
  /** In the order that a person meets them; more than one where most rows wait for several things. */
  readonly causes: readonly OpenCause[];
  /** The rows that wait for them. */
  readonly rows: readonly Pick<QueueRow, 'id' | 'event'>[];
  /** Whether these are all the rows that were looked at. */
  readonly all: boolean;
}

type Row = Pick<QueueRow, 'id' | 'event' | 'evidence'>;

const FEWEST = 3;

/**
 * Why most of the rows are unchecked, where they share a reason: it is said once then, above them, with what else keeps
 * more than a few of them unchecked. null where less than half share one, or too few rows are there to speak of most.
 */
export function sharedCause(rows: readonly Row[], pinned: PinnedFacts): SharedCause | null {
  const waiting = rows.map((row) => ({ row, causes: causesOf(row.evidence, pinned) }));
  const count = (cause: OpenCause, among = waiting): number =>
    among.filter(({ causes }) => causes.includes(cause)).length;
  const most = OPEN_CAUSES.filter((cause) => count(cause) >= FEWEST && count(cause) * 2 >= rows.length);
  const sharing = waiting.filter(({ causes }) => causes.some((cause) => most.includes(cause)));
  if (sharing.length === 0) return null;
  const causes = OPEN_CAUSES.filter((cause) => count(cause, sharing) >= FEWEST);
  return { causes, rows: sharing.map(({ row }) => row), all: sharing.length === rows.length };
}

/** What an unchecked row waits for, as far as its few words tell; empty for what no key or file would change. */
function causesOf({ verdict, packets, detail }: Row['evidence'], pinned: PinnedFacts): readonly OpenCause[] {
  if (verdict !== 'unchecked') return [];
  if (packets === 0) return ['packet'];
  const names = /, not (.+)$/.exec(detail)?.[1]?.split(/,\s*|\s+and\s+/) ?? [];
  const causes: OpenCause[] = [];
  if (names.includes('signature') && !pinned.gate) causes.push('gate-key');
  if (names.includes('token.signature') && !pinned.issuer) causes.push('issuer-key');
  if (names.includes('pcrs')) causes.push('baseline');
  return causes;
}
