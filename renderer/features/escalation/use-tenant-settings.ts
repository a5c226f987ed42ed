import { useQuery } from '@tanstack/react-query';
import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { type UrgencyMinutes, USUAL_MINUTES } from '../../components/time.ts';
import { useDesk } from '../../queries/desk-context.tsx';

/** The tenant's settings, undefined until known, and the minutes from which on a deadline warns. */
export function useTenantSettings(tenant: string): { settings: TenantSettings | undefined; minutes: UrgencyMinutes } {
  const { q } = useDesk();
  const settings = useQuery(q.settings.get.queryOptions({ input: { tenant } })).data;
  const minutes = settings === undefined ? USUAL_MINUTES : { warn: settings.warn_minutes, bad: settings.bad_minutes };
  return { settings, minutes };
}
