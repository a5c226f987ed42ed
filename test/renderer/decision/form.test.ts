import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AttachedPacket,
  emptyForm,
  type FormAction,
  type FormState,
  reduceForm,
  toDraft,
} from '../../../renderer/features/decision/form.ts';
import { asksPast, type FormFacts, missing, toDecision } from '../../../renderer/features/decision/form-rules.ts';
import { checkKey, refusedFor } from '../../../renderer/features/decision/overrides.ts';
import { resolutionOf } from '../../../renderer/features/decision/sealing.ts';
import { DecisionForm } from '../../../shared/contract/decision.ts';
import { aCheck, aReport } from '../escalation/opened.ts';
import { anOwnKey } from '../keys/makers.ts';

const HASH = 'ab'.repeat(32);
const STAGED = '00000000-0000-4000-8000-000000000001';
const SIGNATURE = { of: 'request', name: 'signature', detail: 'No pinned key made it.' } as const;
const OPEN_KEY = anOwnKey({ state: 'unlocked' });
const facts: FormFacts = {
  key: null,
  cannotSeal: null,
  failed: [],
  beingVerified: false,
  asksUnchecked: true,
  unchecked: ['structure', 'root'],
  waived: [],
  past: false,
  codes: ['CALLED_BACK', 'EXCEPTION_APPROVED', 'OTHER'],
  overrideCodes: ['EXCEPTION_APPROVED', 'OTHER'],
  requestPackets: ['cd'.repeat(32)],
  hiddenCharacters: 0,
  changed: false,
};
const ready: FormState = {
  ...emptyForm('approved'),
  reasonCode: 'OTHER',
  reason: 'Checked against the purchase order.',
  resolution: 'hash',
  vepHash: HASH,
  acceptsUnchecked: true,
};
/** A packet of another escalation: all holds but what it is for. */
const ofAnother: AttachedPacket = {
  staged: STAGED,
  name: 'a.vep',
  bytes: 10,
  sha256: HASH,
  root: null,
  report: aReport({
    role: 'resolution',
    checks: [
      aCheck({ name: 'structure' }),
      aCheck({ name: 'escalation', verdict: 'failed', detail: 'It names esc-2.' }),
    ],
  }),
};
const typed = (state: FormState, check: Parameters<typeof checkKey>[0], text: string = check.name): FormState =>
  reduceForm(state, { type: 'type-check', check: checkKey(check), text });

const anOutcome = fc.constantFrom('approved' as const, 'rejected' as const, 'withdrawn' as const, 'expired' as const);
const someText = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constant('ten letters and more'),
);
const aPacket = fc.constantFrom(null, { ...ofAnother, report: null }, ofAnother);
const someTyped = fc.constantFrom({}, { 'request signature': 'signature' }, { 'packet escalation': ' escalation ' });
const aState: fc.Arbitrary<FormState> = fc.record({
  outcome: anOutcome,
  reasonCode: fc.constantFrom('', 'OTHER', 'CALLED_BACK', 'EXCEPTION_APPROVED', 'GONE'),
  reason: fc.oneof(someText, fc.constant('x'.repeat(2001)), fc.constant('\ud800 ends in half a character')),
  resolution: fc.constantFrom('seal' as const, 'packet' as const, 'hash' as const, 'none' as const, null),
  packet: aPacket,
  vepHash: fc.constantFrom('', HASH, HASH.toUpperCase(), ` ${HASH}\n`, 'cd'.repeat(32), 'zz'),
  eventId: fc.constantFrom('', STAGED, STAGED.toUpperCase(), 'no uuid'),
  acceptsUnchecked: fc.boolean(),
  knowsPast: fc.boolean(),
  typedChecks: someTyped,
});
const someFacts: fc.Arbitrary<FormFacts> = fc.record({
  key: fc.constantFrom(null, OPEN_KEY, anOwnKey({ state: 'locked' }), anOwnKey({ state: 'lost' })),
  cannotSeal: fc.constantFrom(null, 'There is no packet whose intent can be taken over.'),
  failed: fc.constantFrom([], [SIGNATURE]),
  beingVerified: fc.boolean(),
  overrideCodes: fc.constant(facts.overrideCodes),
  asksUnchecked: fc.boolean(),
  past: fc.boolean(),
  unchecked: fc.constant(facts.unchecked),
  waived: fc.constantFrom([], ['pcrs']),
  codes: fc.constant(facts.codes),
  requestPackets: fc.constant(facts.requestPackets),
  hiddenCharacters: fc.constantFrom(0, 3),
  changed: fc.boolean(),
});
const anAction: fc.Arbitrary<FormAction> = fc.oneof(
  fc.record({ type: fc.constant('outcome' as const), outcome: anOutcome }),
  fc.record({ type: fc.constant('changed-underneath' as const) }),
  fc.record({ type: fc.constant('edit' as const), fields: fc.record({ reason: someText, knowsPast: fc.boolean() }) }),
  fc.record({ type: fc.constant('type-check' as const), check: fc.constant('request signature'), text: someText }),
);

describe('the decision form', () => {
  test('commits nothing that the contract refuses, and all that lacks nothing (I4)', () => {
    fc.assert(
      fc.property(aState, someFacts, (state, given) => {
        const decision = toDecision(state, given);
        expect(decision === null).toBe(missing(state, given).length > 0);
        if (decision !== null) expect(DecisionForm.safeParse(decision).success).toBe(true);
      }),
    );
  });

  test('S69: after any change underneath no tick and no typed name counts, and nothing can be committed until it is shown', () => {
    fc.assert(
      fc.property(aState, fc.array(anAction), (state, actions) => {
        const before = actions.reduce(reduceForm, state);
        const after = reduceForm(before, { type: 'changed-underneath' });
        expect(after).toEqual({ ...before, acceptsUnchecked: false, knowsPast: false, typedChecks: {} });
        expect(toDecision(after, { ...facts, changed: true })).toBeNull();
      }),
    );
  });

  test('another outcome keeps code and reason and clears what was accepted', () => {
    const before = typed({ ...ready, knowsPast: true }, SIGNATURE);
    const changed = reduceForm(before, { type: 'outcome', outcome: 'rejected' });
    expect(changed).toMatchObject({ outcome: 'rejected', reason: ready.reason, reasonCode: 'OTHER' });
    expect(changed).toMatchObject({ acceptsUnchecked: false, knowsPast: false, typedChecks: {} });
  });

  test('names all that is missing in field order', () => {
    const all = { ...facts, past: true, hiddenCharacters: 16_412, changed: true, failed: [SIGNATURE] };
    const lacks = missing(emptyForm('approved'), all).map(({ field }) => field);
    expect(lacks).toEqual(['shown', 'text', 'check', 'unchecked', 'past', 'code', 'reason', 'packet']);
    expect(missing(emptyForm('rejected'), facts).map(({ field }) => field)).toEqual(['code', 'reason']);
  });

  test('an expiry needs no words; the others need a reason of 10 characters', () => {
    expect(toDecision(emptyForm('expired'), { ...facts, past: true })).toEqual({ outcome: 'expired' });
    const short = { ...ready, reason: 'x'.repeat(9) };
    expect(missing(short, facts)).toEqual([{ field: 'reason', lack: 'reason-short' }]);
  });

  test('counts characters, not code units: 2,000 of them fit whatever they are', () => {
    expect(missing({ ...ready, reason: '𝔘'.repeat(2000) }, facts)).toEqual([]);
    expect(missing({ ...ready, reason: '𝔘'.repeat(2001) }, facts)).toEqual([{ field: 'reason', lack: 'reason-long' }]);
  });

  test('refuses the request’s own packet as its resolution', () => {
    const own = { ...ready, vepHash: 'CD'.repeat(32) };
    expect(missing(own, facts)).toEqual([{ field: 'hash', lack: 'hash-of-request' }]);
  });

  test('sends a typed hash and event id in lower case, and by name what was accepted unchecked', () => {
    const state = {
      ...ready,
      vepHash: ` ${HASH.toUpperCase()} `,
      eventId: STAGED.toUpperCase(),
    };
    expect(toDecision(state, facts)).toEqual({
      outcome: 'approved',
      reason: ready.reason,
      reason_code: 'OTHER',
      overrides: [],
      accepted_unchecked: ['structure', 'root'],
      resolution: { kind: 'hash', vep_hash: HASH },
      event_id: STAGED,
    });
  });

  test('no tick is asked for where all that stands unchecked is waived, and nothing is said to be accepted by one', () => {
    const unticked = { ...ready, acceptsUnchecked: false };
    expect(missing(unticked, facts)).toEqual([{ field: 'unchecked', lack: 'unchecked-not-accepted' }]);
    const waived = { ...facts, asksUnchecked: false, unchecked: [], waived: ['pcrs'] };
    expect(missing(unticked, waived)).toEqual([]);
    expect(toDecision(unticked, waived)).toMatchObject({ accepted_unchecked: [] });
    // A tick names what it says: what is waived beside it is the desk's to add, by the settings in force then.
    const partly = { ...facts, unchecked: ['stark'], waived: ['pcrs'] };
    expect(missing(unticked, partly)).toEqual([{ field: 'unchecked', lack: 'unchecked-not-accepted' }]);
    expect(toDecision(ready, partly)).toMatchObject({ accepted_unchecked: ['stark'] });
  });

  test('a failed check is overridden by its name alone, with a code for overrides and 30 characters', () => {
    const failed = { ...facts, failed: [SIGNATURE] };
    const long = { ...ready, reasonCode: 'EXCEPTION_APPROVED', reason: 'x'.repeat(30) };
    for (const text of ['', 'yes', 'signat', 'Signature', 'signature.']) {
      expect(missing(typed(long, SIGNATURE, text), failed), text).toEqual([
        { field: 'check', lack: 'check-not-typed' },
      ]);
    }
    expect(toDecision(typed(long, SIGNATURE), failed)).toMatchObject({ overrides: ['signature'] });
    const short = typed({ ...long, reason: 'x'.repeat(29), reasonCode: 'CALLED_BACK' }, SIGNATURE);
    expect(missing(short, failed).map(({ lack }) => lack)).toEqual(['code-no-override', 'reason-short-override']);
    expect(toDecision({ ...short, outcome: 'rejected' }, failed)).not.toHaveProperty('overrides');
  });

  test('a dead token is overridden by name and asks for no tick beside', () => {
    const dead = { ...facts, past: true, failed: [{ ...SIGNATURE, name: 'token.lifecycle' }] };
    expect(asksPast({ ...facts, past: true })).toBe(true);
    expect(asksPast(dead)).toBe(false);
  });

  test('a packet of another escalation is taken only by that check’s name; one without structure or root never', () => {
    const state = { ...ready, resolution: 'packet' as const, packet: ofAnother };
    const check = { of: 'packet', name: 'escalation', detail: '' } as const;
    expect(missing(state, facts)).toEqual([{ field: 'packet-check', lack: 'packet-check-not-typed' }]);
    expect(missing(typed(state, { ...check, of: 'request' }), facts), 'each check has its own field').toHaveLength(1);
    expect(toDecision(typed(state, check), facts)).toMatchObject({ overrides: ['escalation'] });
    for (const name of ['structure', 'root'] as const) {
      expect(refusedFor(aReport({ checks: [aCheck({ name, verdict: 'failed' })] }))).toBe(name);
    }
    expect(refusedFor(ofAnother.report)).toBeNull();
  });

  test('sealing is the usual choice once a key is there, names that key, and waits until it is open', () => {
    const state = { ...ready, resolution: null };
    expect(resolutionOf(state, facts)).toBe('packet');
    expect(toDecision(state, { ...facts, key: OPEN_KEY })).toMatchObject({
      resolution: { kind: 'seal', key_id: OPEN_KEY.key_id },
    });
    const locked = { ...facts, key: anOwnKey({ state: 'locked' }) };
    expect(missing(state, locked)).toEqual([{ field: 'seal', lack: 'key-locked' }]);
    expect(missing({ ...state, resolution: 'hash' }, locked)).toEqual([]);
    expect(resolutionOf(state, { ...facts, key: anOwnKey({ state: 'lost' }) })).toBe('packet');
    expect(resolutionOf(state, { ...facts, key: OPEN_KEY, cannotSeal: 'No intent.' })).toBe('packet');
  });

  test('a rejection is sealed too where that can be done, and can be left without a packet', () => {
    const rejection = { ...ready, outcome: 'rejected' as const, resolution: null };
    const withKey = { ...facts, key: OPEN_KEY };
    expect(toDecision(rejection, withKey)).toMatchObject({ seal: { key_id: OPEN_KEY.key_id } });
    expect(toDecision({ ...rejection, resolution: 'none' }, withKey)).not.toHaveProperty('seal');
    expect(toDecision(rejection, facts)).not.toHaveProperty('seal');
  });

  test('evidence that is being verified is not approved (I6)', () => {
    expect(missing(ready, { ...facts, beingVerified: true })).toEqual([{ field: 'shown', lack: 'being-verified' }]);
    expect(missing({ ...ready, outcome: 'withdrawn' }, { ...facts, beingVerified: true })).toEqual([]);
  });

  test('a draft brings back the text and never a tick or a file', () => {
    fc.assert(
      fc.property(aState, (state) => {
        const restored = reduceForm(emptyForm('rejected'), { type: 'restore', draft: toDraft(state) });
        expect(restored).toMatchObject({ outcome: state.outcome, reason: state.reason.toWellFormed() });
        expect(restored).toMatchObject({ acceptsUnchecked: false, knowsPast: false, typedChecks: {}, packet: null });
      }),
    );
  });
});
