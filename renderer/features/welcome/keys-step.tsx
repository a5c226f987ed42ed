import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { ConfirmEntry } from '../keys/confirm-entry.tsx';
import { confirmationOf, type Said, UNSAID } from '../keys/confirmations.ts';
import { useKeysOverview } from '../keys/use-keys.ts';
import { TenantField } from './tenant-field.tsx';
import { usePinFirst, useTrustFile } from './use-first-keys.ts';
import type { FirstTenant } from './use-first-tenant.ts';
import styles from './welcome.module.css';
import { WELCOME_WORDS } from './words.ts';

const WORDS = WELCOME_WORDS.keys;

/** Which keys judge the evidence: compared and pinned now, before the first escalation comes in. */
export function KeysStep({ tenant, onDone }: { tenant: FirstTenant; onDone: () => void }) {
  const [said, setSaid] = useState<{ readonly [id: string]: Said }>({});
  const file = useTrustFile();
  const pin = usePinFirst(tenant.name, onDone);
  const keys = file.read?.keys ?? [];
  const confirmed = keys.flatMap(({ id, entry, fingerprint }) => {
    const confirmation = confirmationOf(fingerprint, said[id] ?? UNSAID);
    return confirmation === null ? [] : [{ entry, confirmation }];
  });
  const ready = confirmed.length > 0 && tenant.name !== '' && !pin.busy;
  const error = file.error ?? pin.error;
  const done = (): void => {
    if (ready && file.read !== null) pin.go({ file: file.read, confirmed });
  };
  return (
    <form
      className={styles.column}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <h1>{WORDS.title}</h1>
      <p>{WORDS.text}</p>
      <TenantField tenant={tenant} />
      <div className={styles.row}>
        <Button look="strong" onClick={file.choose} disabled={file.busy}>
          {file.busy ? WORDS.reading : WORDS.choose}
        </Button>
        <span className={styles.quiet}>{file.read === null ? WORDS.chooseNote : WORDS.compare}</span>
      </div>
      {keys.map((key) => (
        <ConfirmEntry
          key={key.id}
          stored={key}
          said={said[key.id] ?? UNSAID}
          onSay={(one) => setSaid({ ...said, [key.id]: one })}
        />
      ))}
      {file.read !== null && file.read.others.length > 0 && (
        <p className={styles.quiet}>{WORDS.baselines(file.read.others.length)}</p>
      )}
      {error !== null && (
        <p className={styles.bad} role="alert">
          {errorFacts(error).message}
        </p>
      )}
      <Foot tenant={tenant} ready={ready} busy={pin.busy} n={confirmed.length} onSkip={onDone} />
    </form>
  );
}

interface FootProps {
  readonly tenant: FirstTenant;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly n: number;
  readonly onSkip: () => void;
}

function Foot({ tenant, ready, busy, n, onSkip }: FootProps) {
  const pinned = useKeysOverview(tenant.known)?.trust.some(
    ({ status, entry }) => status === 'pinned' && entry.purpose !== 'reviewer',
  );
  return (
    <div className={styles.foot}>
      <Button look="accent" type="submit" disabled={!ready}>
        {busy ? WORDS.pinning : WORDS.pin(n)}
      </Button>
      <span className={styles.quiet} role="status">
        {n > 0 && tenant.name === '' && WELCOME_WORDS.tenant.lacking}
      </span>
      <span className={styles.skip}>
        <Button look="link" onClick={onSkip}>
          {pinned === true ? WORDS.enough : WORDS.skip}
        </Button>
        {pinned !== true && <span className={styles.quiet}>{WORDS.skipNote}</span>}
      </span>
    </div>
  );
}
