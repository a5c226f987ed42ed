import { IconFileExport, IconSearch } from '@tabler/icons-react';
import { type RefObject, useEffect, useState } from 'react';
import type { ListSort } from '../../../shared/contract/queue.ts';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useGo } from '../../components/link.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useCounts } from '../../queries/counts.ts';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { countText } from '../frame/nav-row.tsx';
import { ImportButton } from '../imports/import-button.tsx';
import { focusRow } from './grid.tsx';
import styles from './list-page.module.css';
import type { ListChoice, ListKind } from './list-query.ts';
import { QUEUE_WORDS as WORDS } from './words.ts';

interface ListHeadProps {
  readonly kind: ListKind;
  readonly tenant: string;
  readonly order: ListSort;
  readonly choice: ListChoice;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onChoose: (next: Partial<ListChoice>) => void;
}

/** Title, one sentence of counts, search, and the list's own action. */
export function ListHead({ kind, tenant, order, choice, searchBox, scroller, onChoose }: ListHeadProps) {
  const counts = useCounts(tenant);
  const sentence =
    counts === undefined
      ? ''
      : kind === 'queue'
        ? WORDS.open(countText(counts.active), WORDS.order[order])
        : WORDS.inLedger(
            countText(counts.active + counts.resolved + counts.expired),
            countText(counts.active),
            countText(counts.resolved + counts.expired),
          );
  return (
    <PageHead title={WORDS.title[kind]} note={sentence}>
      <SearchBox
        label={kind === 'queue' ? WORDS.searchQueue : WORDS.searchLedger}
        value={choice.search}
        box={searchBox}
        onSearch={(search) => onChoose({ search })}
        onLeave={() => focusRow(scroller.current)}
      />
      {kind === 'queue' ? <ImportButton /> : <ExportButton tenant={tenant} />}
    </PageHead>
  );
}

function ExportButton({ tenant }: { tenant: string }) {
  const go = useGo();
  const place = usePlace();
  return (
    <Button icon={IconFileExport} onClick={() => go(`${paths.exports(place, tenant)}?new=1`)}>
      {WORDS.exportAll}
    </Button>
  );
}

const SEARCH_MS = 150;

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly box: RefObject<HTMLInputElement | null>;
  readonly onSearch: (search: string) => void;
  readonly onLeave: () => void;
}

/** Searches a moment after the last key; Escape clears it, then leaves; Enter and ↓ go to the list. */
function SearchBox({ label, value, box, onSearch, onLeave }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onSearch(typed), SEARCH_MS);
    return () => clearTimeout(timer);
  });
  const keys = (event: React.KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (typed === '') onLeave();
      else onSearch('');
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <label className={styles.search}>
      <IconSearch size={16} aria-hidden="true" />
      <input
        ref={box}
        type="search"
        value={typed}
        maxLength={500}
        placeholder={label}
        aria-label={label}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={keys}
      />
      <Kbd>/</Kbd>
    </label>
  );
}
