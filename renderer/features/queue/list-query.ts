import type { ListInput, ListSort, ListStatus, ListView } from '../../../shared/contract/queue.ts';
import {
  ListSort as SortSchema,
  ListStatus as StatusSchema,
  ListView as ViewSchema,
} from '../../../shared/contract/queue.ts';
import type { Search } from '../../queries/paths.ts';

/** The two lists: what waits, and everything. */
export type ListKind = 'queue' | 'ledger';

/** What a list shows and where it starts: all of it stands in the address. */
export interface ListChoice {
  readonly status: ListStatus;
  readonly view: ListView;
  readonly sort: ListSort | undefined;
  readonly search: string;
  /** `start`, `end`, or the instant at which the list begins. */
  readonly anchor: string;
}

/** Views by what the evidence is worth: of one status each, since that is how they are indexed. */
export const VERDICT_VIEWS: readonly ListView[] = ['failed', 'unchecked', 'verified'];

/** Reads a list's choice from an address; what is not understood there is as if it were left out. */
export function choiceOf(search: Record<string, unknown>, usualStatus: ListStatus): ListChoice {
  const status = StatusSchema.catch(usualStatus).parse(search.status);
  const view = ViewSchema.catch('all').parse(search.view);
  return {
    status,
    view: status === 'all' && VERDICT_VIEWS.includes(view) ? 'all' : view,
    sort: SortSchema.optional().catch(undefined).parse(search.sort),
    search: typeof search.search === 'string' ? search.search.slice(0, 500) : '',
    anchor: typeof search.at === 'string' ? search.at : 'start',
  };
}

/** The address's query for a choice; what is usual is left out. */
export function searchOf(choice: ListChoice, usualStatus: ListStatus): Search {
  return {
    status: choice.status === usualStatus ? undefined : choice.status,
    view: choice.view === 'all' ? undefined : choice.view,
    sort: choice.sort,
    search: choice.search === '' ? undefined : choice.search,
    at: choice.anchor === 'start' ? undefined : choice.anchor,
  };
}

export const PAGE_ROWS = 100;
/** The window of loaded rows: 2,000, it grows and drops at both ends. */
export const MAX_PAGES = 20;

export type PageStart = Pick<ListInput, 'cursor' | 'direction' | 'from_instant'> | { readonly direction?: 'before' };

/** Where the first page of a choice starts. */
export function firstPage(anchor: string): PageStart {
  if (anchor === 'start') return {};
  return anchor === 'end' ? { direction: 'before' } : { from_instant: anchor, direction: 'after' };
}

export function listInput(tenant: string, choice: ListChoice, by: string | undefined) {
  return {
    tenant,
    status: choice.status,
    view: choice.view,
    limit: PAGE_ROWS,
    ...(choice.sort === undefined ? {} : { sort: choice.sort }),
    ...(choice.search.trim() === '' ? {} : { search: choice.search.trim() }),
    ...(by === undefined ? {} : { by }),
  };
}

/** The sort a list has by itself; while searching it is always newest first. */
export function sortOf(choice: ListChoice): ListSort {
  if (choice.search.trim() !== '') return choice.sort ?? 'newest';
  return choice.sort ?? (choice.status === 'active' ? 'deadline' : choice.status === 'all' ? 'newest' : 'decided');
}
