import { Link } from '../../components/link.tsx';
import styles from './notice-page.module.css';
import { FRAME_WORDS } from './words.ts';

/** An address that names no screen. */
export function NotFound() {
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{FRAME_WORDS.notFound.title}</h1>
      <Link to="/">{FRAME_WORDS.notFound.back}</Link>
    </main>
  );
}
