import { useQuery } from '@tanstack/react-query';
import type { TenantSettings } from '../../shared/contract/settings.ts';
import { type UrgencyMinutes, USUAL_MINUTES } from '../components/time.ts';
import { useDesk } from './desk-context.tsx';

/** A tenant's settings; undefined until the desk has answered. */
export function useTenantSettings(tenant: string | null): TenantSettings | undefined {
  const { q } = useDesk();
  const input = { tenant: tenant ?? '-' };
  return useQuery(q.settings.get.queryOptions({ input, enabled: tenant !== null })).data;
}

/** From when on a deadline is near in this tenant. */
export function useUrgencyMinutes(tenant: string | null): UrgencyMinutes {
  const settings = useTenantSettings(tenant);
  return settings === undefined ? USUAL_MINUTES : { warn: settings.warn_minutes, bad: settings.bad_minutes };
}
