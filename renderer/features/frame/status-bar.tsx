import { IconCloud, IconDatabase, IconKey, IconLock, IconLockOpen, IconUsers } from '@tabler/icons-react';
import type { DeskInfo } from '../../../shared/contract/desk.ts';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Link } from '../../components/link.tsx';
import { clockText, wholeMoment } from '../../components/time.ts';
import { useDeskInfo, usePlace, useProfile } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { paths } from '../../queries/paths.ts';
import { useMyKey } from '../keys/use-keys.ts';
import styles from './status-bar.module.css';
import { useShownTenant } from './use-shown-tenant.ts';
import { FRAME_WORDS } from './words.ts';

/** The standing conditions: store and last durable write, gateway, who acts, the time and its zone. */
export function StatusBar() {
  const info = useDeskInfo();
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
      <Who />
      <Clock />
    </footer>
  );
}

/** Who acts here and with which key, open or locked; it leads to the keys. */
function Who() {
  const profile = useProfile();
  const place = usePlace();
  const tenant = useShownTenant();
  const key = useMyKey(tenant);
  const words = FRAME_WORDS.status;
  const Glyph = key === null ? IconKey : key.state === 'unlocked' ? IconLockOpen : IconLock;
  return (
    <Link to={paths.settings(place, 'keys')} className={styles.item}>
      <Glyph size={14} aria-hidden="true" />
      <span className={styles.name}>{profile?.name ?? words.noProfile}</span>
      {key === null ? (
        <span data-minor>· {words.noKey}</span>
      ) : (
        <span data-minor>
          · {words.key} <Fingerprint value={key.fingerprint} groups={2} /> · {words.keyIs[key.state]}
        </span>
      )}
    </Link>
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
