import type { Job } from '../../../shared/contract/job.ts';
import { startOfDay } from '../../../shared/domain/zone-days.ts';
import { readHead } from '../../audit/head/signed-head.ts';
import type { ScheduleState, StoredSchedule } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import type { ExportOrder } from '../transfer/export/export-run.ts';
import type { DueTurn } from './turns.ts';

type Chained = Pick<ExportOrder, 'previous' | 'begin'>;
const FIRST: Chained = { previous: null };
/** One a day makes this many years. */
const LOOKED_AT = 10_000;

/**
 * Where a schedule's next bundle takes up: it follows the checkpoint of the last one, and its range begins at a head that
 * was signed before its days did, or with the log. So no event of its days lies before the range, though the last bundle was
 * made in the midst of them, and none lies between two bundles. NOT_FOUND (tenant).
 */
export async function chained(
  { store }: FeatureContext,
  { tenant, query, covers, turn, state }: StoredSchedule,
  due: DueTurn,
): Promise<Chained> {
  const previous = query.format === 'bundle' && state.head !== undefined ? Buffer.from(state.head) : null;
  const last = previous === null ? null : readHead(previous);
  if (previous === null || last === null) return FIRST;
  if (covers === 'all') return { previous, begin: 0 };
  const days = startOfDay(due.from, turn.zone);
  const heads = await store.checkpoints(tenant, LOOKED_AT);
  const before = heads.find(({ size, madeAt }) => size <= Number(last.head.size) && Date.parse(madeAt) <= days);
  return { previous, begin: before?.size ?? 0 };
}

/** What is kept of a bundle that was made, for the next one. */
export function headOfBundle({ manifest }: Job, { head }: ScheduleState): Pick<ScheduleState, 'head'> {
  const made = manifest?.query.format === 'bundle' ? manifest.checkpoint?.note : undefined;
  const kept = made ?? head;
  return kept === undefined ? {} : { head: kept };
}
