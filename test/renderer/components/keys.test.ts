import { expect, test } from 'vitest';
import { keyName } from '../../../renderer/components/keys.ts';

const named = (key: string, mods: Partial<Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>> = {}): string =>
  keyName({ key, shiftKey: false, ctrlKey: false, metaKey: false, ...mods });

test('a key is named as it is bound: letters apart by Shift, signs by what Shift makes of them', () => {
  expect(named('j')).toBe('j');
  expect(named('J', { shiftKey: true })).toBe('shift+j');
  expect(named('J')).toBe('j');
  expect(named('?', { shiftKey: true })).toBe('?');
  expect(named(' ')).toBe('Space');
  expect(named('ArrowDown', { shiftKey: true })).toBe('shift+ArrowDown');
  expect(named('F6', { shiftKey: true })).toBe('shift+F6');
});
