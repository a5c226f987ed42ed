import { fingerprintWords } from '../../../shared/domain/fingerprint.ts';
import { decodeHex } from '../../../shared/domain/hex.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { inFours } from '../../components/fingerprint.tsx';
import styles from './keys.module.css';
import { words } from './words.ts';

/** A fingerprint whole, in fours and in twelve words: what two persons compare over another channel. */
export function FingerprintInFull({ value, baseline = false }: { value: string; baseline?: boolean }) {
  // A word may come twice: its place is what it is.
  const spoken = fingerprintWords(decodeHex(value) ?? new Uint8Array(0)).map((word, at) => ({ word, place: at + 1 }));
  return (
    <dl className={styles.whole}>
      <div>
        <dt>{baseline ? words.fingerprint.wholeOfValues : words.fingerprint.whole}</dt>
        <dd className={styles.wholeHex}>
          <code translate="no" dir="ltr">
            {inFours(value)}
          </code>
          <CopyButton text={value} label={words.fingerprint.copy} />
        </dd>
      </div>
      <div>
        <dt>{words.fingerprint.words}</dt>
        <dd>
          <ol className={styles.spoken} translate="no" lang="en">
            {spoken.map(({ word, place }) => (
              <li key={place}>{word}</li>
            ))}
          </ol>
        </dd>
      </div>
    </dl>
  );
}
