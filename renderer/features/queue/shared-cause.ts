import type { QueueRow } from '../../../shared/contract/queue.ts';
import type { OpenCause } from '../../components/checks/ways-out.ts';

/** What is pinned at all: without a key of a purpose its checks wait for one, everywhere. */
export interface PinnedFacts {
  readonly gate: boolean;
  readonly issuer: boolean;
  readonly baseline: boolean;
}

export interface SharedCause {
  /** In the order that a person meets them; more than one where the same rows wait for several things. */
  readonly causes: readonly OpenCause[];
  /** The rows that wait for just these. */
  readonly rows: readonly Pick<QueueRow, 'id' | 'event'>[];
  /** Whether these are all the rows that were looked at. */
  readonly all: boolean;
}

type Row = Pick<QueueRow, 'id' | 'event' | 'evidence'>;

const FEWEST = 3;

/**
 * The reason for which most of the rows are unchecked, where they share one: it is said once then, above them. null where
 * less than half of them do, or too few rows are there to speak of most.
 */
export function sharedCause(rows: readonly Row[], pinned: PinnedFacts): SharedCause | null {
  const groups = new Map<string, { causes: readonly OpenCause[]; rows: Row[] }>();
  for (const row of rows) {
    const causes = causesOf(row.evidence, pinned);
    if (causes.length === 0) continue;
    const group = groups.get(causes.join()) ?? { causes, rows: [] };
    group.rows.push(row);
    groups.set(causes.join(), group);
  }
  const most = [...groups.values()].toSorted((a, b) => b.rows.length - a.rows.length)[0];
  if (most === undefined || most.rows.length < FEWEST || most.rows.length * 2 < rows.length) return null;
  return { causes: most.causes, rows: most.rows, all: most.rows.length === rows.length };
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
