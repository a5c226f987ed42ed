import styles from './hash.module.css';

/** A hash, id or other machine word: mono, never translated, cut in its middle where `short`; the whole on hover. */
export function Hash({ value, short = false }: { value: string; short?: boolean }) {
  const shown = short && value.length > 16 ? `${value.slice(0, 8)}…${value.slice(-4)}` : value;
  return (
    <code className={styles.hash} title={value} translate="no" dir="ltr">
      {shown}
    </code>
  );
}
