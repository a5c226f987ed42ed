import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconInbox, IconListSearch, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useGo } from '../../components/link.tsx';
import { numberText } from '../../components/numbers.ts';
import { outcomeSign, Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { useCommands } from './commands.ts';
import styles from './palette.module.css';
import { selectFirst } from './select-first.ts';
import { PALETTE_WORDS as WORDS } from './words.ts';

const [store, palette] = createSpotlight();
const HITS = 4;
const ROWS = 8;

/** Opens the palette; Ctrl/Cmd+K does. */
export const openPalette = (): void => palette.open();

/** Go and do: escalations first, then commands. A decision is never made from here. */
export function Palette({ tenant, onHelp }: { tenant: string | null; onHelp: () => void }) {
  const [typed, setTyped] = useState('');
  const words = typed.trim();
  const go = useGo();
  const { place } = useDesk();
  const commands = useCommands(tenant, onHelp);
  const hits = useHits(tenant, words);
  const firstHit = hits.rows[0];
  const fitting = commands.filter(({ name }) => WORDS.command[name].toLowerCase().includes(words.toLowerCase()));
  const first = firstHit ?? fitting[0]?.name ?? words;
  // Also when the last hit went: Enter must always have a row to act on.
  useEffect(() => {
    if (words !== '' && first !== '') selectFirst(store);
  }, [words, first]);
  const room = ROWS - hits.rows.length - (words === '' ? 0 : 1);
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      size={640}
      yOffset={96}
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0 }}
      transitionProps={{ duration: 120, transition: 'fade' }}
      attributes={{ content: { 'aria-label': WORDS.placeholder } }}
    >
      <Spotlight.Search placeholder={WORDS.placeholder} leftSection={<IconSearch size={18} />} />
      <Spotlight.ActionsList>
        {hits.rows.length > 0 && (
          <Spotlight.ActionsGroup label={WORDS.escalations(hits.rows.length, hits.total)}>
            {hits.rows.map((row) => (
              <Hit
                key={`${row.event} ${row.id}`}
                row={row}
                onOpen={() => tenant !== null && go(paths.escalation(place, tenant, row.id, row.event))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        <Spotlight.ActionsGroup label={WORDS.commands}>
          {fitting.slice(0, Math.max(1, room)).map(({ name, keys, run }) => (
            <Spotlight.Action key={name} onClick={run} className={styles.action ?? ''}>
              <span className={styles.words}>{WORDS.command[name]}</span>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Spotlight.Action>
          ))}
          {words !== '' && tenant !== null && (
            <Spotlight.Action
              onClick={() => go(paths.ledger(place, tenant, { search: words }))}
              className={styles.action ?? ''}
            >
              <IconListSearch size={16} aria-hidden="true" />
              <span className={styles.words}>{WORDS.searchLedger(words)}</span>
            </Spotlight.Action>
          )}
        </Spotlight.ActionsGroup>
      </Spotlight.ActionsList>
      <div className={styles.foot}>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {WORDS.move} <Kbd>↵</Kbd> {WORDS.open}
        <span className={styles.space} />
        {WORDS.never}
      </div>
    </Spotlight.Root>
  );
}

const WAIT_MS = 120;

function useHits(tenant: string | null, words: string): { rows: readonly QueueRow[]; total: string } {
  const { q } = useDesk();
  const [search] = useDebouncedValue(words, WAIT_MS);
  const input = { tenant: tenant ?? '-', status: 'all' as const, search, limit: HITS };
  const { data } = useQuery(q.queue.list.queryOptions({ input, enabled: tenant !== null && search !== '' }));
  if (data === undefined || words === '') return { rows: [], total: '0' };
  return { rows: data.rows, total: `${numberText(data.total.n)}${data.total.exact ? '' : '+'}` };
}

function Hit({ row, onOpen }: { row: QueueRow; onOpen: () => void }) {
  return (
    <Spotlight.Action onClick={onOpen} className={styles.action ?? ''}>
      <span className={styles.glyph}>
        {row.decision === null ? (
          <IconInbox size={16} aria-hidden="true" />
        ) : (
          <Sign name={outcomeSign(row.decision.outcome)} size={16} />
        )}
      </span>
      <span className={styles.hit}>
        <AgentLine text={row.action ?? row.id} className={styles.strong ?? ''} /> <AgentLine text={row.target ?? ''} />
      </span>
      {row.amount !== null && <Amount amount={row.amount} />}
      <Sign name={row.evidence.verdict} />
    </Spotlight.Action>
  );
}
