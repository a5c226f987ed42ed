import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupOf, kindsOf, kindWord } from '../../../renderer/features/log/kinds.ts';
import { eventInPlace, eventOf, focusedAt, topFor } from '../../../renderer/features/log/log-query.ts';
import { GROUP_WORDS } from '../../../renderer/features/log/words.ts';
import { EVENT_VERSIONS } from '../../../shared/domain/ledger-event.ts';
import { aRow } from './makers.ts';

const GROUPS = Object.keys(GROUP_WORDS).map((name) => groupOf(name));
const rowsDown = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, n) => ({ seq: `${from - n}` }));

test('each kind of event that is written can be narrowed to, by one group', () => {
  const grouped = GROUPS.flatMap((group) => kindsOf(group) ?? []);
  expect(new Set(grouped).size, 'no kind is in two groups').toBe(grouped.length);
  for (const kind of Object.keys(EVENT_VERSIONS)) expect(grouped).toContain(kind);
  expect(kindsOf('all')).toBeUndefined();
});

test('a group that an address invents is all of them', () => {
  for (const name of [undefined, 'nothing', 'constructor', '__proto__']) expect(groupOf(name)).toBe('all');
  expect(groupOf('claims')).toBe('claims');
});

test('a decision is named by its outcome, all else by its kind', () => {
  expect(kindWord(aRow())).toBe('decision.approved');
  expect(kindWord(aRow({ outcome: null }))).toBe('decision.recorded');
  expect(kindWord(aRow({ kind: 'escalation.recorded', outcome: 'rejected' }))).toBe('escalation.recorded');
});

test('wherever an event stands, the list that is to show it has it among its first rows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (size, part) => {
      const event = Math.min(size - 1, Math.floor(part * size));
      const top = topFor(event, size);
      expect(top).toBeGreaterThan(event);
      expect(top).toBeLessThanOrEqual(size);
      expect(top - event).toBeLessThan(100);
    }),
  );
  expect(topFor(null, 284)).toBe(284);
});

test('only a plain number in an address names an event', () => {
  expect(eventOf('0')).toBe(0);
  expect(eventOf('131')).toBe(131);
  for (const text of [undefined, '', '-1', '01', '1.5', '1e3', 'x', '9'.repeat(30)]) expect(eventOf(text)).toBeNull();
});

test('the focus is on the event, or where a filter hides it on the next older one', () => {
  const rows = rowsDown(20, 11);
  expect(focusedAt(rows, 15)).toBe(5);
  expect(focusedAt([{ seq: '20' }, { seq: '12' }], 15)).toBe(1);
  expect(focusedAt(rows, 3), 'older than all that is loaded').toBe(9);
  expect(focusedAt(rows, null)).toBe(0);
  expect(focusedAt([], 3)).toBe(-1);
});

test('a place of a result leads to its event, where it names one', () => {
  expect(eventInPlace('event 131')).toBe(131);
  expect(eventInPlace('statement of event 7')).toBe(7);
  for (const place of ['checkpoint 277', 'remembered head', 'event', 'events 3'])
    expect(eventInPlace(place)).toBeNull();
});
