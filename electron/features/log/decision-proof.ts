import type { Opened } from '../../../shared/contract/escalation.ts';
import type { EscalationKey } from '../../../shared/domain/escalation.ts';
import { fingerprintOf } from '../../evidence/trust/fingerprint.ts';
import type { StoredEscalation } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { trustOf } from '../keys/trust-store.ts';
import { leafOf } from './rows.ts';
import { broughtFacts, statementFacts } from './statement-facts.ts';

/**
 * Where the escalation's decision stands in the log, and what its statement says, the one that it was imported with where it
 * was not decided here; null while it has none.
 */
export async function decisionProof(
  context: FeatureContext,
  { key, statement }: Pick<StoredEscalation, 'statement'> & { key: EscalationKey },
): Promise<Opened['proof']> {
  const seq = await context.store.decisionEvent(key);
  const event = seq === null ? null : await context.store.logEvent(key.tenant, seq);
  if (event === null) return null;
  const { trust } = await trustOf(context, key.tenant);
  const leaf = leafOf(event);
  const facts = statement === null ? statementFacts(leaf, trust) : broughtFacts(statement, trust);
  return {
    seq: String(event.seq),
    brought: leaf.kind !== 'decision.recorded',
    statement: facts,
    fingerprint: facts === null ? null : fingerprintOf(facts.public_hex),
  };
}
