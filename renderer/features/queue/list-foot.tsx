import { Kbd } from '../../components/kbd.tsx';
import bar from '../../components/list-bar.module.css';
import { clockText } from '../../components/time.ts';
import { errorFacts } from '../../queries/errors.ts';
import styles from './list-page.module.css';
import type { ListKind } from './list-query.ts';
import type { ListOnScreen } from './use-list.ts';
import { QUEUE_WORDS as WORDS } from './words.ts';

/** How much is loaded of how much, as of when; and the keys that work here. */
export function ListFoot({ list, rows, kind }: { list: ListOnScreen; rows: number; kind: ListKind }) {
  const total = list.total.exact ? WORDS.exactly(list.total.n) : WORDS.atLeast(list.total.n);
  const time = list.asOf === undefined ? null : clockText(list.asOf);
  return (
    <div className={bar.foot}>
      {time !== null && (
        <span>
          {WORDS.shownOf(rows, total)} · {list.error === null ? WORDS.countedAt(time) : WORDS.staleSince(time)}
        </span>
      )}
      {list.error !== null && list.shown !== null && (
        <span className={styles.problem} role="alert">
          {errorFacts(list.error).message}
        </span>
      )}
      <span className={styles.space} />
      <span className={bar.keys} aria-hidden="true">
        <Kbd>J</Kbd> <Kbd>K</Kbd> {WORDS.keys.move} <Kbd>Enter</Kbd> {WORDS.keys.open}
        {kind === 'queue' && (
          <>
            {' '}
            <Kbd>X</Kbd> {WORDS.keys.select} <Kbd>C</Kbd> {WORDS.keys.claim}
          </>
        )}{' '}
        <Kbd>?</Kbd> {WORDS.keys.all}
      </span>
    </div>
  );
}
