import styles from './kbd.module.css';

/** A key's cap, as help beside what the key does. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
