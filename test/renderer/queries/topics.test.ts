import { expect, test } from 'vitest';
import { invalidateTopics, makeQueryClient } from '../../../renderer/queries/query-client.ts';

const keyOf = (...path: string[]) => [path, { type: 'query', input: {} }];

test('a notice makes stale what it names in its ledger, and nothing of the other ledger', async () => {
  const client = makeQueryClient();
  const keys = [keyOf('main', 'queue', 'list'), keyOf('main', 'profile', 'list'), keyOf('sample', 'queue', 'list')];
  for (const queryKey of keys) client.setQueryData(queryKey, 1);
  await invalidateTopics(client, 'main', ['queue']);
  expect(keys.map((queryKey) => client.getQueryState(queryKey)?.isInvalidated)).toEqual([true, false, false]);
});

test('what the desk says of itself is stale after any change: tenants, last durable write', async () => {
  const client = makeQueryClient();
  client.setQueryData(keyOf('main', 'desk', 'info'), 1);
  await invalidateTopics(client, 'main', []);
  expect(client.getQueryState(keyOf('main', 'desk', 'info'))?.isInvalidated).toBe(false);
  await invalidateTopics(client, 'main', ['job']);
  expect(client.getQueryState(keyOf('main', 'desk', 'info'))?.isInvalidated).toBe(true);
});

test('the log’s head is stale after any change: nearly every act is an event of it; what it lists never changes', async () => {
  const client = makeQueryClient();
  const [head, list] = [keyOf('main', 'log', 'head'), keyOf('main', 'log', 'list')];
  for (const queryKey of [head, list]) client.setQueryData(queryKey, 1);
  await invalidateTopics(client, 'main', ['queue']);
  expect(client.getQueryState(head)?.isInvalidated).toBe(true);
  expect(client.getQueryState(list)?.isInvalidated).toBe(false);
  await invalidateTopics(client, 'main', ['log']);
  expect(client.getQueryState(list)?.isInvalidated).toBe(true);
});

test('a mutation makes stale what the contract says, without its caller naming it', async () => {
  const client = makeQueryClient();
  client.setQueryData(keyOf('main', 'decision', 'pending'), []);
  const mutation = client.getMutationCache().build(client, {
    mutationKey: [['main', 'decision', 'hold'], { type: 'mutation' }],
    mutationFn: async () => 'held',
  });
  await mutation.execute(undefined);
  expect(client.getQueryState(keyOf('main', 'decision', 'pending'))?.isInvalidated).toBe(true);
});

test('a draft is never taken from memory: nothing of it is kept once its form has gone', () => {
  const client = makeQueryClient();
  const queryKey = keyOf('main', 'decision', 'draft');
  expect(client.defaultQueryOptions({ queryKey })).toMatchObject({ staleTime: 0, gcTime: 0 });
});
