import type { DeskClient } from './transport.ts';

/**
 * A client that asks `current` at each call, so that what holds it survives a new way to the desk. Names are followed
 * lazily: `client.main.queue.list(input)` becomes that call on the client of the moment.
 */
export function nestedClient(current: () => DeskClient): DeskClient {
  return follow(current, []) as DeskClient;
}

type Callable = (...given: unknown[]) => unknown;

function follow(current: () => unknown, path: readonly string[]): unknown {
  const call: Callable = (...given) => {
    let at = current();
    for (const name of path) at = (at as Record<string, unknown>)[name];
    return (at as Callable)(...given);
  };
  return new Proxy(call, {
    // Promises look for `then` on what they are resolved with: a client is none.
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? follow(current, [...path, name]) : undefined),
  });
}
