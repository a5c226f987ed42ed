import type { Escalation } from '../../../shared/domain/escalation.ts';
import { agentTexts, type FieldFinding, fieldFindings } from '../../../shared/domain/text/agent-texts.ts';

const known = new WeakMap<Escalation, readonly FieldFinding[]>();

/** What is odd in any field that the agent's side controls; read once for each state of an escalation. */
export function flagsOf(escalation: Escalation): readonly FieldFinding[] {
  const found = known.get(escalation) ?? fieldFindings(agentTexts(escalation));
  known.set(escalation, found);
  return found;
}
