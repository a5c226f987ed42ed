import { type Instant, instantFromEpochSeconds, parseInstant, toUtcText } from '../../../shared/domain/instant.ts';
import { JsonNumber, type JsonValue } from '../../../shared/domain/json/value.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import { timeText } from '../text/day-text.ts';
import type { LooseToken } from './token-shape.ts';

export interface LifecycleAnswer {
  readonly check: Check;
  /** The first millisecond since 1970 at which the answer is another one; null: it stays. */
  readonly holdsUntilMs: number | null;
}

const SECOND = 1_000_000_000n;
const MILLISECOND = 1_000_000n;
/** What the protocol allows for clocks that differ, on both sides of a lifetime. */
const LEEWAY = 30n * SECOND;

/**
 * Whether the token's lifetime has begun and not ended at an instant: LIVE, else NOT_YET_VALID or EXPIRED, with 30 s of
 * leeway on both sides. 1.7 counts whole seconds, 1.6 compares instants. TIME_FORM where iat or exp is not as the
 * generation writes it; ENDS_BEFORE_IT_BEGINS where no instant can be inside.
 */
export function judgeLifecycle(token: LooseToken, at: Instant): LifecycleAnswer {
  const [iat, exp] = [readBound(token, 'iat'), readBound(token, 'exp')];
  if (iat === null || exp === null) return fail('TIME_FORM', formText(token, iat === null ? 'iat' : 'exp'));
  if (exp.nanos < iat.nanos) return fail('ENDS_BEFORE_IT_BEGINS', 'The token ends before it begins.');
  const step = token.generation === '1.7' ? SECOND : 1n;
  const now = nanosOf(at);
  const [opens, closes] = [iat.nanos - LEEWAY, exp.nanos + LEEWAY + step];
  if (now < opens) return fail('NOT_YET_VALID', `The token begins on ${iat.text}.`, firstMillisAt(opens));
  if (now >= closes) return fail('EXPIRED', `The token ended on ${exp.text}.`);
  const detail = `The token lasts until ${exp.text}.`;
  return {
    check: { name: 'token.lifecycle', verdict: 'verified', code: 'LIVE', detail },
    holdsUntilMs: firstMillisAt(closes),
  };
}

/**
 * When the token says that it was issued; null where it says so in no form that is its generation's. A time beyond the
 * years 0000 to 9999 is the nearest instant in them: no key's validity reaches further.
 */
export function issuedAt(token: LooseToken): Instant | null {
  return readBound(token, 'iat')?.instant ?? null;
}

interface Bound {
  /** Nanoseconds since 1970; a leap second lies after the second before it, as upstream counts. */
  readonly nanos: bigint;
  readonly instant: Instant;
  readonly text: string;
}

function readBound({ payload, generation }: LooseToken, name: 'iat' | 'exp'): Bound | null {
  const written = payload.get(name);
  if (generation === '1.7') return boundOfSeconds(written);
  const instant = typeof written === 'string' ? parseInstant(written, { spaceForT: true }) : null;
  return instant === null ? null : { nanos: nanosOf(instant), instant, text: timeText(toUtcText(instant)) };
}

const [FIRST, LAST] = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'].map((text) => parseInstant(text)) as [
  Instant,
  Instant,
];
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

function boundOfSeconds(written: JsonValue | undefined): Bound | null {
  if (!(written instanceof JsonNumber) || written.text === '-0' || written.text.length > 20) return null;
  const seconds = written.toBigInt();
  if (seconds === null || seconds < MIN_INT64 || seconds > MAX_INT64) return null;
  const instant = instantFromEpochSeconds(Number(seconds));
  const nanos = seconds * SECOND;
  if (instant !== null) return { nanos, instant, text: timeText(toUtcText(instant)) };
  return { nanos, instant: seconds < 0n ? FIRST : LAST, text: `second ${seconds} of Unix time` };
}

function formText({ generation }: LooseToken, name: string): string {
  return generation === '1.7'
    ? `Its ${name} is not a whole number of seconds.`
    : `Its ${name} is not a date and time as RFC 3339 writes them.`;
}

function nanosOf({ epochSeconds, nanos, leapSecond }: Instant): bigint {
  return BigInt(epochSeconds + (leapSecond ? 1 : 0)) * SECOND + BigInt(nanos);
}

/** The first whole millisecond that is not before the moment; null where no clock of the desk gets there. */
function firstMillisAt(nanos: bigint): number | null {
  const millis = nanos / MILLISECOND + (nanos % MILLISECOND > 0n ? 1n : 0n);
  return millis > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(millis);
}

function fail(code: string, detail: string, holdsUntilMs: number | null = null): LifecycleAnswer {
  return { check: { name: 'token.lifecycle', verdict: 'failed', code, detail }, holdsUntilMs };
}
