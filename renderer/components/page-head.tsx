import { type ReactNode, useEffect } from 'react';
import styles from './page-head.module.css';

interface PageHeadProps {
  readonly title: string;
  /** One quiet sentence. */
  readonly note?: ReactNode;
  /** Actions, at the end. */
  readonly children?: ReactNode;
}

/** The head of a screen: its one h1, a sentence, its actions. */
export function PageHead({ title, note, children }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · VEX Review Desk`;
  }, [title]);
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.note}>{note}</p>
      <div className={styles.actions}>{children}</div>
    </header>
  );
}
