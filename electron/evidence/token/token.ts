import type { Instant } from '../../../shared/domain/instant.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { type JsonValue, textOf } from '../../../shared/domain/json/value.ts';
import type { Canonicalization, Check, UsedKey } from '../../../shared/domain/verdict.ts';
import { quoted } from '../text/quoted.ts';
import type { TrustStore } from '../trust/trust.ts';
import { judgeBinding, type TokenOwner } from './token-binding.ts';
import { judgeLifecycle } from './token-lifecycle.ts';
import { type LooseToken, looseToken, TOKEN_SCHEMAS } from './token-shape.ts';
import { judgeTokenSignature } from './token-signature.ts';

export interface TokenContext {
  /** The instant asked, for the token's lifetime. */
  readonly at: Instant;
  readonly trust: TrustStore;
  /** Whose token it is; null for a loose one, which has no check `token.binding`. */
  readonly bindTo: TokenOwner | null;
}

export interface TokenReport {
  /** `token.structure` first; when that fails, it alone. */
  readonly checks: Check[];
  /** What its verified signature is over: `sha256-of-jcs` or `raw-jcs`. */
  readonly profile: string | null;
  /** Told by its shape. */
  readonly generation?: '1.7' | '1.6';
  /** Which canonical forms of the payload its verified signature is over. */
  readonly canonicalization?: Canonicalization;
  /** TOKEN_OTHER_PROFILE, UNSAFE_INTEGER, MINUS_ZERO: odd, and no reason to fail. */
  readonly findings: string[];
  readonly key: UsedKey | null;
  /** The first millisecond since 1970 at which these answers may be others; null: they stay. */
  readonly holdsUntilMs: number | null;
}

/** As `verifyTokenValue`, of a token's bytes: what the strict reader refuses fails its structure (S49-S53). */
export function verifyTokenBytes(bytes: Uint8Array, context: TokenContext): TokenReport {
  const json = readJson(bytes);
  if (json.ok) return verifyTokenValue(json.value, context);
  return unreadable(json.code, `The token is not JSON as it must be: ${json.message} at byte ${json.at}.`);
}

/**
 * Judges a continuation token (docs/guide/command-line.md, "Verdict"): its structure, its signature by the issuer keys
 * that are pinned, its lifetime at the instant asked, and what it is bound to. Never throws.
 */
export function verifyTokenValue(value: JsonValue, context: TokenContext): TokenReport {
  const token = looseToken(value);
  if (token === null) return unreadable('NOT_A_TOKEN', 'It is no object with a payload and a signature.');
  const { answer, canonicalization, findings } = judgeTokenSignature(token, context.trust);
  const lifecycle = judgeLifecycle(token, context.at);
  const { verdict, code, detail } = answer;
  return {
    checks: [
      structureCheck(token),
      { name: 'token.signature', verdict, code, detail },
      lifecycle.check,
      ...(context.bindTo === null ? [] : [judgeBinding(token, context.bindTo)]),
    ],
    profile: answer.profile,
    ...(token.generation === null ? {} : { generation: token.generation }),
    ...(canonicalization === null ? {} : { canonicalization }),
    findings,
    key: answer.key,
    holdsUntilMs: lifecycle.holdsUntilMs,
  };
}

function structureCheck({ payload }: LooseToken): Check {
  const schema = textOf(payload.get('schema'));
  const known = schema !== undefined && TOKEN_SCHEMAS.includes(schema);
  if (known) return structure('verified', 'WELL_FORMED', 'It has the form of a continuation token.');
  const named = schema === undefined ? 'It names no schema.' : `This desk does not know its schema, ${quoted(schema)}.`;
  return structure('unchecked', 'SCHEMA_UNKNOWN', named);
}

function unreadable(code: string, detail: string): TokenReport {
  return {
    checks: [structure('failed', code, detail)],
    profile: null,
    findings: [],
    key: null,
    holdsUntilMs: null,
  };
}

function structure(verdict: Check['verdict'], code: string, detail: string): Check {
  return { name: 'token.structure', verdict, code, detail };
}
