import type { ListInput, ListOutput } from '../../../shared/contract/queue.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { StorePage } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { withoutHistory } from '../escalation/escalation-of.ts';
import { judgeToRead } from '../evidence/judge.ts';

/** A page while searching stops after this long (docs/architecture.md, "Store"). */
const SEARCH_BUDGET_MS = 20;

/** A page of the list with the counts of the same read (I10). NOT_FOUND for an unknown tenant. */
export async function list(context: FeatureContext, input: ListInput): Promise<ListOutput> {
  const now = context.clock.now();
  const page = await readPage(context, input, now);
  return {
    rows: page.rows,
    next_cursor: page.nextCursor,
    previous_cursor: page.previousCursor,
    counts: page.counts,
    total: page.total,
    looked_at: page.lookedAt,
    sorted_by: page.sortedBy,
    as_of: instantText(now),
  };
}

/** The same page as whole escalations, their evidence verified with the present keys. */
export async function listInFull(context: FeatureContext, input: ListInput) {
  const now = context.clock.now();
  const page = await readPage(context, input, now);
  const keys = page.rows.map(({ id, event }) => ({ tenant: input.tenant, id, event }));
  await judgeToRead(context, input.tenant, keys);
  const rows: Escalation[] = [];
  for (const key of keys) {
    const stored = await context.store.read(key, now);
    if (stored !== null) rows.push(withoutHistory(stored.escalation));
  }
  return { rows, next_cursor: page.nextCursor };
}

/** The tenant's counts now; `claimed` counts those of `by`. */
export async function counts(context: FeatureContext, input: { tenant: string; by?: string | undefined }) {
  const { warn_minutes } = await context.store.settings(input.tenant);
  const query = { tenant: input.tenant, now: context.clock.now(), dueWithinMs: warn_minutes * 60_000 };
  return context.store.counts(input.by === undefined ? query : { ...query, by: input.by });
}

async function readPage(context: FeatureContext, input: ListInput, now: number): Promise<StorePage> {
  const { warn_minutes } = await context.store.settings(input.tenant);
  return context.store.page({ ...input, now, dueWithinMs: warn_minutes * 60_000, searchBudgetMs: SEARCH_BUDGET_MS });
}
