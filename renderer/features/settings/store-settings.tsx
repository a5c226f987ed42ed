import { Hash } from '../../components/hash.tsx';
import { utcText, wholeMoment } from '../../components/time.ts';
import { useDeskInfo } from '../../queries/desk-context.tsx';
import { BackupSection } from './backup-section.tsx';
import { RestoreSection } from './restore-section.tsx';
import styles from './settings.module.css';
import { SETTINGS_WORDS } from './words.ts';

const WORDS = SETTINGS_WORDS.store;

/** Where the ledger lies and how it is, a copy of all of it, and a new ledger of such a copy. */
export function StoreSettings() {
  const info = useDeskInfo();
  if (info === undefined) return null;
  const { place, state, reason, last_durable_write } = info.store;
  return (
    <>
      <h2>{WORDS.title}</h2>
      <dl className={styles.facts}>
        <dt>{WORDS.place}</dt>
        <dd>
          <Hash value={place} />
        </dd>
        <dt>{WORDS.state}</dt>
        <dd>{state === 'ok' ? WORDS.ok : (reason ?? state)}</dd>
        <dt>{WORDS.written}</dt>
        <dd title={last_durable_write === null ? undefined : utcText(last_durable_write)}>
          {last_durable_write === null ? WORDS.never : wholeMoment(Date.parse(last_durable_write))}
        </dd>
        <dt>{WORDS.version}</dt>
        <dd>{info.version}</dd>
      </dl>
      {!info.sample && (
        <>
          <BackupSection />
          <RestoreSection />
        </>
      )}
    </>
  );
}
