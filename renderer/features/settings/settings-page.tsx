import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Link } from '../../components/link.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useDeskInfo, usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { useShownTenant } from '../frame/use-shown-tenant.ts';
import { KeyTable } from '../help/keyboard-help.tsx';
import { KeysSettings } from '../keys/keys-settings.tsx';
import { words as KEYS_WORDS } from '../keys/words.ts';
import { Appearance } from './appearance.tsx';
import { ProfileSettings } from './profile-settings.tsx';
import { RetentionSettings } from './retention-settings.tsx';
import styles from './settings.module.css';
import { StoreSettings } from './store-settings.tsx';
import { TenantForm } from './tenant-settings.tsx';
import { SETTINGS_WORDS as WORDS } from './words.ts';

type Part = keyof typeof WORDS.parts;

/** What can be set, a part at a time. */
export function SettingsPage() {
  const { part = 'profile' } = useParams({ strict: false }) as { part?: string };
  const place = usePlace();
  const tenant = useShownTenant();
  const shown: { [part in Part]: ReactNode } = {
    profile: <ProfileSettings />,
    keys: <Keys />,
    tenant: tenant === null ? <p>{WORDS.tenant.none}</p> : <TenantForm key={tenant} tenant={tenant} />,
    keeping: tenant === null ? <p>{WORDS.tenant.none}</p> : <RetentionSettings key={tenant} tenant={tenant} />,
    appearance: <Appearance />,
    keyboard: (
      <>
        <h2>{WORDS.parts.keyboard}</h2>
        <KeyTable />
      </>
    ),
    store: <StoreSettings />,
  };
  return (
    <>
      <PageHead title={WORDS.title} />
      <div className={styles.page}>
        <nav className={styles.rail} aria-label={WORDS.title}>
          {(Object.keys(shown) as Part[]).map((name) => (
            <Link key={name} to={paths.settings(place, name)} aria-current={name === part ? 'page' : undefined}>
              {WORDS.parts[name]}
            </Link>
          ))}
        </nav>
        <div className={styles.content}>{shown[part as Part] ?? shown.profile}</div>
      </div>
    </>
  );
}

/** The keys of the tenant that the address names, else of the one shown last. */
function Keys() {
  const { tenant: named } = useSearch({ strict: false }) as { tenant?: string };
  const shown = useShownTenant();
  const tenants = useDeskInfo()?.tenants ?? [];
  const tenant = tenants.find((known) => known === named) ?? shown;
  if (tenant !== null) return <KeysSettings key={tenant} tenant={tenant} />;
  return (
    <p>
      {KEYS_WORDS.noTenant} <Link to={paths.welcome()}>{KEYS_WORDS.toFirstRun}</Link>
    </p>
  );
}
