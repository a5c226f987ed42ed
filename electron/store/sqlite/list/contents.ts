import type { Decision, Verdict } from '../../../../shared/domain/escalation.ts';
import type { ContentRow, ExportRange } from '../../ledger-store.ts';
import { unbody } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { FIRST, type From, inOrderAfter, type ListPlace } from '../base/list-place.ts';
import { queries, statement } from '../base/statement.ts';
import { isCurrent } from '../escalation/judgement.ts';
import { requireTenant } from '../tenant/tenants.ts';
import { inRange } from './export.ts';

const ROWS_AT_ONCE = 200;

/** LedgerStore.contents: the next of them after `from` (null: the first), with `next` null at the end. NOT_FOUND (tenant). */
export function contentsAfter(
  db: Reader,
  query: ExportRange,
  from: ListPlace | null,
): { batch: ContentRow[]; next: ListPlace | null } {
  const tenant = requireTenant(db, query.tenant);
  const rows = db.all(contentsInOrder, { tenantId: tenant.tenantId, ...(from ?? FIRST) });
  const batch = rows.filter(inRange(db, query, tenant)).map((row) => ({
    outcome: outcomeOf(db, row),
    verdict: row.packets === 0 && row.verdict !== 'failed' ? null : verdictOf(row, tenant.trustEpoch, query.now),
    events: db.get(eventsOf, row)?.n ?? 0,
    evidence: db.all(piecesOf, row),
  }));
  return { batch, next: rows.length < ROWS_AT_ONCE ? null : (rows.at(-1) ?? null) };
}

const CAME = { source: 'upstream', outcome: 'unknown' } as const;

function outcomeOf(db: Reader, row: ContentColumns): ContentRow['outcome'] {
  if (row.status === 'ESCALATED') return null;
  const decision = db.get(decisionOf, row);
  const { source, outcome } = decision === undefined ? CAME : unbody<Decision>(decision.body);
  return source === 'desk' ? outcome : 'came';
}

/** What was found against it still counts; what was found for it, only by today's keys (I6). */
function verdictOf(row: ContentColumns, epoch: number, now: number): Verdict {
  return row.verdict === 'failed' || isCurrent(row, epoch, now) ? (row.verdict as Verdict) : 'unchecked';
}

interface ContentColumns extends ListPlace {
  readonly status: string;
  readonly recorded_key: string;
  readonly packets: number;
  readonly verdict: string;
  readonly judged: number;
  readonly judged_until_ms: number | null;
}

const columns = queries
  .selectFrom('escalations')
  .select(['list_epoch', 'list_position', 'escalation_id', 'status', 'recorded_key'])
  .select(['packets', 'verdict', 'judged', 'judged_until_ms']);
export const contentsInOrder = statement<From>()((arg) => inOrderAfter(columns, arg).limit(ROWS_AT_ONCE));
const decisionOf = statement<ListPlace>()((arg) =>
  queries.selectFrom('decisions').select('body').where('escalation_id', '=', arg.escalation_id).where('n', '=', 0),
);
export const eventsOf = statement<ListPlace>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('escalation_id', '=', arg.escalation_id),
);
export const piecesOf = statement<ListPlace>()((arg) =>
  queries
    .selectFrom('evidence as e')
    .innerJoin('blobs as b', 'b.blob_id', 'e.blob_id')
    .select(['b.blob_id as blob', 'b.size as bytes'])
    .where('e.escalation_id', '=', arg.escalation_id)
    .where('e.removed_ms', 'is', null),
);
