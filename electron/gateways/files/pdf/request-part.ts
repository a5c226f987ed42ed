import type { Request } from '../../../../shared/domain/escalation.ts';
import { readJsonText } from '../../../../shared/domain/json/read.ts';
import { JsonNumber, objectOf, textOf } from '../../../../shared/domain/json/value.ts';
import { isCurrency, moneyNumber } from '../../../../shared/domain/money.ts';
import { agentTexts, fieldFindings } from '../../../../shared/domain/text/agent-texts.ts';
import { type Fact, facts, heading } from './facts.ts';
import { INK } from './ink.ts';
import type { Pages } from './pages.ts';
import { drawPaper } from './paper.ts';
import type { DecisionPage } from './report-model.ts';
import { STYLE } from './styles.ts';

const MEMBERS = [
  ['action', 'Action'],
  ['target', 'Target'],
  ['amount', 'Amount'],
  ['policy', 'Policy'],
  ['reference', 'Reference'],
  ['agent_name', 'Agent'],
  ['agent_id', 'Agent id'],
  ['respond_by', 'Respond by'],
] as const satisfies readonly (readonly [keyof Request, string])[];

const CLAIMS = 'Not signed by a trusted gate: all values are claims of the agent.';

/** The agent's side: what it asked for, which of it a verified packet says too, and its words on paper. */
export async function drawRequest(pages: Pages, { escalation: { record, request } }: DecisionPage): Promise<void> {
  heading(pages, 'What the agent asked for', 80);
  if (request === null) return pages.text('The source has no event that says it.', STYLE.body);
  pages.text(request.signed.length === 0 ? CLAIMS : signedNote(request), STYLE.note, INK.soft);
  pages.y += 3;
  for (const { field, code, message } of fieldFindings(agentTexts({ tenant: '', record, request }))) {
    pages.text(`${field}: ${message} [${code}]`, STYLE.note, INK.hidden);
  }
  pages.y += 3;
  facts(
    pages,
    MEMBERS.flatMap(([member, label]) => factOf(request, member, label)),
  );
  for (const [title, text] of papersOf(request)) await drawPaper(pages, title, text);
}

function signedNote({ signed }: Request): string {
  return `As in the signed packet: ${signed.join(', ')}. All else is a claim of the agent.`;
}

function factOf(request: Request, member: (typeof MEMBERS)[number][0], label: string): Fact[] {
  const text = request[member];
  if (text === undefined || text === null) return [];
  const claimed = request.signed.length > 0 && !request.signed.includes(member);
  const value = member === 'amount' ? amountText(text) : text;
  return [{ label: claimed ? `${label} (not signed)` : label, value, style: STYLE.mono }];
}

/** An amount as people read it, with what came below it. */
function amountText(exact: string): string {
  const read = readJsonText(exact);
  const members = read.ok ? objectOf(read.value) : undefined;
  const currency = textOf(members?.get('currency'));
  const value = members?.get('value');
  if (currency === undefined || !isCurrency(currency) || !(value instanceof JsonNumber)) return exact;
  return Number.isFinite(value.toDouble()) ? `${currency} ${moneyNumber(value.text, currency)}\n${exact}` : exact;
}

function papersOf(request: Request): [title: string, text: string][] {
  const { explanation, policy_text, raw } = request;
  return [
    ...(explanation === undefined ? [] : [['Explanation', explanation] satisfies [string, string]]),
    ...(policy_text === undefined ? [] : [['Policy', policy_text] satisfies [string, string]]),
    ['All of the event’s data', raw],
  ];
}
