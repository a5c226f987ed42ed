import { Kbd } from '../../components/kbd.tsx';
import bar from '../../components/list-bar.module.css';
import styles from './log.module.css';
import { words } from './words.ts';

/** How much is loaded of how much, and the keys that work here. */
export function LogFoot({ shown, size, filtered }: { shown: number; size: number; filtered: boolean }) {
  return (
    <div className={bar.foot}>
      <span>{filtered ? words.shownOfKind(shown) : words.shown(shown, size)}</span>
      <span className={styles.space} />
      <span className={bar.keys} aria-hidden="true">
        <Kbd>J</Kbd> <Kbd>K</Kbd> {words.keys.move} <Kbd>Enter</Kbd> {words.keys.open} <Kbd>?</Kbd> {words.keys.all}
      </span>
    </div>
  );
}
