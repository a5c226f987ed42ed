import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import type { ListSort, ListStatus, ListView } from '../../../shared/contract/queue.ts';
import { Button } from '../../components/button.tsx';
import bar from '../../components/list-bar.module.css';
import { errorFacts } from '../../queries/errors.ts';
import styles from './list-page.module.css';
import { type ListChoice, type ListKind, sortOf, VERDICT_VIEWS } from './list-query.ts';
import type { Claims } from './use-list-keys.ts';
import type { RowsInHand } from './use-rows.ts';
import { QUEUE_WORDS as WORDS } from './words.ts';

interface ListBarProps {
  readonly kind: ListKind;
  readonly choice: ListChoice;
  readonly hand: RowsInHand;
  readonly claims: Claims;
  readonly onChoose: (next: Partial<ListChoice>) => void;
}

/** Filter, order and jumps; with rows selected, what can be done with them. */
export function ListBar({ kind, choice, hand, claims, onChoose }: ListBarProps) {
  return (
    <div className={bar.bar}>
      {hand.selected.size > 0 ? (
        <Selection count={hand.selected.size} claims={claims} onClear={() => hand.acts.select([])} />
      ) : (
        <Choices kind={kind} choice={choice} onChoose={onChoose} />
      )}
      {claims.error != null && (
        <span className={styles.problem} role="alert">
          {errorFacts(claims.error).message}
        </span>
      )}
    </div>
  );
}

function Selection({ count, claims, onClear }: { count: number; claims: Claims; onClear: () => void }) {
  return (
    <>
      <strong>{WORDS.selected(count)}</strong>
      <Button height="small" onClick={() => claims.claim(claims.selected())}>
        {WORDS.claim}
      </Button>
      <Button height="small" onClick={() => claims.release(claims.selected())}>
        {WORDS.release}
      </Button>
      <Button height="small" look="link" onClick={onClear}>
        {WORDS.clear}
      </Button>
    </>
  );
}

const QUEUE_SORTS: readonly ListSort[] = ['deadline', 'oldest', 'newest'];
const SORTS: { readonly [status in ListStatus]: readonly ListSort[] } = {
  active: QUEUE_SORTS,
  all: ['newest', 'oldest'],
  resolved: ['decided', 'newest', 'oldest'],
  expired: ['decided', 'newest', 'oldest'],
};

function Choices({ kind, choice, onChoose }: Omit<ListBarProps, 'hand' | 'claims'>) {
  const sorts = SORTS[choice.status];
  const byVerdict = VERDICT_VIEWS.includes(choice.view);
  return (
    <>
      {kind === 'queue' ? (
        <Choice
          id="list-filter"
          label={WORDS.filter}
          value={byVerdict ? 'all' : choice.view}
          names={WORDS.view}
          onChange={(view) => onChoose({ view: view as ListView })}
        />
      ) : (
        <Choice
          id="list-filter"
          label={WORDS.status}
          value={choice.status}
          names={WORDS.statuses}
          onChange={(status) => onChoose({ status: status as ListStatus, sort: undefined })}
        />
      )}
      {choice.status === 'all' ? (
        <span className={styles.off}>{WORDS.evidenceOff}</span>
      ) : (
        <Choice
          label={WORDS.evidence}
          value={byVerdict ? choice.view : 'all'}
          names={WORDS.verdicts}
          onChange={(view) => onChoose({ view: view as ListView })}
        />
      )}
      <Choice
        label={WORDS.sort}
        value={sortOf(choice)}
        names={Object.fromEntries(sorts.map((sort) => [sort, WORDS.sorts[sort]]))}
        onChange={(sort) => onChoose({ sort: sort as ListSort })}
      />
      <span className={styles.space} />
      <Jumps choice={choice} onChoose={onChoose} />
    </>
  );
}

/** The ways into the midst of a list and to its ends. */
function Jumps({ choice, onChoose }: Pick<ListBarProps, 'choice' | 'onChoose'>) {
  return (
    <span className={styles.jumps}>
      <label className={bar.choice}>
        {WORDS.goToDate}
        <input
          type="date"
          value={choice.anchor.length > 10 ? choice.anchor.slice(0, 10) : ''}
          onChange={({ target }) => onChoose({ anchor: startOfDay(target.value) })}
        />
      </label>
      <Button height="small" onClick={() => onChoose({ anchor: 'start' })}>
        {WORDS.first}
      </Button>
      <Button height="small" onClick={() => onChoose({ anchor: 'end' })}>
        {WORDS.last}
      </Button>
    </span>
  );
}

/** A day of the reader's zone as the instant it begins at. */
function startOfDay(day: string): string {
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.getTime()) ? 'start' : at.toISOString();
}

interface ChoiceProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly names: { readonly [value: string]: string };
  readonly onChange: (value: string) => void;
}

function Choice({ id: given, label, value, names, onChange }: ChoiceProps) {
  const own = useId();
  const id = given ?? own;
  const data = Object.entries(names).map(([name, words]) => ({ value: name, label: words }));
  return (
    <label className={bar.choice} htmlFor={id}>
      {label}
      <NativeSelect id={id} size="xs" data={data} value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}
