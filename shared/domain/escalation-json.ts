import type { CarriedStatement } from './carried-statement.ts';
import type { Escalation, EscalationInFull, Request, WireRecord } from './escalation.ts';

/** `statement`: in a line of JSONL, where its decision has one. */
type Written = (Escalation | EscalationInFull) & { statement?: CarriedStatement | undefined };
/** A member's name and its value as JSON text; undefined leaves the member out. */
type Member = readonly [name: string, json: string | undefined];

/**
 * The escalation as one line of JSON, its members in the documented order (docs/guide/command-line.md, "Escalation").
 * Members that are kept as exact JSON are written as they came, so that no number is rounded on the way.
 */
export function escalationJson(escalation: Written): string {
  const { tenant, record, request, decision, deadline, claim, delivery, evidence } = escalation;
  const { findings, dissents, version } = escalation;
  return object([
    ['tenant', plain(tenant)],
    ['record', recordJson(record)],
    ['request', request === null ? 'null' : requestJson(request)],
    ['decision', plain(decision)],
    ['deadline', plain(deadline)],
    ['claim', plain(claim)],
    ['delivery', plain(delivery)],
    ['evidence', plain(evidence)],
    ['findings', plain(findings)],
    ['dissents', plain(dissents)],
    ['version', plain(version)],
    ['statement', plain(escalation.statement)],
    ...historyOf(escalation),
  ]);
}

function historyOf(escalation: Written): Member[] {
  if (!('events' in escalation)) return [];
  return [
    ['events', plain(escalation.events)],
    ['view_sha256', plain(escalation.view_sha256)],
  ];
}

function recordJson(record: WireRecord): string {
  return object([
    ['escalation_id', plain(record.escalation_id)],
    ['status', plain(record.status)],
    ['escalation_event_id', plain(record.escalation_event_id)],
    ['resolution_event_id', plain(record.resolution_event_id)],
    ['resolution_vep_hash', plain(record.resolution_vep_hash)],
    ['continuation_token', record.continuation_token],
    ['timestamp', plain(record.timestamp)],
  ]);
}

function requestJson(request: Request): string {
  return object([
    ['event_id', plain(request.event_id)],
    ['agent_id', plain(request.agent_id)],
    ['agent_name', plain(request.agent_name)],
    ['action', plain(request.action)],
    ['target', plain(request.target)],
    ['amount', request.amount],
    ['policy', plain(request.policy)],
    ['policy_text', plain(request.policy_text)],
    ['reference', plain(request.reference)],
    ['explanation', plain(request.explanation)],
    ['respond_by', plain(request.respond_by)],
    ['source_hash', plain(request.source_hash)],
    ['signed', plain(request.signed)],
    ['raw', request.raw],
  ]);
}

function plain(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function object(members: readonly Member[]): string {
  const present = members.filter(([, json]) => json !== undefined);
  return `{${present.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}
