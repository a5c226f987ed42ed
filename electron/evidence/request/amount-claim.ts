import { type NamedAmount, readAmountText } from '../../../shared/domain/amount-text.ts';
import { readDecimal, sameDecimal } from '../../../shared/domain/decimal.ts';
import { JsonNumber, type JsonValue, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { isCurrency, moneyNumber } from '../../../shared/domain/money.ts';
import { canonicalize } from '../json/canonicalize.ts';
import { quoted } from '../text/quoted.ts';

/**
 * How what the event says compares with what the packet says: `open` where there is too little to say either. `differs`
 * comes with words for both.
 */
export type Comparison =
  | { readonly outcome: 'same' | 'open' }
  | { readonly outcome: 'differs'; readonly words: string };

export const REDACTED = '[REDACTED]';

/**
 * Compares amounts by value and currency, exactly; the text that goes with the event's value must name that amount too.
 * An amount is `{value, currency, text?}`, or a text that names one.
 */
export function compareAmounts(event: JsonValue, packet: JsonValue): Comparison {
  if (holdsRedacted(event)) return { outcome: 'open' };
  const signed = amountOf(packet);
  if (signed === null) return compareAsJson(event, packet);
  const claimed = amountOf(event);
  if (claimed === null) return differs(`Event says ${shown(event)}, packet says ${shown(packet)}.`);
  const outcome = compare(claimed, signed);
  if (outcome === 'differs') {
    const who = typeof event === 'string' ? 'Text' : 'Event';
    return differs(`${who} says ${shown(event)}, packet says ${shown(packet)}.`);
  }
  const text = textOf(objectOf(event)?.get('text'));
  if (text !== undefined && !namesAmount(text, signed, packet)) {
    return differs(`Text says ${plainOrQuoted(text)}, packet says ${shown(packet)}.`);
  }
  return { outcome };
}

function compareAsJson(event: JsonValue, packet: JsonValue): Comparison {
  if (Buffer.compare(canonicalize(event, 'serde_jcs'), canonicalize(packet, 'serde_jcs')) === 0) {
    return { outcome: 'same' };
  }
  return differs(`Event says ${shown(event)}, packet says ${shown(packet)}.`);
}

/** A packet that names no currency proves none. */
function compare(claimed: NamedAmount, signed: NamedAmount): 'same' | 'open' | 'differs' {
  if (!sameDecimal(claimed.value, signed.value)) return 'differs';
  if (claimed.currency === signed.currency) return 'same';
  return claimed.currency === null || signed.currency === null ? 'open' : 'differs';
}

/** The desk's own way to write the packet's amount names it, whatever else it could be read as. */
function namesAmount(text: string, signed: NamedAmount, packet: JsonValue): boolean {
  const named = readAmountText(text);
  if (named !== null && compare(named, signed) !== 'differs') return true;
  return text === REDACTED || text === shown(packet);
}

function amountOf(value: JsonValue): NamedAmount | null {
  if (typeof value === 'string') return readAmountText(value);
  if (value instanceof JsonNumber) return namedValue(value, null);
  const members = objectOf(value);
  const currency = members?.get('currency') ?? null;
  if (currency !== null && typeof currency !== 'string') return null;
  return namedValue(members?.get('value'), currency);
}

function namedValue(value: JsonValue | undefined, currency: string | null): NamedAmount | null {
  const text = value instanceof JsonNumber ? value.text : textOf(value);
  const decimal = text === undefined ? null : readDecimal(text);
  return decimal === null ? null : { currency, value: decimal };
}

function holdsRedacted(amount: JsonValue): boolean {
  const members = objectOf(amount);
  return amount === REDACTED || members?.get('value') === REDACTED || members?.get('currency') === REDACTED;
}

/** A number of more digits than this is nobody's amount, and is shown as it is written. */
const LONGEST_NUMBER = 32;

/** The amount for a sentence: the desk's own form where it is one, else the agent's, quoted. */
function shown(amount: JsonValue): string {
  const members = objectOf(amount);
  const [value, currency] = [members?.get('value'), textOf(members?.get('currency'))];
  if (value instanceof JsonNumber && currency !== undefined && isCurrency(currency)) {
    const number =
      value.text.length > LONGEST_NUMBER || /[eE]/.test(value.text) ? value.text : moneyNumber(value.text, currency);
    return `${currency} ${number}`;
  }
  return typeof amount === 'string' ? plainOrQuoted(amount) : quoted(writeJson(amount));
}

/** A text that could not mislead stands as it is. */
function plainOrQuoted(text: string): string {
  return /^[A-Za-z0-9](?:[A-Za-z0-9.,' ]{0,38}[A-Za-z0-9])?$/.test(text) ? text : quoted(text);
}

function differs(words: string): Comparison {
  return { outcome: 'differs', words };
}
