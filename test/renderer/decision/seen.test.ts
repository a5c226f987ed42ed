import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenTracker } from '../../../renderer/features/decision/seen.ts';
import { DecideInput } from '../../../shared/contract/decision.ts';

const A = 'aa'.repeat(32);
const B = 'bb'.repeat(32);
const AT = Date.parse('2026-11-16T09:30:00Z');

test('a view is shown since it came; another one begins anew, the same one does not', () => {
  const tracker = new SeenTracker();
  expect(tracker.tell('1', 0), 'nothing was shown').toBeUndefined();
  tracker.show(A, AT);
  tracker.show(A, AT + 9000);
  expect(tracker.tell('1', 0)?.shown_at).toBe('2026-11-16T09:30:00.000Z');
  tracker.show(B, AT + 60_000);
  expect(tracker.tell('2', 0)?.shown_at).toBe('2026-11-16T09:31:00.000Z');
});

test('the time that each piece was open is added up, the piece that is open now too', () => {
  const tracker = new SeenTracker();
  tracker.show(A, AT);
  tracker.open(A, 1000);
  tracker.open(B, 4000);
  tracker.open(null, 5000);
  tracker.open(A, 9000);
  expect(tracker.tell('1', 9500)?.opened).toEqual([
    { sha256: A, ms: 3500 },
    { sha256: B, ms: 1000 },
  ]);
});

test('one attempt tells the same however often it is sent; the next tells what was read since', () => {
  const tracker = new SeenTracker();
  tracker.show(A, AT);
  tracker.open(A, 0);
  const first = tracker.tell('1', 1000);
  expect(tracker.tell('1', 8000)).toBe(first);
  expect(tracker.tell('2', 8000)?.opened).toEqual([{ sha256: A, ms: 8000 }]);
});

test('whatever is opened, the contract allows what is told', () => {
  const step = fc.record({ piece: fc.option(fc.nat({ max: 1200 })), ms: fc.double({ min: 0, max: 1e6, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const tracker = new SeenTracker();
      tracker.show(A, AT);
      let beat = 0;
      for (const { piece, ms } of steps) {
        beat += ms;
        tracker.open(piece === null ? null : piece.toString(16).padStart(64, '0'), beat);
      }
      expect(DecideInput.shape.seen.safeParse(tracker.tell('1', beat)).success).toBe(true);
    }),
  );
});
