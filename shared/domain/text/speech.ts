/**
 * Two heuristics on what a text says: words that look like the app's own, and orders to a program that reads along.
 * They know English only, are wrong now and then, and can be turned off for a tenant; test/shared/text measures how
 * often they are wrong on the sample ledger's honest texts.
 */

const APP_LINES: readonly RegExp[] = [
  // A tick or a cross before a word of the verdict: `✔ Signature verified`.
  /[✓✔☑✅✗✘❌][\ufe0f\s]*(?:\w+\s+){0,3}(?:verified|valid|trusted|passed|approved|ok|failed)\b/iu,
  // A button: `[ Approve ]`.
  /\[\s*(?:approve|reject|withdraw|resolve|verify|confirm|allow|override|ok)d?\s*\]/iu,
  // A fact as the app writes it: `Signed by: CHORA gate (trusted)`.
  /^[ \t]*(?:signed by|verdict|signature|root|evidence|decision|status|reviewer)\s*:.*\b(?:trusted|verified|valid|approved|resolved|ok)\b/imu,
  // A line that says that it has been decided.
  /^[ \t]*(?:approved|rejected|verified|resolved) by\b/imu,
  // The stamp alone, in capitals among words that are not.
  /(?<![\p{Lu}\d_-] ?)\b(?:VERIFIED|APPROVED)\b(?! ?[\p{Lu}\d_-]{2})/u,
  /\bVEX Review Desk\b/iu,
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
