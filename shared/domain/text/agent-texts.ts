import type { Escalation } from '../escalation.ts';
import { readJsonText } from '../json/read.ts';
import { isJsonArray, JsonObject, type JsonValue } from '../json/value.ts';
import { type TextFinding, type TextFindingCode, textFindings } from './findings.ts';

/** A text that the agent's side wrote, and where it stands: `explanation`, `data.intent.note`, `token.issuer`. */
export interface AgentTextAt {
  readonly field: string;
  readonly text: string;
}

/** A finding on one such text. */
export interface FieldFinding extends TextFinding {
  readonly field: string;
}

/** Members of the request in the order in which they are shown. */
const MEMBERS = [
  'agent_name',
  'agent_id',
  'action',
  'target',
  'amount',
  'policy',
  'policy_text',
  'reference',
  'explanation',
  'respond_by',
] as const;

/**
 * Every text of the escalation that its source controls, each once, where it stands first: the names of id and tenant,
 * the request's members, all names and values of the event's data, all of the continuation token.
 */
export function agentTexts({
  tenant,
  record,
  request,
}: Pick<Escalation, 'tenant' | 'record' | 'request'>): AgentTextAt[] {
  const members = MEMBERS.flatMap((field) => {
    const text = request?.[field];
    return text == null ? [] : field === 'amount' ? textsIn('amount', text) : [{ field, text }];
  });
  const token = record.continuation_token;
  const all = [
    { field: 'id', text: record.escalation_id },
    { field: 'tenant', text: tenant },
    ...members,
    ...(request === null ? [] : textsIn('data', request.raw)),
    ...(token === undefined ? [] : textsIn('token', token)),
  ];
  const seen = new Set<string>();
  return all.filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** What is odd in any of these texts, in their order, the worst of a text first. */
export function fieldFindings(texts: readonly AgentTextAt[], off?: ReadonlySet<TextFindingCode>): FieldFinding[] {
  return texts.flatMap(({ field, text }) => textFindings(text, off).map((finding) => ({ field, ...finding })));
}

function textsIn(field: string, json: string): AgentTextAt[] {
  const read = readJsonText(json);
  return read.ok ? [...walk(field, read.value)] : [{ field, text: json }];
}

function* walk(field: string, value: JsonValue): Generator<AgentTextAt> {
  if (typeof value === 'string') yield { field, text: value };
  if (isJsonArray(value)) for (const one of value) yield* walk(field, one);
  if (!(value instanceof JsonObject)) return;
  for (const [name, member] of value.members) {
    yield { field, text: name };
    yield* walk(`${field}.${name}`, member);
  }
}
