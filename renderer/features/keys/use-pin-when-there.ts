import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useActing, useDesk, useDeskInfo, useProfile } from '../../queries/desk-context.tsx';
import { keepPins, type PendingPins, usePendingPins } from './pending-pins.ts';

/** Pins what was compared in the first run, in a tenant: what was not confirmed waits there. */
export function usePinPending() {
  const { q } = useDesk();
  const acting = useActing();
  const pin = useMutation(q.keys.pin.mutationOptions());
  const offer = useMutation(q.keys.offer.mutationOptions());
  return useMutation({
    mutationFn: async ({ pending, tenant }: { pending: PendingPins; tenant: string }) => {
      const { source, pins, offers } = pending;
      if (pins.length > 0) await pin.mutateAsync({ ...acting(), tenant, source, entries: pins });
      if (offers.length > 0) await offer.mutateAsync({ ...acting(), tenant, source, entries: offers });
      keepPins(null);
    },
  });
}

/**
 * Pins them by itself as soon as the tenant that was named is there. Answers what still waits; `error` says why it
 * could not be done.
 */
export function usePinWhenThere(): { pending: PendingPins | null; error: unknown } {
  const { place } = useDesk();
  const pending = usePendingPins();
  const profile = useProfile();
  const tenants = useDeskInfo()?.tenants ?? [];
  const { mutate, isPending, error } = usePinPending();
  const there = place === 'main' && profile != null && pending !== null && tenants.includes(pending.tenant);
  const goes = there && !isPending && error === null;
  useEffect(() => {
    if (goes && pending !== null) mutate({ pending, tenant: pending.tenant });
  }, [goes, pending, mutate]);
  return { pending: place === 'main' ? pending : null, error };
}
