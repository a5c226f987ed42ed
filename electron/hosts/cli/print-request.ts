import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { FieldFinding } from '../../../shared/domain/text/agent-texts.ts';
import { printFacts } from './print-facts.ts';
import { cut } from './summary.ts';
import type { Terminal } from './terminal.ts';

/** An agent can write any number of odd texts; more lines than this would push away what the desk says. */
const MOST_FLAGS = 50;

/** What of the agent's words is odd, and where: above them, so that nobody reads them first. */
export function printFlagged(terminal: Terminal, { request }: Escalation, flagged: readonly FieldFinding[]): void {
  if (request !== null && request.signed.length > 0) {
    terminal.line(`Signed       ${request.signed.join(', ')}: as in the verified packet`);
  }
  for (const { field, code, message } of flagged.slice(0, MOST_FLAGS)) {
    terminal.line(`Flagged      ${cut(field)}: ${code}. ${message}`);
  }
  if (flagged.length > MOST_FLAGS) terminal.line(`Flagged      and ${flagged.length - MOST_FLAGS} more.`);
}

/** Below everything that the desk knows, so that no text of the agent can push a fact out of sight. */
export function printRequest(terminal: Terminal, { request, record }: Escalation): void {
  if (request === null && record.continuation_token === undefined) return;
  terminal.line();
  terminal.line('What the agent says (not checked):');
  if (request !== null) {
    printFacts(terminal, [
      ['Agent', request.agent_name],
      ['Agent id', request.agent_id],
      ['Action', request.action],
      ['Target', request.target],
      ['Amount', request.amount],
      ['Policy', request.policy],
      ['Policy text', request.policy_text],
      ['Reference', request.reference],
      ['Respond by', request.respond_by],
      ['Explanation', request.explanation],
      ['Data', request.raw],
    ]);
  }
  printFacts(terminal, [['Token', record.continuation_token]]);
}
