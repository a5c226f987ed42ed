import type { Escalation, EscalationInFull } from '../../../shared/domain/escalation.ts';
import { escalationJson } from '../../../shared/domain/escalation-json.ts';
import { agentTexts, fieldFindings } from '../../../shared/domain/text/agent-texts.ts';
import { type Beside, printEvidence } from './print-evidence.ts';
import { printFacts } from './print-facts.ts';
import { printFlagged, printRequest } from './print-request.ts';
import type { Terminal } from './terminal.ts';

/** The escalation as JSON, or in lines for people: what the desk knows first, then what the agent says. */
export function printEscalation(
  terminal: Terminal,
  escalation: Escalation | EscalationInFull,
  beside: Beside | null = null,
): void {
  if (terminal.json) terminal.document(escalationJson(escalation));
  else printForPeople(terminal, escalation, beside);
}

function printForPeople(terminal: Terminal, escalation: Escalation | EscalationInFull, beside: Beside | null): void {
  const { record, deadline, claim, findings, dissents } = escalation;
  printFacts(terminal, [
    ['Escalation', record.escalation_id],
    ['Tenant', escalation.tenant],
    ['Status', record.status],
    ['Event', record.escalation_event_id],
    ['Timestamp', record.timestamp],
    ['Deadline', deadline === null ? undefined : deadlineText(deadline)],
    ['Claimed', claim === null ? undefined : `by ${claim.by} until ${claim.until}`],
    ['Version', escalation.version],
  ]);
  printDecision(terminal, escalation, beside);
  printEvidence(terminal, escalation, beside);
  const flagged = fieldFindings(agentTexts(escalation));
  const said = new Set(flagged.map(({ code, message }) => `${code} ${message}`));
  for (const { code, message } of findings) {
    if (!said.has(`${code} ${message}`)) terminal.line(`Finding      ${code}: ${message}`);
  }
  printFlagged(terminal, escalation, flagged);
  for (const dissent of dissents) terminal.line(`Dissent      ${dissent.outcome} (${dissent.source}) at ${dissent.at}`);
  if ('events' in escalation) printHistory(terminal, escalation);
  printRequest(terminal, escalation);
}

function deadlineText({ at, source, overdue }: NonNullable<Escalation['deadline']>): string {
  return `${at} (${source})${overdue ? ', overdue' : ''}`;
}

function printDecision(terminal: Terminal, { decision, record }: Escalation, beside: Beside | null): void {
  if (decision === null) return;
  const { overrides, accepted_unchecked } = decision;
  const resolution = beside?.resolution ?? null;
  printFacts(terminal, [
    ['Decision', `${decision.outcome} (${decision.source}), ${howMade(decision)}`],
    ['Signed by', signerText(beside?.proof ?? null)],
    ['Decided', decision.decided_at],
    ['Reviewer', decision.reviewer],
    ['Reason code', decision.reason_code],
    ['Reason', decision.reason],
    ['VEP hash', record.resolution_vep_hash ?? decision.vep_hash],
    ['', resolution === null ? undefined : `${resolution.verdict}: ${resolution.detail}`],
    ['Resolved by', record.resolution_event_id],
    ['Overridden', overrides.length === 0 ? undefined : overrides.join(', ')],
    ['Unchecked', accepted_unchecked.length === 0 ? undefined : `accepted: ${accepted_unchecked.join(', ')}`],
  ]);
}

function howMade({ sealed, signed }: NonNullable<Escalation['decision']>): string {
  return `${sealed ? 'sealed' : 'not sealed'}, ${signed ? 'signed' : 'unsigned'}`;
}

/** Whose key it was only a pinned one says (I6). */
function signerText(proof: Beside['proof']): string | undefined {
  const statement = proof?.statement ?? null;
  if (proof === null || statement === null) return undefined;
  const { key, signed_by, verdict, detail } = statement;
  const whose = key === null ? (verdict === 'failed' ? `failed: ${detail}` : 'not pinned here') : `${key.name}, pinned`;
  return `${signed_by}’s key ${proof.fingerprint}, ${whose}`;
}

function printHistory(terminal: Terminal, { events, view_sha256 }: EscalationInFull): void {
  for (const { seq, type, at, actor } of events) terminal.line(`History      ${at} ${type} by ${actor} (event ${seq})`);
  terminal.line(`View         ${view_sha256}`);
}
