import { type ImplementerInternalWithMiddlewares, implement } from '@orpc/server';
import { type Contract, contract } from '../../shared/contract/index.ts';
import { answerOf, SLOW_MS } from './answering.ts';
import { checkRoles } from './guards.ts';
import type { HostServices } from './host-services.ts';
import type { Ledger } from './ledger.ts';

/** The ledgers that calls are answered from. */
export interface Ledgers {
  readonly services: HostServices;
  readonly main: Ledger;
  /** The open sample; NOT_FOUND while there is none. */
  sample(): Ledger;
  openSample(): Promise<void>;
  closeSample(): Promise<void>;
}

type NoContext = Record<never, never>;
/** The contract's procedures, each waiting for its handler. */
export type Boundary = ImplementerInternalWithMiddlewares<Contract, NoContext, NoContext>;

/**
 * What stands around each handler, from the outside in: errors become the closed set and slow calls are logged; the
 * input is checked against its schema; then the caller's roles; the output is checked on its way out.
 */
export function makeBoundary(ledgers: Ledgers): Boundary {
  const { clock, log } = ledgers.services;
  // Schemas are applied between the first and the second of the two below.
  const bare = implement(contract, { initialInputValidationIndex: -1, initialOutputValidationIndex: -1 });
  return bare
    .use(async ({ next, path }) => {
      const started = clock.monotonic();
      try {
        return await next();
      } catch (error) {
        throw answerOf(error, path.join('.'), log);
      } finally {
        const took = clock.monotonic() - started;
        if (took > SLOW_MS) log(`slow call ${path.join('.')}: ${Math.round(took)} ms`);
      }
    })
    .use(async ({ next, path, procedure }, input) => {
      const ledger = path[0] === 'sample' ? ledgers.sample() : ledgers.main;
      const { meta } = procedure['~orpc'];
      await checkRoles(ledger, meta, input);
      const answer = await next();
      if (meta.kind === 'mutation') ledger.context.changed();
      return answer;
    });
}
