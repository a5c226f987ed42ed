import type { Escalation, EscalationKey } from '../../../shared/domain/escalation.ts';
import type { FeatureContext } from '../context.ts';
import { judgeToRead } from '../evidence/judge.ts';
import { readTarget } from '../target.ts';
import { withoutHistory } from './escalation-of.ts';

/** The escalation after a change, with the verdicts of what it has now. NOT_FOUND. */
export async function readJudged(context: FeatureContext, key: EscalationKey): Promise<Escalation> {
  await judgeToRead(context, key.tenant, [key]);
  const { escalation } = await readTarget(context, key);
  return withoutHistory(escalation);
}
