import type { ListView } from '../../../../shared/contract/queue.ts';
import type { Verdict } from '../../../../shared/domain/escalation.ts';
import type { StorePage } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { COUNTED_AT_MOST, counted } from '../tenant/counts.ts';
import type { TenantRow } from '../tenant/tenants.ts';

/** Views by what the evidence was found to be. What was never judged, or verified with other keys, is in none. */
export type VerdictView = Verdict & ListView;

export function isVerdictView(view: ListView): view is VerdictView {
  return view === 'failed' || view === 'unchecked' || view === 'verified';
}

/** What `escalations.found_as` is of the rows in a view, with the keys of `epoch`. */
export function foundAs(view: VerdictView, epoch: number): string {
  return view === 'verified' ? `verified ${epoch}` : view;
}

/** How many there are of one status (as the rows have it) in a view at `now`, up to 10,000. */
export function countFound(
  db: Reader,
  { tenantId, trustEpoch }: Pick<TenantRow, 'tenantId' | 'trustEpoch'>,
  { status, view, now }: { status: string; view: VerdictView; now: number },
): StorePage['total'] {
  const count = view === 'verified' ? countLasting : countAll;
  const n = db.get(count, { tenantId, status, foundAs: foundAs(view, trustEpoch), now })?.n ?? 0;
  return { n, exact: n < COUNTED_AT_MOST };
}

interface Args {
  readonly tenantId: number;
  readonly status: string;
  readonly foundAs: string;
  readonly now: number;
}
const found = (arg: Args) =>
  queries
    .selectFrom('escalations')
    .select('escalation_id')
    .where('tenant_id', '=', arg.tenantId)
    .where('status', '=', arg.status)
    .where('found_as', 'is not', null)
    .where('found_as', '=', arg.foundAs);
export const countAll = statement<Args>()((arg) => counted(found(arg)));
export const countLasting = statement<Args>()((arg) =>
  counted(found(arg).where((eb) => eb.or([eb('judged_until_ms', 'is', null), eb('judged_until_ms', '>', arg.now)]))),
);
