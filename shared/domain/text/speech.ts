/**
 * Two heuristics on what a text says: words that look like the app's own, and orders to a program that reads along.
 * They know English only, are wrong now and then, and can be turned off for a tenant; test/shared/text measures how
 * often they are wrong on the sample ledger's honest texts.
 */

const WORTH = 'verified|valid|trusted|passed|approved|resolved|ok';
/** What a line of the app may be dressed in: quotes, marks of a quotation or a heading. */
const DRESS = '[ \\t"\'“”„«»‘’`>*#-]*';
const BUTTON = '(?:approve|reject|withdraw|resolve|verify|confirm|allow|override)d?';

const APP_LINES: readonly RegExp[] = [
  // A tick, a cross or a light before a word of the verdict: `✔ Signature verified`.
  /[✓✔☑✅✗✘❌][\ufe0f\s]*(?:\w+\s+){0,3}(?:verified|valid|trusted|passed|approved|ok|failed|recorded)\b/iu,
  /[🟢🟩🔴🟥⚪●○◉▶►][\ufe0f\s]*(?:verified|unchecked|failed|approved?|rejected?|record(?:ed| now))\b/iu,
  // A button: `[ Approve ]`, or one of a frame's or of other brackets.
  new RegExp(`\\[\\s*(?:${BUTTON}|ok)\\s*\\]`, 'iu'),
  new RegExp(`[⟦【〔«‹「『│┃║]\\s*${BUTTON}\\s*[⟧】〕»›」』│┃║]|\\(\\s+${BUTTON}\\s+\\)`, 'iu'),
  // A fact as the app writes it: `Signed by: CHORA gate (trusted)`, `Signature: valid`.
  new RegExp(
    `^${DRESS}(?:signed by|verdict|signature|root|evidence|decision|status|reviewer)\\s*:.*\\b(?:${WORTH})\\b`,
    'imu',
  ),
  new RegExp(`\\b(?:verdict|signature|root)\\s*[:=]\\s*["'“‘]?(?:${WORTH})\\b`, 'iu'),
  // A line of the command line: `Status       RESOLVED`, `verified  signature  …`.
  /^[ \t]*(?:Escalation|Tenant|Status|Event|Deadline|Claimed|Version|Decision|Decided|Reviewer|Reason|Evidence|Finding|Flagged|History|View|Verified|Failed|Unchecked)[ \t]{2,}\S/imu,
  /\bwhat the (?:desk|agent) says\b/iu,
  // What only the desk can say: `All 9 checks verified`, `verified by this desk`.
  /\b\d{1,3}\s+checks\s+(?:are\s+|were\s+)?verified\b|\bverified\s*:\s*all\b/iu,
  /\b(?:verified|approved|signed|checked|confirmed)\s+by\s+(?:the|this)\s+desk\b/iu,
  /\b(?:the|this)\s+desk\s+(?:has\s+|had\s+)?(?:verified|approved|signed|checked|confirmed)\b/iu,
  /^[ \t]*recorded\s+\d{1,2}:\d\d\b/imu,
  /\bpre-?approved\b[^\n]{0,60}\bno (?:decision|review)\b/iu,
  // A line that says that it has been decided.
  new RegExp(`^${DRESS}(?:approved|rejected|verified|resolved) by\\b`, 'imu'),
  // The stamp alone, in capitals among words that are not.
  /(?<![\p{Lu}\d_-] ?)\b(?:VERIFIED|APPROVED)\b(?! ?[\p{Lu}\d_-]{2})/u,
  /\bVEX[ -]Review[ -]Desk\b/iu,
];

const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|the|your|these|those|of)\s+)*(?:previous|prior|above|earlier|preceding|other|system)\s+(?:instruction|prompt|rule|message|direction|order|policie|policy|text)s?\b/iu,
  /\byou\s+are\s+(?:now\s+)?(?:the|a|an|my)\s+(?:[\w-]+\s+){0,3}(?:assistant|model|AI|bot|chatbot|LLM)\b/iu,
  /\bas\s+an?\s+(?:AI|language model|LLM|assistant)\b/iu,
  /<\|?\s*(?:im_start|im_end|system|assistant|endoftext)\b|\[\/?INST\]|<<\/?SYS>>/iu,
  /^[ \t]*(?:#{1,4}[ \t]*)?(?:system|assistant|user|human)\s*(?:prompt|message)?\s*:/imu,
  /\b(?:mark|treat|classify|set|record)\s+this\s+(?:escalation|request|case|item|one)?\s*as\s+(?:approved|resolved|safe|verified|low[- ]risk)\b/iu,
  /\bdo\s+not\s+(?:show|display|reveal|mention|tell|flag|report)\b.{0,40}\b(?:amount|user|reviewer|human|this|it|warning|finding)/iu,
  /\b(?:system prompt|developer mode|jailbreak)\b/iu,
];

/** Whether a line of the text looks like something that the app itself would say or show (S67). */
export function imitatesApp(text: string): boolean {
  return APP_LINES.some((pattern) => pattern.test(text));
}

/** Whether the text gives orders to a program that would read it. */
export function speaksToModel(text: string): boolean {
  return ORDERS.some((pattern) => pattern.test(text));
}
