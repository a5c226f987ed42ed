import { IconCloud, IconDatabase, IconKey, IconUsers } from '@tabler/icons-react';
import type { DeskInfo } from '../../../shared/contract/desk.ts';
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
  return (
    <footer className={styles.bar} data-region>
      <span className={styles.item} title={info?.store.place}>
        <IconDatabase size={14} aria-hidden="true" />
        {storeWords(info)}
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

function storeWords(info: DeskInfo | undefined): string {
  const { place, neverSaved, saved } = FRAME_WORDS.status;
  const written = info?.store.last_durable_write ?? null;
  return `${place} · ${written === null ? neverSaved : saved(clockText(written))}`;
}

/** The store's condition as a glyph, for a window too narrow for the bar. */
export function StoreGlyph() {
  const info = useDeskInfo();
  const words = storeWords(info);
  return (
    <span title={words} className={styles.glyph} data-state={info?.store.state}>
      <IconDatabase size={16} aria-hidden="true" />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function Clock() {
  const now = useDeskNow('second');
  return <span className={styles.item}>{wholeMoment(now)}</span>;
}
