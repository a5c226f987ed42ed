import { useEffect } from 'react';
import { useDeskInfo, usePlace, useTenant } from '../../queries/desk-context.tsx';

const key = (place: string): string => `desk-tenant-${place}`;

/** The tenant that was shown last in that ledger, where it still exists. */
export function lastTenant(place: string, tenants: readonly string[]): string | null {
  const last = localStorage.getItem(key(place));
  return tenants.find((tenant) => tenant === last) ?? tenants[0] ?? null;
}

/** The tenant of the frame: that of the address, and on screens above tenants the one shown last. */
export function useShownTenant(): string | null {
  const place = usePlace();
  const inAddress = useTenant();
  const tenants = useDeskInfo()?.tenants ?? [];
  useEffect(() => {
    if (inAddress !== null) localStorage.setItem(key(place), inAddress);
  }, [place, inAddress]);
  return inAddress ?? lastTenant(place, tenants);
}
