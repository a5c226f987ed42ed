import { type SelectQueryBuilder, sql } from 'kysely';
import type { ListSort } from '../../../../shared/contract/queue.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { PageQuery } from '../../ledger-store.ts';
import { queries, type Statement, statement } from '../base/statement.ts';
import { isVerdictView } from './verdict-views.ts';

const STATUS = { active: 'ESCALATED', resolved: 'RESOLVED', expired: 'EXPIRED', all: null } as const;
export type SortColumn = 'deadline_ms' | 'recorded_key' | 'decided_key';
type View = PageQuery['view'];

/** What a list's query is made of; each such shape has its index (docs/formats/store.md). */
export interface ListShape {
  readonly status: 'ESCALATED' | 'RESOLVED' | 'EXPIRED' | null;
  readonly view: View;
  readonly sort: ListSort;
  readonly column: SortColumn;
  /** The list's own order. */
  readonly ascending: boolean;
  /** From the sort's start, from a position on, or back to it. */
  readonly from: 'start' | 'after' | 'before' | 'end';
}

/** Values of one run. Those that a shape does not use are not looked at. */
export interface ListArgs {
  readonly tenantId: number;
  readonly limit: number;
  readonly by: string;
  readonly now: number;
  readonly earliest: number;
  readonly latest: number;
  readonly foundAs: string;
  readonly key: string | number;
  readonly escalationId: number;
}

const ACTIVE_ONLY: readonly View[] = ['claimed', 'due', 'deceptive', 'past'];

/** The shape of a page's query. INVALID_INPUT for a view that there is no list of. */
export function shapeOf(query: PageQuery, from: ListShape['from']): ListShape {
  const { status, view } = query;
  if (ACTIVE_ONLY.includes(view) && status !== 'active') {
    const message = 'Claimed, due, deceptive and past are views of what is active.';
    throw new DeskError('INVALID_INPUT', message, { status, view });
  }
  if (isVerdictView(view) && status === 'all') {
    const message = 'Failed, unchecked and verified are views of one status each: active, resolved or expired.';
    throw new DeskError('INVALID_INPUT', message, { status, view });
  }
  // Due and past are spans of the deadline: their order is its order.
  const sort = view === 'due' || view === 'past' ? 'deadline' : (query.sort ?? usualSort(query));
  return {
    status: STATUS[status],
    view,
    sort,
    column: columnOf(sort),
    ascending: sort === 'deadline' || sort === 'oldest',
    from,
  };
}

function usualSort({ status }: PageQuery): ListSort {
  if (status === 'active') return 'deadline';
  return status === 'all' ? 'newest' : 'decided';
}

function columnOf(sort: ListSort): SortColumn {
  if (sort === 'deadline') return 'deadline_ms';
  return sort === 'decided' ? 'decided_key' : 'recorded_key';
}

const made = new Map<string, Statement<ListArgs, ListedRow>>();

/** The statement of a shape, compiled on first use. */
export function listStatement(shape: ListShape): Statement<ListArgs, ListedRow> {
  const name = Object.values(shape).join(' ');
  const known = made.get(name);
  if (known !== undefined) return known;
  const compiled = statement<ListArgs>()((arg) => build(shape, arg));
  made.set(name, compiled);
  return compiled;
}

/** All that the queue shows of an escalation, in one row. */
export const listed = queries
  .selectFrom('escalations as e')
  .leftJoin('decisions as d', (join) => join.onRef('d.escalation_id', '=', 'e.escalation_id').on('d.n', '=', 0))
  .leftJoin('pending_decisions as p', 'p.escalation_id', 'e.escalation_id')
  .select([
    'e.escalation_id',
    'e.id',
    'e.event',
    'e.status',
    'e.version',
    'e.deadline_ms',
    'e.recorded_key',
    'e.decided_key',
    'e.sla_ms',
    'e.past_on_arrival',
    'e.claimed_by',
    'e.claim_until_ms',
    'e.deceptive',
    'e.packets',
    'e.deadlines',
    'e.findings',
    'e.record',
    'e.request',
    'e.verdict',
    'e.judged',
    'e.judged_until_ms',
    'e.judged_at_ms',
    'e.judgement',
    'd.body as decision',
    'p.profile_id as pending_by',
    'p.due_at_ms as pending_due_at_ms',
    'p.decision as pending_decision',
  ]);
export type ListedRow = typeof listed extends SelectQueryBuilder<infer _D, infer _T, infer O> ? O : never;

function build(shape: ListShape, arg: ListArgs) {
  const backwards = shape.from === 'before' || shape.from === 'end';
  const order = shape.ascending !== backwards ? 'asc' : 'desc';
  const query = narrowed(listed.where('e.tenant_id', '=', arg.tenantId), shape, arg);
  const placed = shape.from === 'start' || shape.from === 'end' ? query : beyond(query, shape.column, order, arg);
  return placed.orderBy(`e.${shape.column}`, order).orderBy('e.escalation_id', order).limit(arg.limit);
}

/**
 * The rows beyond a position: those that share its value, then those beyond it. As one comparison of both SQLite would
 * look for the value alone and walk over all rows that share it (3.54), and many do: all that have no deadline.
 */
function beyond(query: typeof listed, column: SortColumn, order: 'asc' | 'desc', arg: ListArgs): typeof listed {
  const operator = order === 'asc' ? '>' : '<';
  return query
    .where(`e.${column}`, '=', arg.key)
    .where('e.escalation_id', operator, arg.escalationId)
    .unionAll(query.where(`e.${column}`, operator, arg.key));
}

function narrowed(query: typeof listed, shape: ListShape, arg: ListArgs): typeof listed {
  const inStatus = shape.status === null ? query : query.where('e.status', '=', shape.status);
  switch (shape.view) {
    case 'claimed':
      return query
        .where('e.claimed_by', 'is not', null)
        .where('e.claimed_by', '=', arg.by)
        .where('e.claim_until_ms', '>', arg.now);
    case 'deceptive':
      // In the query's text as in the index's, which is partial by it.
      return inStatus.where('e.deceptive', '=', sql.lit(1));
    case 'due':
    case 'past':
      return inStatus.where('e.deadline_ms', '>=', arg.earliest).where('e.deadline_ms', '<=', arg.latest);
    case 'failed':
    case 'unchecked':
      return inStatus.where('e.found_as', 'is not', null).where('e.found_as', '=', arg.foundAs);
    case 'verified':
      return inStatus
        .where('e.found_as', 'is not', null)
        .where('e.found_as', '=', arg.foundAs)
        .where((eb) => eb.or([eb('e.judged_until_ms', 'is', null), eb('e.judged_until_ms', '>', arg.now)]));
    case 'all':
      return inStatus;
  }
}
