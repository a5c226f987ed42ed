import { expect, test } from 'vitest';
import { refusedWords } from '../../../renderer/features/decision/refused-words.ts';

const said = (code: Parameters<typeof refusedWords>[0]['code'], details: Record<string, unknown>) =>
  refusedWords({ code, message: 'As the desk says it.', details });

test('a refusal for failed checks names each once and says both ways on', () => {
  const failed = [{ check: 'signature' }, { check: 'pcrs' }, { check: 'signature' }];
  expect(said('INTEGRITY_FAILED', { failed })).toMatch(/signature, pcrs failed.*Type each name.*or reject/);
  expect(said('INTEGRITY_FAILED', { failed: 'all' })).toBe('As the desk says it.');
  const useless = { check: 'root', failed: [{ check: 'root' }] };
  expect(said('INTEGRITY_FAILED', useless), 'what no name overrides is not to be typed').toBe('As the desk says it.');
});

test('a locked key, a lost one and a changed view each have a way out', () => {
  expect(said('UNAUTHORIZED', { locked: true })).toMatch(/Unlock the key below/);
  expect(said('UNAUTHORIZED', { lost: true })).toMatch(/Settings, or attach a packet/);
  expect(said('CONFLICT', { view_sha256: 'ab' })).toMatch(/Look at what changed/);
  expect(said('CONFLICT', {})).toBe('As the desk says it.');
});
