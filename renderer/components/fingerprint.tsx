import styles from './fingerprint.module.css';

interface FingerprintProps {
  /** SHA-256 of the public key, 64 hex digits. */
  readonly value: string;
  /** Groups of four that are shown: 2 on a bar, 4 in rows. */
  readonly groups?: number;
}

/** The beginning of a key's fingerprint in fours, as keys are told apart everywhere; the whole on hover. */
export function Fingerprint({ value, groups = 4 }: FingerprintProps) {
  return (
    <code className={styles.fours} title={inFours(value)} translate="no" dir="ltr">
      {inFours(value, groups)}
    </code>
  );
}

/** A fingerprint in groups of four digits, whole or its first `groups`: `5c0e 91ab 77d2 0e4f`. */
export function inFours(value: string, groups = value.length): string {
  return (
    value
      .match(/.{1,4}/g)
      ?.slice(0, groups)
      .join(' ') ?? value
  );
}
