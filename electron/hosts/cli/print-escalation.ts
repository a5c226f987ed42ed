import type { Escalation, EscalationInFull } from '../../../shared/domain/escalation.ts';
import { escalationJson } from '../../../shared/domain/escalation-json.ts';
import type { Terminal } from './terminal.ts';

/** The escalation as JSON, or in lines for people: what the desk knows first, then what the agent says. */
export function printEscalation(terminal: Terminal, escalation: Escalation | EscalationInFull): void {
  if (terminal.json) terminal.document(escalationJson(escalation));
  else printForPeople(terminal, escalation);
}

/** The heads of `summaryRow`. */
export const SUMMARY_HEADS = ['ID', 'STATUS', 'DECISION', 'DEADLINE', 'AGENT', 'ACTION', 'TARGET', 'CLAIM'] as const;

/** One escalation in a table. */
export function summaryRow(escalation: Escalation): string[] {
  const { record, request, decision, deadline, claim } = escalation;
  const overdue = deadline?.overdue === true ? ' overdue' : '';
  return [
    cut(record.escalation_id),
    record.status,
    decision?.outcome ?? '',
    deadline === null ? '' : `${deadline.at}${overdue}`,
    cut(request?.agent_name ?? ''),
    cut(request?.action ?? ''),
    cut(request?.target ?? ''),
    claim?.by ?? '',
  ];
}

const WIDEST = 40;

/** Cut in the middle: both ends of an id tell it apart. */
function cut(text: string): string {
  const letters = [...text];
  if (letters.length <= WIDEST) return text;
  return `${letters.slice(0, WIDEST / 2).join('')}…${letters.slice(1 - WIDEST / 2).join('')}`;
}

function printForPeople(terminal: Terminal, escalation: Escalation | EscalationInFull): void {
  const { record, deadline, claim, evidence, findings, dissents } = escalation;
  const facts: [string, string | undefined][] = [
    ['Escalation', record.escalation_id],
    ['Tenant', escalation.tenant],
    ['Status', record.status],
    ['Event', record.escalation_event_id],
    ['Timestamp', record.timestamp],
    ['Deadline', deadline === null ? undefined : deadlineText(deadline)],
    ['Claimed', claim === null ? undefined : `by ${claim.by} until ${claim.until}`],
    ['Version', escalation.version],
  ];
  printFacts(terminal, facts);
  printDecision(terminal, escalation);
  for (const piece of evidence) {
    terminal.line(
      `Evidence     ${piece.kind} (${piece.role}), ${piece.bytes} bytes, ${piece.sha256}, ${piece.verdict ?? 'a row'}`,
    );
  }
  for (const { code, message } of findings) terminal.line(`Finding      ${code}: ${message}`);
  for (const dissent of dissents) terminal.line(`Dissent      ${dissent.outcome} (${dissent.source}) at ${dissent.at}`);
  if ('events' in escalation) printHistory(terminal, escalation);
  printRequest(terminal, escalation);
}

function deadlineText({ at, source, overdue }: NonNullable<Escalation['deadline']>): string {
  return `${at} (${source})${overdue ? ', overdue' : ''}`;
}

function printDecision(terminal: Terminal, { decision, record }: Escalation): void {
  if (decision === null) return;
  printFacts(terminal, [
    ['Decision', `${decision.outcome} (${decision.source}), ${decision.signed ? 'signed' : 'unsigned'}`],
    ['Decided', decision.decided_at],
    ['Reviewer', decision.reviewer],
    ['Reason code', decision.reason_code],
    ['Reason', decision.reason],
    ['VEP hash', record.resolution_vep_hash ?? decision.vep_hash],
    ['Resolved by', record.resolution_event_id],
    ['Unchecked', decision.accepted_unchecked.length === 0 ? undefined : decision.accepted_unchecked.join(', ')],
  ]);
}

function printHistory(terminal: Terminal, { events, view_sha256 }: EscalationInFull): void {
  for (const { seq, type, at, actor } of events) terminal.line(`History      ${at} ${type} by ${actor} (event ${seq})`);
  terminal.line(`View         ${view_sha256}`);
}

/** Below everything that the desk knows, so that no text of the agent can push a fact out of sight. */
function printRequest(terminal: Terminal, { request }: Escalation): void {
  if (request === null) return;
  terminal.line();
  terminal.line('What the agent says (not checked):');
  printFacts(terminal, [
    ['Agent', request.agent_name ?? request.agent_id ?? undefined],
    ['Action', request.action],
    ['Target', request.target],
    ['Amount', request.amount],
    ['Policy', request.policy],
    ['Reference', request.reference],
    ['Explanation', request.explanation],
    ['Data', request.raw],
  ]);
}

function printFacts(terminal: Terminal, facts: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of facts) {
    if (value !== undefined) terminal.line(`${name.padEnd(12)} ${value}`);
  }
}
