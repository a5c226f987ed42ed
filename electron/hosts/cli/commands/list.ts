import { type ListSort, ListSort as Sorts, ListStatus as Statuses } from '../../../../shared/contract/queue.ts';
import { escalationJson } from '../../../../shared/domain/escalation-json.ts';
import { countOf, oneOf, textOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { SUMMARY_HEADS, summaryRow } from '../summary.ts';

export const list: Command = {
  name: 'list',
  summary: 'lists escalations',
  help: `list [--status active|resolved|expired|all] [--search TEXT] [--sort deadline|oldest|newest|decided]
     [--limit N] [--cursor CURSOR]

Example: list --tenant acme --status all --search "wire transfer" --limit 20 --json`,
  options: {
    status: { type: 'string' },
    search: { type: 'string' },
    sort: { type: 'string' },
    limit: { type: 'string' },
    cursor: { type: 'string' },
  },
  store: 'existing',
  async run({ terminal, values, positionals }, open) {
    if (positionals.length > 0) throw usageError('list takes no arguments beside its options.');
    const query = {
      status: oneOf(values, 'status', Statuses.options) ?? 'active',
      ...given('sort', oneOf<ListSort>(values, 'sort', Sorts.options)),
      ...given('search', textOf(values, 'search')),
      ...given('limit', countOf(values, 'limit')),
      ...given('cursor', textOf(values, 'cursor')),
    };
    const session = await open();
    const page = await session.client.queue.list_in_full({ ...query, tenant: await session.tenant() });
    if (terminal.json) {
      for (const row of page.rows) terminal.document(escalationJson(row));
      if (page.next_cursor !== null) terminal.document(JSON.stringify({ next_cursor: page.next_cursor }));
      return 0;
    }
    terminal.table([SUMMARY_HEADS, ...page.rows.map(summaryRow)]);
    if (page.next_cursor !== null) terminal.note(`There is more: --cursor ${page.next_cursor}`);
    return 0;
  },
};

function given<N extends string, T>(name: N, value: T | undefined): { [name in N]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [name in N]: T });
}
