import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../shared/domain/escalation.ts';
import { isSha256Hex } from '../../shared/domain/hex.ts';
import {
  type Command,
  type EscalationState,
  type Ruling,
  sameRuling,
  transition,
} from '../../shared/domain/state-machine.ts';

const HASH = 'ab'.repeat(32);
const EVENT = '00000000-0000-4000-8000-000000000001';

const at = fc.integer({ min: 0, max: 59 }).map((second) => `2026-11-15T12:00:${String(second).padStart(2, '0')}Z`);
const ground = {
  eventId: fc.constantFrom(null, EVENT, 'no uuid'),
  vepHash: fc.constantFrom(null, HASH, HASH.toUpperCase(), 'final-resolution'),
};
const outcome = fc.constantFrom<Outcome>('approved', 'rejected', 'withdrawn', 'expired', 'unknown');
const ofDesk = fc.record({ outcome, source: fc.constant('desk' as const), at, ...ground });
const ofUpstream = fc.record({ outcome, source: fc.constant('upstream' as const), at, ...ground });

const came = (how: 'record' | 'import'): fc.Arbitrary<Command> =>
  fc.oneof(
    fc.record({
      do: fc.constant(how),
      status: fc.constant('ESCALATED' as const),
      timestamp: at,
      ruling: fc.constant(null),
    }),
    fc.record({
      do: fc.constant(how),
      status: fc.constantFrom('RESOLVED' as const, 'EXPIRED' as const),
      timestamp: at,
      ruling: ofUpstream,
    }),
  );
const command: fc.Arbitrary<Command> = fc.oneof(
  came('record'),
  came('import'),
  fc.record({ do: fc.constant('decide' as const), ruling: ofDesk }),
  fc.constant<Command>({ do: 'correct' }),
);
/** Commands of which some come again, at once or late. */
const story = fc
  .array(fc.record({ command, again: fc.boolean() }), { minLength: 1, maxLength: 40 })
  .map((steps) => [
    ...steps.flatMap(({ command: one, again }) => (again ? [one, one] : [one])),
    ...steps.map(({ command: one }) => one),
  ]);

/** Every state that a story goes through, with what the command did. */
function tell(commands: readonly Command[]) {
  let state: EscalationState | null = null;
  return commands.map((one) => {
    const before: EscalationState | null = state;
    const done = transition(before, one);
    state = done.state;
    return { before, command: one, ...done };
  });
}

describe('the states of an escalation', () => {
  test('I3, I8: once decided, status, timestamp and ruling never change again, whatever comes', () => {
    fc.assert(
      fc.property(story, (commands) => {
        for (const { before, state } of tell(commands)) {
          if (before?.ruling == null) continue;
          expect(state).toMatchObject({ status: before.status, timestamp: before.timestamp, ruling: before.ruling });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('I4: what the desk resolves has an event id and a hash of 64 lower-case hex digits; only that', () => {
    fc.assert(
      fc.property(story, (commands) => {
        for (const { state } of tell(commands)) {
          if (state?.ruling?.source !== 'desk') continue;
          const { outcome: said, eventId, vepHash } = state.ruling;
          expect(state.status).toBe(said === 'approved' ? 'RESOLVED' : 'EXPIRED');
          if (said === 'approved') expect([eventId, isSha256Hex(vepHash ?? '')]).toEqual([EVENT, true]);
          else expect([eventId, vepHash]).toEqual([null, null]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a state is final exactly when it has a ruling', () => {
    fc.assert(
      fc.property(story, (commands) => {
        for (const { state } of tell(commands)) {
          if (state !== null) expect(state.ruling !== null).toBe(state.status !== 'ESCALATED');
        }
      }),
    );
  });

  test('I8: no decision is lost: each well-formed one stands or is kept as a dissent', () => {
    fc.assert(
      fc.property(story, (commands) => {
        const steps = tell(commands);
        const last = steps.at(-1)?.state;
        for (const step of steps) {
          if (step.effect !== 'decided' && step.effect !== 'dissented' && step.effect !== 'conflict') continue;
          const said = step.command.do === 'correct' ? null : step.command.ruling;
          expect(isKept(last ?? null, said)).toBe(true);
        }
      }),
    );
  });

  test('what is imported again at once is unchanged, or the same conflict, and leaves no trace', () => {
    fc.assert(
      fc.property(story, came('import'), (commands, one) => {
        const before = tell(commands).at(-1)?.state ?? null;
        const first = transition(before, one);
        const again = transition(first.state, one);
        expect(again.state).toEqual(first.state);
        expect(['unchanged', 'conflict']).toContain(again.effect);
      }),
    );
  });

  test('a refusal without an effect changes nothing', () => {
    fc.assert(
      fc.property(story, (commands) => {
        for (const { before, state, effect, refusal } of tell(commands))
          if (refusal !== null && effect === null) expect(state).toBe(before);
      }),
    );
  });

  test('the refusals by name', () => {
    const active = transition(null, {
      do: 'record',
      status: 'ESCALATED',
      timestamp: '2026-11-15T12:00:00Z',
      ruling: null,
    }).state;
    const rejected: Ruling = {
      outcome: 'rejected',
      source: 'desk',
      at: '2026-11-15T12:00:01Z',
      eventId: null,
      vepHash: null,
    };
    const decided = transition(active, { do: 'decide', ruling: rejected }).state;
    expect(transition(null, { do: 'decide', ruling: rejected }).refusal).toBe('NOT_FOUND');
    expect(transition(null, { do: 'correct' }).refusal).toBe('NOT_FOUND');
    expect(transition(active, { do: 'correct' }).refusal).toBe('CONFLICT');
    expect(
      transition(active, { do: 'record', status: 'ESCALATED', timestamp: rejected.at, ruling: null }).refusal,
    ).toBe('ALREADY_EXISTS');
    expect(transition(active, { do: 'decide', ruling: { ...rejected, outcome: 'unknown' } }).refusal).toBe(
      'INVALID_INPUT',
    );
    expect(transition(decided, { do: 'decide', ruling: rejected })).toMatchObject({
      refusal: 'ALREADY_DECIDED',
      effect: 'dissented',
    });
    expect(transition(decided, { do: 'correct' })).toMatchObject({ refusal: null, effect: 'corrected' });
  });

  test('rulings are the same by outcome, of approvals also by their ground; an unknown outcome by its ground alone', () => {
    const ruling: Ruling = {
      outcome: 'approved',
      source: 'desk',
      at: '2026-11-15T12:00:01Z',
      eventId: EVENT,
      vepHash: HASH,
    };
    expect(sameRuling(ruling, { ...ruling, source: 'upstream', at: '2026-11-15T13:00:00Z' })).toBe(true);
    expect(sameRuling(ruling, { ...ruling, vepHash: 'cd'.repeat(32) })).toBe(false);
    expect(sameRuling(ruling, { ...ruling, outcome: 'unknown' })).toBe(true);
    expect(sameRuling({ ...ruling, outcome: 'rejected' }, { ...ruling, outcome: 'rejected', vepHash: null })).toBe(
      true,
    );
    expect(sameRuling(ruling, { ...ruling, outcome: 'rejected' })).toBe(false);
  });
});

function isKept(state: EscalationState | null, said: Ruling | null): boolean {
  if (state === null || said === null) return false;
  const all = [...(state.ruling === null ? [] : [state.ruling]), ...state.dissents];
  return all.some((kept) => kept.source === said.source && kept.at === said.at && kept.outcome === said.outcome);
}
