import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkpointCell, verdictCell, witnessCell } from '../../../renderer/features/log/log-cells.ts';
import { aHead, aSignedHead } from './makers.ts';

const NOW = Date.parse('2026-11-16T09:37:00Z');
const progress = { done: 1200, total: 284_000, unit: 'events' };
const verified = (size: string, verdict: 'verified' | 'failed' = 'verified', first: string | null = null) => ({
  at: '2026-11-16T09:36:40Z',
  size,
  verdict,
  first_difference: first,
  accepted: null,
});

test('I6: what was never verified is unchecked, and what came since is not called verified', () => {
  expect(verdictCell(aHead(), null, NOW)).toMatchObject({ verdict: 'unchecked', title: 'Not verified yet' });
  const whole = verdictCell(aHead({ verified: verified('284') }), null, NOW);
  expect(whole).toMatchObject({ verdict: 'verified', title: 'Log verified' });
  expect(whole.note).toMatch(/^284 of 284 leaves, checked /);
  const older = verdictCell(aHead({ verified: verified('280') }), null, NOW);
  expect(older).toMatchObject({ verdict: 'verified', title: 'Verified to event 279' });
  expect(older.note).toMatch(/^280 of 284 leaves/);
});

test('I6: the words “Log verified” stand only over a log that was verified to its end and is the one remembered', () => {
  const sizes = fc.nat({ max: 400 });
  const verdicts = fc.constantFrom('verified' as const, 'failed' as const);
  const states = fc.constantFrom('none' as const, 'agrees' as const, 'rolled-back' as const, 'forked' as const);
  fc.assert(
    fc.property(sizes, sizes, verdicts, states, (size, checked, verdict, remembered) => {
      const head = aHead({ size: `${size}`, verified: verified(`${checked}`, verdict), remembered });
      const cell = verdictCell(head, null, NOW);
      const whole = size === checked && verdict === 'verified' && ['none', 'agrees'].includes(remembered);
      expect(cell.title === 'Log verified').toBe(whole);
      if (verdict === 'failed' || !['none', 'agrees'].includes(remembered)) expect(cell.verdict).toBe('failed');
    }),
  );
});

test('I7: a log that is not the one remembered is said before anything else, a verification under way too', () => {
  const head = aHead({ verified: verified('284'), remembered: 'rolled-back', remembered_detail: 'It is shorter.' });
  expect(verdictCell(head, { progress }, NOW)).toMatchObject({
    verdict: 'failed',
    title: 'Rolled back',
    ground: 'bad',
  });
  expect(verdictCell({ ...head, remembered: 'forked' }, null, NOW)).toMatchObject({ title: 'Another log' });
});

test('a broken log names its first place, a running verification how far it is', () => {
  const broken = aHead({ verified: verified('284', 'failed', 'event 131: It does not match its leaf.') });
  expect(verdictCell(broken, null, NOW)).toMatchObject({
    verdict: 'failed',
    ground: 'bad',
    note: 'event 131: It does not match its leaf.',
  });
  expect(verdictCell(broken, { progress }, NOW)).toMatchObject({ verdict: null, note: '1,200 of 284,000 events' });
  const open = { progress: { ...progress, total: null } };
  expect(verdictCell(broken, open, NOW).note).toBe('1,200 events so far');
});

test('a checkpoint says its size, its age and what stands without one; after a day it is overdue', () => {
  const cell = checkpointCell(aHead({ checkpoint: aSignedHead(), due_since: '2026-11-16T09:13:00Z' }), NOW);
  expect(cell).toMatchObject({ title: 'Checkpoint at 277', ground: 'none' });
  expect(cell.note).toMatch(/· 7 events since$/);
  expect(checkpointCell(aHead({ checkpoint: aSignedHead({ size: '284' }) }), NOW).note).toMatch(/· nothing since$/);
  const late = checkpointCell(aHead({ due_since: '2026-11-15T09:36:59Z' }), NOW);
  expect(late).toMatchObject({ title: 'No checkpoint', ground: 'warn' });
  expect(late.note).toMatch(/^284 events without one · due since /);
});

test('without a witness it says what follows from that; with some it names them', () => {
  expect(witnessCell(aHead({ checkpoint: aSignedHead() }))).toMatchObject({ title: 'No witness' });
  const witnesses = [
    { name: 'oslo', at: '2026-11-16T09:20:00Z' },
    { name: 'bern', at: '2026-11-16T09:21:00Z' },
  ];
  const cell = witnessCell(aHead({ checkpoint: aSignedHead({ witnesses }) }));
  expect(cell).toMatchObject({ title: '2 witnesses', note: 'oslo, bern' });
});
