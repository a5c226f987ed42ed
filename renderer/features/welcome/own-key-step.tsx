import { Button } from '../../components/button.tsx';
import { useDeskInfo } from '../../queries/desk-context.tsx';
import { MakeKey } from '../keys/own-dialogs.tsx';
import { TenantField } from './tenant-field.tsx';
import type { FirstTenant } from './use-first-tenant.ts';
import styles from './welcome.module.css';
import { WELCOME_WORDS } from './words.ts';

const WORDS = WELCOME_WORDS.own;

/** Offers to make one's own key, before there is anything to seal with it. */
export function OwnKeyStep({ tenant, onDone }: { tenant: FirstTenant; onDone: () => void }) {
  // No browser reaches a keyring; a desktop that has none says so when the key is made, and then asks for a passphrase.
  const protection = useDeskInfo()?.host === 'desktop' ? 'keyring' : 'passphrase';
  return (
    <div className={styles.column}>
      <h1>{WORDS.title}</h1>
      <p>{WORDS.text}</p>
      <TenantField tenant={tenant} />
      <MakeKey tenant={tenant.name} protection={protection} on="page" onMade={onDone}>
        <span className={styles.quiet} role="status">
          {tenant.name === '' && WELCOME_WORDS.tenant.lacking}
        </span>
        <span className={styles.skip}>
          <Button look="link" onClick={onDone}>
            {WORDS.skip}
          </Button>
          <span className={styles.quiet}>{WORDS.skipNote}</span>
        </span>
      </MakeKey>
    </div>
  );
}
