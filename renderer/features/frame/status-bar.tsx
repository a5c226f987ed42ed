import { IconCloud, IconDatabase, IconKey, IconUsers } from '@tabler/icons-react';
import { Link } from '../../components/link.tsx';
import { clockText, wholeMoment } from '../../components/time.ts';
import { useDeskInfo, usePlace, useProfile } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import styles from './status-bar.module.css';
import { FRAME_WORDS } from './words.ts';

/** The standing conditions: store and last durable write, gateway, who acts, the time and its zone. */
export function StatusBar() {
  const info = useDeskInfo();
  const profile = useProfile();
  const place = usePlace();
  const words = FRAME_WORDS.status;
  const written = info?.store.last_durable_write ?? null;
  return (
    <footer className={styles.bar} data-region>
      <span className={styles.item} title={info?.store.place}>
        <IconDatabase size={14} aria-hidden="true" />
        {words.place} · {written === null ? words.neverSaved : words.saved(clockText(written))}
      </span>
      <span className={styles.item} data-minor>
        <IconCloud size={14} aria-hidden="true" />
        {words.noGateway}
      </span>
      {info !== undefined && info.store.others > 0 && (
        <span className={styles.item} data-minor>
          <IconUsers size={14} aria-hidden="true" />
          {words.others(info.store.others)}
        </span>
      )}
      <span className={styles.space} />
      <Link to={paths.settings(place)} className={styles.item}>
        <IconKey size={14} aria-hidden="true" />
        <span className={styles.name}>{profile?.name ?? words.noProfile}</span>
        <span data-minor>· {words.unsigned}</span>
      </Link>
      <Clock />
    </footer>
  );
}

function Clock() {
  const now = useDeskNow('second');
  return <span className={styles.item}>{wholeMoment(now)}</span>;
}
