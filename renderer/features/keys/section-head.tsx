import type { ReactNode } from 'react';
import styles from './keys.module.css';

/** The head of one list: what it is, a quiet sentence, what can be added. */
export function SectionHead({ title, note, children }: { title: string; note: string; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <div>
        <h2>{title}</h2>
        <p className={styles.quiet}>{note}</p>
      </div>
      <div className={styles.headActs}>{children}</div>
    </div>
  );
}
