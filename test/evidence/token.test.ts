import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize } from '../../electron/evidence/json/canonicalize.ts';
import {
  type TokenContext,
  type TokenReport,
  verifyTokenBytes,
  verifyTokenValue,
} from '../../electron/evidence/token/token.ts';
import { signEd25519 } from '../../electron/evidence/trust/ed25519.ts';
import { NO_TRUST } from '../../electron/evidence/trust/trust.ts';
import { instantFromEpochMillis, toEpochMillis } from '../../shared/domain/instant.ts';
import { readJson } from '../../shared/domain/json/read.ts';
import { Check, worstVerdict } from '../../shared/domain/verdict.ts';
import { fixtureKey, fixtureTrust, instant } from './trusted.ts';

const folder = new URL('../fixtures/fixtures/tokens/', import.meta.url);
const trust = fixtureTrust();

interface Expected {
  file: string;
  generation: string;
  now: string;
  signature: string;
  lifecycle: string;
  profile: string | null;
  schema_known: boolean;
  payload_sha256: string | null;
}

const cases = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected[];

function loose(at: string, more: Partial<TokenContext> = {}): TokenContext {
  return { at: instant(at), trust, bindTo: null, ...more };
}

function verdictOf({ checks }: TokenReport, name: string): string | undefined {
  return checks.find((check) => check.name === name)?.verdict;
}

function codeOf({ checks }: TokenReport, name: string): string | undefined {
  return checks.find((check) => check.name === name)?.code;
}

function bytesOf(file: string): Buffer {
  return readFileSync(new URL(file, folder));
}

/** Tokens that have no payload object, or a member twice: their structure fails, and the rest is left out. */
const NO_TOKENS = /payload-as-array|duplicate-member/;

describe('tokens of both generations', () => {
  it('has every file', () => {
    expect(cases).toHaveLength(101);
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'expected.json')
        .toSorted(),
    ).toEqual(cases.map((c) => c.file).toSorted());
  });

  it.each(cases.map((c) => [c.file, c] as const))('%s is judged as expected', (file, expected) => {
    const report = verifyTokenBytes(bytesOf(file), loose(expected.now));
    expect(Check.array().safeParse(report.checks).success).toBe(true);
    if (NO_TOKENS.test(file)) {
      expect(report.checks.map(({ name, verdict }) => [name, verdict])).toEqual([['token.structure', 'failed']]);
      return;
    }
    expect({
      signature: verdictOf(report, 'token.signature'),
      lifecycle: verdictOf(report, 'token.lifecycle'),
      structure: verdictOf(report, 'token.structure'),
      profile: report.profile,
    }).toEqual({
      signature: expected.signature,
      lifecycle: expected.lifecycle,
      structure: expected.schema_known ? 'verified' : 'unchecked',
      profile: expected.profile,
    });
    expect(report.key?.name ?? null).toBe(expected.signature === 'verified' ? 'issuer' : null);
  });

  it.each([
    ['v17-valid.json', '1.7', 'sha256-of-jcs', []],
    ['v17-valid-raw-jcs.json', '1.7', 'raw-jcs', ['TOKEN_OTHER_PROFILE']],
    ['v16-valid.json', '1.6', 'sha256-of-jcs', ['TOKEN_OTHER_PROFILE']],
    ['v16-valid-raw-jcs.json', '1.6', 'raw-jcs', []],
    ['v17-exp-text.json', '1.6', 'sha256-of-jcs', ['TOKEN_OTHER_PROFILE']],
    ['v16-integer-times.json', '1.7', 'sha256-of-jcs', []],
    ['v17-exp-i64-max.json', '1.7', 'sha256-of-jcs', ['UNSAFE_INTEGER']],
  ])('%s has the shape of %s, is signed as %s, and has the findings %j', (file, generation, profile, findings) => {
    const report = verifyTokenBytes(bytesOf(file), loose('2026-11-01T13:28:35Z'));
    expect(report).toMatchObject({ generation, profile, findings });
  });

  it('I6 without a pinned issuer the signature is unchecked, and has no profile', () => {
    const report = verifyTokenBytes(bytesOf('v17-valid.json'), loose('2026-11-01T13:28:35Z', { trust: NO_TRUST }));
    expect(report).toMatchObject({ profile: null, key: null, findings: [] });
    expect(codeOf(report, 'token.signature')).toBe('NO_KEY');
    expect(worstVerdict(report.checks.map((check) => check.verdict))).toBe('unchecked');
  });

  it('I6 names the key of another purpose', () => {
    const report = verifyTokenBytes(bytesOf('v17-gate-key.json'), loose('2026-11-01T13:28:35Z'));
    expect(report.checks[1]).toMatchObject({
      code: 'OTHER_PURPOSE',
      detail: 'Signed with gate, whose purpose is gate, not issuer.',
    });
  });

  it.each([
    ['', 'NOT_JSON'],
    ['{"payload":{},"payload":{},"signature":""}', 'DUPLICATE_MEMBER'],
    ['\ufeff{"payload":{},"signature":""}', 'NOT_JSON'],
    ['"\\ud800"', 'BAD_TEXT'],
    ['[]', 'NOT_A_TOKEN'],
    ['{"payload":{},"signature":1}', 'NOT_A_TOKEN'],
    ['{"signature":""}', 'NOT_A_TOKEN'],
  ])('S49-S53 %s fails its structure with %s, and nothing else is said', (text, code) => {
    const report = verifyTokenBytes(Buffer.from(text), loose('2026-11-01T13:28:35Z'));
    expect(report.checks.map((check) => [check.name, check.verdict, check.code])).toEqual([
      ['token.structure', 'failed', code],
    ]);
  });

  it('S63 quotes an unknown schema with nothing invisible in it, and not at any length', () => {
    const token = JSON.stringify({ payload: { schema: `v9"\u202e${'x'.repeat(500)}` }, signature: '' });
    const [structure] = verifyTokenBytes(Buffer.from(token), loose('2026-11-01T13:28:35Z')).checks;
    expect(structure).toMatchObject({ verdict: 'unchecked', code: 'SCHEMA_UNKNOWN' });
    expect(structure?.detail).toBe(
      `This desk does not know its schema, "v9\\"<RLO 202E>${'x'.repeat(76)}…" (504 characters).`,
    );
  });
});

/** A token made here: `sign` gets the payload's canonical bytes in the form asked for. */
function makeToken(payloadText: string, form: 'rfc8785' | 'serde_jcs' = 'rfc8785', hashed = true): Buffer {
  const payload = readJson(Buffer.from(payloadText));
  if (!payload.ok) throw new Error(payload.message);
  const bytes = canonicalize(payload.value, form);
  const signature = signEd25519(
    fixtureKey('issuer').seed,
    hashed ? createHash('sha256').update(bytes).digest() : bytes,
  );
  return Buffer.from(`{"payload":${payloadText},"signature":"${Buffer.from(signature).toString('hex')}"}`);
}

function payload17(iat: string, exp: string, more = ''): string {
  return `{"schema":"chora.continuation.token.v3.1","execution_target":{"aid":"a","circuit_id":"c","intent_hash":"h"},"iat":${iat},"exp":${exp}${more}}`;
}

describe('a token’s signature', () => {
  const at = '2026-11-01T13:28:35Z';

  it('is found in either canonical form, which is named', () => {
    const more = ',"ab!":1,"ab":2';
    for (const [form, canonicalization] of [
      ['rfc8785', 'rfc8785 only'],
      ['serde_jcs', 'serde_jcs only'],
    ] as const) {
      const report = verifyTokenBytes(makeToken(payload17('1793539115', '1793542715', more), form), loose(at));
      expect(report).toMatchObject({ canonicalization, profile: 'sha256-of-jcs' });
      expect(verdictOf(report, 'token.signature')).toBe('verified');
    }
    const plain = verifyTokenBytes(makeToken(payload17('1793539115', '1793542715')), loose(at));
    expect(plain.canonicalization).toBe('same');
  });

  it('S53 of a rounded integer is none: one signature would be over two lifetimes', () => {
    const rounded = makeToken(payload17('1793539115', '9007199254740993'), 'rfc8785');
    expect(codeOf(verifyTokenBytes(rounded, loose(at)), 'token.signature')).toBe('NOT_SIGNED');
    const exact = makeToken(payload17('1793539115', '9007199254740993'), 'serde_jcs');
    expect(verdictOf(verifyTokenBytes(exact, loose(at)), 'token.signature')).toBe('verified');
    const other = Buffer.from(exact.toString().replace('740993', '740992'));
    expect(codeOf(verifyTokenBytes(other, loose(at)), 'token.signature')).toBe('NOT_SIGNED');
  });

  it('leaves null members out only where they are optional and known', () => {
    const [iat, exp] = ['1793539115', '1793542715'];
    const signed = makeToken(payload17(iat, exp)).toString();
    for (const [more, code] of [
      [',"resolution_event_id":null', 'SIGNED'],
      [',"circuit_id":null', 'NOT_SIGNED'],
      [',"note":null', 'NOT_SIGNED'],
    ] as const) {
      const report = verifyTokenBytes(Buffer.from(signed.replace(`"exp":${exp}`, `"exp":${exp}${more}`)), loose(at));
      expect([more, codeOf(report, 'token.signature')]).toEqual([more, code]);
    }
  });

  it('is judged by the issuer’s validity at iat, not at the instant asked', () => {
    const issuer = { name: 'issuer', purpose: 'issuer', public_hex: fixtureKey('issuer').public_hex } as const;
    const keys = (more: object) => ({ trust: { keys: [{ ...issuer, ...more }], baselines: [] } });
    const token = makeToken(payload17('1793539115', '1793542715'));
    const until = { valid_until: '2026-11-01T13:20:00Z' };
    expect(codeOf(verifyTokenBytes(token, loose(at, keys(until))), 'token.signature')).toBe('SIGNED');
    const before = { valid_until: '2026-11-01T13:18:35Z' };
    expect(codeOf(verifyTokenBytes(token, loose(at, keys(before))), 'token.signature')).toBe('KEY_NO_LONGER_VALID');
    const late = { valid_from: '2026-11-01T13:18:36Z' };
    expect(codeOf(verifyTokenBytes(token, loose(at, keys(late))), 'token.signature')).toBe('KEY_NOT_YET_VALID');
    const first = makeToken(payload17('-9223372036854775808', '1793542715'), 'serde_jcs');
    expect(codeOf(verifyTokenBytes(first, loose(at, keys(late))), 'token.signature')).toBe('KEY_NOT_YET_VALID');
    const timeless = makeToken(payload17('"today"', '1793542715'));
    expect(verifyTokenBytes(timeless, loose(at, keys(late))).checks[1]).toMatchObject({
      verdict: 'unchecked',
      code: 'SIGNED_WHEN_UNKNOWN',
    });
    expect(codeOf(verifyTokenBytes(timeless, loose(at, keys({}))), 'token.signature')).toBe('SIGNED');
  });

  it('no changed byte of a signed token verifies', () => {
    const token = makeToken(payload17('1793539115', '1793542715', ',"note":"für Änderungen"'));
    const holds = (bytes: Uint8Array) =>
      ['token.structure', 'token.signature'].every(
        (name) => verdictOf(verifyTokenBytes(bytes, loose(at)), name) === 'verified',
      );
    expect(holds(token)).toBe(true);
    for (let index = 0; index < token.length; index += 1) {
      for (const bit of [1, 32]) {
        const changed = Buffer.from(token);
        changed[index] = (changed[index] ?? 0) ^ bit;
        expect([index, holds(changed)]).toEqual([index, false]);
      }
    }
  });

  it('takes any JSON for a token without throwing, and verifies none', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.json(), (payload, signature) => {
        const bytes = Buffer.from(`{"payload":${payload},"signature":${signature}}`);
        const { checks } = verifyTokenBytes(bytes, loose(at));
        return worstVerdict(checks.map((check) => check.verdict)) !== 'verified';
      }),
    );
  });
});

describe('a token’s lifetime', () => {
  function lifetime(iat: string, exp: string, at: string) {
    const report = verifyTokenBytes(makeToken(payload17(iat, exp), 'serde_jcs'), loose(at));
    return { code: codeOf(report, 'token.lifecycle'), holdsUntilMs: report.holdsUntilMs };
  }

  it.each([
    ['1.5', '2'],
    ['1', '2e3'],
    ['-0', '2'],
    ['1', '9223372036854775808'],
    ['-9223372036854775809', '2'],
    ['"1"', '2'],
    ['null', '2'],
    ['1', '"2026-11-01T14:18:35Z"'],
  ])('iat %s and exp %s are no whole seconds of 64 bits', (iat, exp) => {
    expect(lifetime(iat, exp, '2026-11-01T13:28:35Z')).toEqual({ code: 'TIME_FORM', holdsUntilMs: null });
  });

  it('reaches over all of i64', () => {
    const now = '2026-11-01T13:28:35Z';
    expect(lifetime('-9223372036854775808', '9223372036854775807', now)).toEqual({ code: 'LIVE', holdsUntilMs: null });
    expect(lifetime('9223372036854775807', '9223372036854775807', now)).toEqual({
      code: 'NOT_YET_VALID',
      holdsUntilMs: null,
    });
    expect(lifetime('-9223372036854775808', '-9223372036854775808', now).code).toBe('EXPIRED');
    expect(lifetime('2', '1', now).code).toBe('ENDS_BEFORE_IT_BEGINS');
  });

  it.each([
    'v17-valid.json',
    'v16-time-nanoseconds.json',
    'v16-time-offset.json',
    'v16-time-leap-second.json',
    'v16-valid.json',
  ])('%s: the answer holds until the millisecond that is named, and changes there', (file) => {
    const json = readJson(bytesOf(file));
    const asked = (millis: number) => {
      const at = instantFromEpochMillis(millis);
      return verifyTokenValue(json.ok ? json.value : null, {
        at: at ?? instant('1970-01-01T00:00:00Z'),
        trust,
        bindTo: null,
      });
    };
    const early = asked(toEpochMillis(instant('2020-01-01T00:00:00Z')));
    expect(codeOf(early, 'token.lifecycle')).toBe('NOT_YET_VALID');
    const opens = early.holdsUntilMs ?? 0;
    expect([opens - 1, opens].map((at) => codeOf(asked(at), 'token.lifecycle'))).toEqual(['NOT_YET_VALID', 'LIVE']);
    const closes = asked(opens).holdsUntilMs ?? 0;
    expect([closes - 1, closes].map((at) => codeOf(asked(at), 'token.lifecycle'))).toEqual(['LIVE', 'EXPIRED']);
    expect(asked(closes).holdsUntilMs).toBeNull();
  });

  it('says when it ends', () => {
    const [, , lifecycle] = verifyTokenBytes(bytesOf('v17-expired.json'), loose('2026-11-02T14:18:35Z')).checks;
    expect(lifecycle?.detail).toBe('The token ended on 1 Nov 2026, 14:18:35 UTC.');
  });
});
