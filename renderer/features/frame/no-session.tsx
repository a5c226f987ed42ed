import styles from './notice-page.module.css';
import { FRAME_WORDS } from './words.ts';

/** A browser page that has no session: the secret lives in the desk's process, so only it can give a new link. */
export function NoSession() {
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{FRAME_WORDS.noSession.title}</h1>
      <p className={styles.text}>{FRAME_WORDS.noSession.text}</p>
    </main>
  );
}
