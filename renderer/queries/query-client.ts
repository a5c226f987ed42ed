import { MutationCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import type { ProcedureMeta, Topic } from '../../shared/contract/base.ts';
import { contract } from '../../shared/contract/index.ts';
import { errorFacts } from './errors.ts';

/** Where the queries of a topic stand in the contract; their keys begin with that path. */
const FAMILIES: { readonly [topic in Topic]: readonly (readonly string[])[] } = {
  queue: [['queue']],
  escalation: [['escalation'], ['evidence'], ['decision', 'draft']],
  // A scheduled export is told of as the job that it begins and ends.
  job: [['job'], ['schedule']],
  transfer: [['transfer'], ['schedule']],
  profile: [['profile']],
  settings: [['settings'], ['retention']],
  desk: [['desk']],
  // Rows and pages show who is deciding; a hold that is taken back leaves a draft.
  hold: [['decision'], ['queue'], ['escalation']],
  // What was tried on a signature stands in a packet's anatomy.
  keys: [['keys'], ['evidence']],
  log: [['log']],
};

/** Stale after anything: what the desk says of itself, and the head of the log, in which nearly every act is an event. */
const AFTER_ANYTHING: readonly (readonly string[])[] = [['desk'], ['log', 'head']];

export type Place = 'main' | 'sample';

/** Marks every query of these topics in that ledger as stale, and what is so after anything; those on screen are read again. */
export async function invalidateTopics(client: QueryClient, place: Place, topics: readonly Topic[]): Promise<void> {
  const families = [...topics.flatMap((topic) => FAMILIES[topic]), ...(topics.length > 0 ? AFTER_ANYTHING : [])];
  await Promise.all(families.map((path) => client.invalidateQueries({ queryKey: [[place, ...path]] })));
}

const TRIES_AGAIN = new Set(['STORE_BUSY', 'SOURCE_BUSY']);

/**
 * The cache of what the desk answered. It works without a network (`networkMode: 'always'`), reads again only what a
 * notice or a mutation made stale, and repeats only what was refused for being busy.
 */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    mutationCache: new MutationCache({
      onSettled: (_data, _error, _variables, _result, mutation) =>
        invalidateAfter(client, mutation.options.mutationKey),
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => count < 5 && TRIES_AGAIN.has(errorFacts(error).code),
        retryDelay: 500,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  for (const place of ['main', 'sample']) {
    // A draft is kept by every key press and by undoing: a form that opens must never begin with an older one.
    client.setQueryDefaults([[place, 'decision', 'draft']], { staleTime: 0, gcTime: 0 });
  }
  return client;
}

/** What a mutation makes stale is written in the contract; its key leads to its procedure there. */
async function invalidateAfter(client: QueryClient, key: QueryKey | undefined): Promise<void> {
  const path = key?.[0];
  if (!Array.isArray(path)) return;
  const [place, ...names] = path as [Place, ...string[]];
  await invalidateTopics(client, place, procedureMeta([place, ...names])?.invalidates ?? []);
}

function procedureMeta(path: readonly string[]): ProcedureMeta | undefined {
  let at: unknown = contract;
  for (const name of path) at = (at as Record<string, unknown> | undefined)?.[name];
  return (at as { '~orpc'?: { meta: ProcedureMeta } } | undefined)?.['~orpc']?.meta;
}
