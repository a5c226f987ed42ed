import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  choiceOf,
  firstPage,
  type ListChoice,
  listInput,
  searchOf,
} from '../../../renderer/features/queue/list-query.ts';
import { parseSearch, stringifySearch } from '../../../renderer/queries/paths.ts';
import { ListInput, ListSort, ListStatus, ListView } from '../../../shared/contract/queue.ts';

const choice: fc.Arbitrary<ListChoice> = fc.record({
  status: fc.constantFrom(...ListStatus.options),
  view: fc.constantFrom(...ListView.options),
  sort: fc.option(fc.constantFrom(...ListSort.options), { nil: undefined }),
  search: fc.string({ maxLength: 40, unit: 'grapheme' }),
  anchor: fc.constantFrom('start', 'end', '2026-11-15T12:00:00.000Z'),
});

describe('a list’s choice stands in its address', () => {
  test('any choice comes back from its address as it was', () => {
    fc.assert(
      fc.property(choice, (given) => {
        const address = stringifySearch(searchOf(given, 'active'));
        expect(choiceOf(parseSearch(address), 'active')).toEqual(given);
      }),
    );
  });

  test('an address that says nothing sensible is the usual list', () => {
    expect(choiceOf({ status: 'OPEN', view: '1', sort: '', search: 7, at: null }, 'active')).toEqual({
      status: 'active',
      view: 'all',
      sort: undefined,
      search: '',
      anchor: 'start',
    });
  });

  test('any choice asks the contract for something that it allows', () => {
    fc.assert(
      fc.property(choice, (given) => {
        const asked = { ...listInput('acme', given, undefined), ...firstPage(given.anchor) };
        expect(ListInput.safeParse(asked).success).toBe(true);
      }),
    );
  });
});
