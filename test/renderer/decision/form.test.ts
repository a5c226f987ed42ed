import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyForm,
  type FormAction,
  type FormState,
  reduceForm,
  toDraft,
} from '../../../renderer/features/decision/form.ts';
import { type FormFacts, missing, toDecision } from '../../../renderer/features/decision/form-rules.ts';
import { DecisionForm } from '../../../shared/contract/decision.ts';

const HASH = 'ab'.repeat(32);
const STAGED = '00000000-0000-4000-8000-000000000001';
const facts: FormFacts = {
  asksUnchecked: true,
  unchecked: ['structure', 'root'],
  past: false,
  codes: ['CALLED_BACK', 'OTHER'],
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

const anOutcome = fc.constantFrom('approved' as const, 'rejected' as const, 'withdrawn' as const, 'expired' as const);
const someText = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constant('ten letters and more'),
);
const aPacket = fc.constantFrom(null, { staged: STAGED, name: 'a.vep', bytes: 10, sha256: HASH, root: null });
const aState: fc.Arbitrary<FormState> = fc.record({
  outcome: anOutcome,
  reasonCode: fc.constantFrom('', 'OTHER', 'CALLED_BACK', 'GONE'),
  reason: fc.oneof(someText, fc.constant('x'.repeat(2001)), fc.constant('\ud800 ends in half a character')),
  resolution: fc.constantFrom('packet' as const, 'hash' as const),
  packet: aPacket,
  vepHash: fc.constantFrom('', HASH, HASH.toUpperCase(), ` ${HASH}\n`, 'cd'.repeat(32), 'zz'),
  eventId: fc.constantFrom('', STAGED, STAGED.toUpperCase(), 'no uuid'),
  acceptsUnchecked: fc.boolean(),
  knowsPast: fc.boolean(),
});
const someFacts: fc.Arbitrary<FormFacts> = fc.record({
  asksUnchecked: fc.boolean(),
  past: fc.boolean(),
  unchecked: fc.constant(facts.unchecked),
  codes: fc.constant(facts.codes),
  requestPackets: fc.constant(facts.requestPackets),
  hiddenCharacters: fc.constantFrom(0, 3),
  changed: fc.boolean(),
});
const anAction: fc.Arbitrary<FormAction> = fc.oneof(
  fc.record({ type: fc.constant('outcome' as const), outcome: anOutcome }),
  fc.record({ type: fc.constant('changed-underneath' as const) }),
  fc.record({ type: fc.constant('edit' as const), fields: fc.record({ reason: someText, knowsPast: fc.boolean() }) }),
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

  test('S69: after any change underneath no tick counts, and nothing can be committed until it is shown', () => {
    fc.assert(
      fc.property(aState, fc.array(anAction), (state, actions) => {
        const before = actions.reduce(reduceForm, state);
        const after = reduceForm(before, { type: 'changed-underneath' });
        expect(after).toEqual({ ...before, acceptsUnchecked: false, knowsPast: false });
        expect(toDecision(after, { ...facts, changed: true })).toBeNull();
      }),
    );
  });

  test('another outcome keeps code and reason and clears what was accepted', () => {
    const changed = reduceForm({ ...ready, knowsPast: true }, { type: 'outcome', outcome: 'rejected' });
    expect(changed).toMatchObject({ outcome: 'rejected', reason: ready.reason, reasonCode: 'OTHER' });
    expect(changed).toMatchObject({ acceptsUnchecked: false, knowsPast: false });
  });

  test('names all that is missing in field order', () => {
    const lacks = missing(emptyForm('approved'), { ...facts, past: true, hiddenCharacters: 16_412, changed: true });
    expect(lacks.map(({ field }) => field)).toEqual(['shown', 'text', 'unchecked', 'past', 'code', 'reason', 'packet']);
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
      typedCheck: 'token.lifecycle',
    };
    expect(toDecision(state, facts)).toEqual({
      outcome: 'approved',
      reason: ready.reason,
      reason_code: 'OTHER',
      accepted_unchecked: ['structure', 'root'],
      resolution: { kind: 'hash', vep_hash: HASH },
      event_id: STAGED,
    });
  });

  test('a draft brings back the text and never a tick or a file', () => {
    fc.assert(
      fc.property(aState, (state) => {
        const restored = reduceForm(emptyForm('rejected'), { type: 'restore', draft: toDraft(state) });
        expect(restored).toMatchObject({ outcome: state.outcome, reason: state.reason.toWellFormed() });
        expect(restored).toMatchObject({ acceptsUnchecked: false, knowsPast: false, packet: null });
      }),
    );
  });
});
