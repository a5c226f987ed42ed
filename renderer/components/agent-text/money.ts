import { readJsonText } from '../../../shared/domain/json/read.ts';
import { JsonNumber, type JsonValue, objectOf, textOf } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { isCurrency, moneyNumber } from '../../../shared/domain/money.ts';

/** An amount that the app may set in its own face, or the agent's text where it is none. */
export type ShownAmount =
  | { readonly kind: 'money'; readonly currency: string; readonly number: string; readonly text: string | null }
  | { readonly kind: 'agent'; readonly text: string };

/** A number of more digits and commas is nobody's amount. */
const LONGEST_NUMBER = 32;

/**
 * Reads a request's amount (`{value, currency, text?}` or text, as exact JSON). Money is only what has an ISO 4217
 * code and a finite number of readable length, whose digits are kept to the last; `text` is what the agent wrote beside it where that
 * differs from the app's form. All else is the agent's text as it came.
 */
export function readAmount(exact: string): ShownAmount {
  const read = readJsonText(exact);
  if (!read.ok) return { kind: 'agent', text: exact };
  const members = objectOf(read.value);
  const currency = textOf(members?.get('currency'));
  const value = members?.get('value');
  if (currency === undefined || !isCurrency(currency)) return { kind: 'agent', text: agentText(read.value) };
  if (!(value instanceof JsonNumber) || !Number.isFinite(value.toDouble())) {
    return { kind: 'agent', text: agentText(read.value) };
  }
  const number = moneyNumber(value.text, currency);
  if (number.length > LONGEST_NUMBER) return { kind: 'agent', text: writeJson(read.value) };
  const beside = textOf(members?.get('text')) ?? null;
  return { kind: 'money', currency, number, text: beside === `${currency} ${number}` ? null : beside };
}

function agentText(value: JsonValue): string {
  return textOf(value) ?? textOf(objectOf(value)?.get('text')) ?? writeJson(value);
}
