import { useEffect } from 'react';
import { useGo } from '../../components/link.tsx';
import { useDeskInfo, useProfile } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import { lastTenant } from './use-shown-tenant.ts';

/** Goes where work is: the queue of the tenant shown last, or the first run. */
export function Start() {
  const info = useDeskInfo();
  const profile = useProfile();
  const go = useGo();
  useEffect(() => {
    if (info === undefined || profile === undefined) return;
    const tenant = lastTenant('main', info.tenants);
    const first = profile === null || tenant === null;
    go(first ? paths.welcome() : paths.queue('main', tenant), { replace: true });
  }, [info, profile, go]);
  return null;
}
