import type { Opened } from '../../../shared/contract/escalation.ts';
import type { EscalationKey } from '../../../shared/domain/escalation.ts';
import type { FeatureContext } from '../context.ts';
import { trustOf } from '../keys/trust-store.ts';
import { leafOf } from './rows.ts';
import { statementFacts } from './statement-facts.ts';

/** Where the escalation's decision stands in the log, and what its statement says; null while it has none. */
export async function decisionProof(context: FeatureContext, key: EscalationKey): Promise<Opened['proof']> {
  const seq = await context.store.decisionEvent(key);
  const event = seq === null ? null : await context.store.logEvent(key.tenant, seq);
  if (event === null) return null;
  const { trust } = await trustOf(context, key.tenant);
  return { seq: String(event.seq), statement: statementFacts(leafOf(event), trust) };
}
