import type { DeskInfo } from '../../../shared/contract/desk.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import type { FeatureContext } from '../context.ts';

/** What only the desk as a whole knows about itself. */
export interface DeskFacts {
  readonly host: DeskInfo['host'];
  readonly timeZone: string;
  /** Other programs at work on this store now. */
  readonly others: number;
}

/** Where this desk stands: its store's state, its clock, its tenants. */
export async function info(context: FeatureContext, facts: DeskFacts): Promise<DeskInfo> {
  const [state, tenants] = [await context.store.state(), await context.store.tenants()];
  return {
    version: context.version,
    host: facts.host,
    store: {
      place: state.place,
      state: state.readOnly === null ? 'ok' : 'read-only',
      reason: state.readOnly?.reason ?? null,
      last_durable_write: state.lastDurableWrite === null ? null : instantText(state.lastDurableWrite),
      others: facts.others,
    },
    now: instantText(context.clock.now()),
    sample: context.sample,
    tenants,
    time_zone: facts.timeZone,
  };
}
