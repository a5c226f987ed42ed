import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  choiceOf,
  firstPage,
  type ListChoice,
  listInput,
  searchOf,
  VERDICT_VIEWS,
} from '../../../renderer/features/queue/list-query.ts';
import { parseSearch, stringifySearch } from '../../../renderer/queries/paths.ts';
import { ListInput, ListSort, ListStatus, ListView } from '../../../shared/contract/queue.ts';

const choice: fc.Arbitrary<ListChoice> = fc
  .record({
    status: fc.constantFrom(...ListStatus.options),
    view: fc.constantFrom(...ListView.options),
    sort: fc.option(fc.constantFrom(...ListSort.options), { nil: undefined }),
    search: fc.string({ maxLength: 40, unit: 'grapheme' }),
    anchor: fc.constantFrom('start', 'end', '2026-11-15T12:00:00.000Z'),
  })
  // The desk lists a verdict of one status at a time.
  .filter(({ status, view }) => status !== 'all' || !VERDICT_VIEWS.includes(view));

describe('a list’s choice stands in its address', () => {
  test('a verdict of all statuses at once is no list: the address is read as all of them', () => {
    expect(choiceOf({ status: 'all', view: 'failed' }, 'active')).toMatchObject({ status: 'all', view: 'all' });
    expect(choiceOf({ view: 'failed' }, 'active')).toMatchObject({ status: 'active', view: 'failed' });
  });

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
