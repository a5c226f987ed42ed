import type { Finding, Request } from '../../../shared/domain/escalation.ts';
import { readJsonText } from '../../../shared/domain/json/read.ts';
import type { JsonObject, JsonValue } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { REQUEST_TEXTS } from '../../../shared/domain/wire/audit-event.ts';
import { quoted } from '../text/quoted.ts';
import { type Comparison, compareAmounts, REDACTED } from './amount-claim.ts';

/** The code of a request's member that a verified packet contradicts: only a judgement may say so. */
export const CLAIM_DIFFERS = 'CLAIM_DIFFERS';

export interface SignedMembers {
  /** Names of the request's members that a verified intent has with the same value, and none with another one. */
  readonly signed: readonly string[];
  /** CLAIM_DIFFERS, one for each member that a verified intent has with another value. */
  readonly findings: readonly Finding[];
}

/**
 * Compares what the audit event says of the request with the intents of packets whose root and signature verified. What
 * has become `[REDACTED]` is neither signed nor different; what no packet carries is not signed.
 */
export function signedMembers(request: Request | null, intents: readonly JsonObject[]): SignedMembers {
  const signed: string[] = [];
  const findings: Finding[] = [];
  for (const name of request === null ? [] : COMPARED) {
    const outcomes = comparisons(name, request, intents);
    const different = outcomes.find((comparison) => comparison.outcome === 'differs');
    if (different?.outcome === 'differs') findings.push({ code: CLAIM_DIFFERS, message: different.words });
    else if (outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'same')) signed.push(name);
  }
  return { signed, findings };
}

const COMPARED = [...REQUEST_TEXTS, 'amount'] as const;
type Compared = (typeof COMPARED)[number];

/** One for each intent that has the member; null there is as good as nothing. */
function comparisons(name: Compared, request: Request | null, intents: readonly JsonObject[]): Comparison[] {
  const claimed = request?.[name];
  if (claimed === undefined) return [];
  const values = intents.map((intent) => intent.get(name) ?? null).filter((value) => value !== null);
  if (name !== 'amount') return values.map((value) => compareTexts(name, claimed, value));
  const amount = readJsonText(claimed);
  return amount.ok ? values.map((value) => compareAmounts(amount.value, value)) : [];
}

function compareTexts(name: Compared, claimed: string, packet: JsonValue): Comparison {
  if (claimed === packet) return { outcome: 'same' };
  if (claimed === REDACTED) return { outcome: 'open' };
  const said = typeof packet === 'string' ? quoted(packet) : `${quoted(writeJson(packet))}, which is no text`;
  return { outcome: 'differs', words: `Event says ${name} ${quoted(claimed)}, packet says ${said}.` };
}
