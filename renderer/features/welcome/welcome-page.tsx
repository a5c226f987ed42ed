import { useState } from 'react';
import type { Profile } from '../../../shared/contract/profile.ts';
import { Button } from '../../components/button.tsx';
import { Link } from '../../components/link.tsx';
import { useDeskInfo, useProfile } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { DropAnywhere } from '../imports/drop-anywhere.tsx';
import { ImportChoices } from '../imports/import-choices.tsx';
import { ImportDialog } from '../imports/import-dialog.tsx';
import { KeysStep } from './keys-step.tsx';
import { OwnKeyStep } from './own-key-step.tsx';
import { Rail, type StepName } from './rail.tsx';
import { useFirstTenant } from './use-first-tenant.ts';
import styles from './welcome.module.css';
import { WELCOME_WORDS } from './words.ts';
import { YouStep } from './you-step.tsx';

/** The first run: a profile with its key, whom to trust, then the first escalations. */
export function WelcomePage() {
  const profile = useProfile();
  const info = useDeskInfo();
  if (profile === undefined || info === undefined) return null;
  return <Steps profile={profile} empty={info.tenants.length === 0} />;
}

function Steps({ profile, empty }: { profile: Profile | null; empty: boolean }) {
  const tenant = useFirstTenant();
  // Whoever has a tenant already finds the keys in the settings; whoever has a name was asked for a key of their own.
  const [next, setNext] = useState<'own' | StepName>(empty ? (profile === null ? 'own' : 'keys') : 'escalations');
  const at = profile === null ? 'you' : next;
  return (
    <div className={styles.page}>
      <Rail at={at === 'own' ? 'you' : at} profile={profile} tenant={tenant.known} />
      <main className={styles.main}>
        {at === 'you' && <YouStep />}
        {at === 'own' && <OwnKeyStep tenant={tenant} onDone={() => setNext('keys')} />}
        {at === 'keys' && <KeysStep tenant={tenant} onDone={() => setNext('escalations')} />}
        {at === 'escalations' && <Escalations tenant={tenant.known} onBack={() => setNext('keys')} />}
        {profile !== null && <DropAnywhere />}
      </main>
      <ImportDialog />
    </div>
  );
}

function Escalations({ tenant, onBack }: { tenant: string | null; onBack: () => void }) {
  const words = WELCOME_WORDS.escalations;
  return (
    <div className={styles.column}>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <ImportChoices />
      <div className={styles.foot}>
        <Button onClick={onBack}>{words.back}</Button>
        <span className={styles.skip}>
          {tenant === null ? (
            <Link to={paths.imports('main')}>{words.imports}</Link>
          ) : (
            <Link to={paths.queue('main', tenant)}>{words.skip}</Link>
          )}
        </span>
      </div>
    </div>
  );
}
