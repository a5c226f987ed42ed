import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query';
import { useQuery } from '@tanstack/react-query';
import { useParams, useRouterState } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { DeskInfo } from '../../shared/contract/desk.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { DeskTransport, LedgerClient } from '../transport/transport.ts';
import { chosenProfile } from './chosen-profile.ts';
import { decodeTenant } from './paths.ts';
import type { Place } from './query-client.ts';

const TransportContext = createContext<DeskTransport | null>(null);

/** Puts the way to the desk within reach of every screen. */
export function TransportProvider({ transport, children }: { transport: DeskTransport; children: ReactNode }) {
  return <TransportContext value={transport}>{children}</TransportContext>;
}

export function useTransport(): DeskTransport {
  const transport = useContext(TransportContext);
  if (transport === null) throw new Error('There is no way to the desk here.');
  return transport;
}

/** Which ledger the address is in: the reviewer's own, or the sample. */
export function usePlace(): Place {
  return useRouterState({ select: ({ location }) => location.pathname.startsWith('/sample/') }) ? 'sample' : 'main';
}

export type LedgerUtils = RouterUtils<LedgerClient>;

export interface Desk {
  readonly transport: DeskTransport;
  readonly place: Place;
  /** Calls on the ledger of this address. */
  readonly api: LedgerClient;
  /** The same procedures as options for TanStack Query: `useQuery(q.queue.list.queryOptions({ input }))`. */
  readonly q: LedgerUtils;
}

/** The ledger of this address: its calls, and their query options. */
export function useDesk(): Desk {
  const transport = useTransport();
  const place = usePlace();
  return useMemo(() => {
    const api = transport.client[place];
    return { transport, place, api, q: createTanstackQueryUtils(api, { path: [place] }) };
  }, [transport, place]);
}

/** The tenant of this address; null on the screens that stand above tenants. */
export function useTenant(): string | null {
  const { tenant } = useParams({ strict: false }) as { tenant?: string };
  return tenant === undefined ? null : decodeTenant(tenant);
}

/** What the desk says of itself; undefined until it has answered. */
export function useDeskInfo(): DeskInfo | undefined {
  const { q } = useDesk();
  return useQuery(q.desk.info.queryOptions({ input: {} })).data;
}

/** Who acts here: the profile that was chosen, else the first; undefined until the desk has answered, null if none. */
export function useProfile(): Profile | null | undefined {
  const { q, place } = useDesk();
  const { data } = useQuery(q.profile.list.queryOptions({ input: {} }));
  if (data === undefined) return undefined;
  const chosen = chosenProfile(place);
  return data.find(({ profile_id }) => profile_id === chosen) ?? data[0] ?? null;
}

/**
 * Makes the `by` and `idempotency_key` of one attempt. Call it once for an attempt and send the same again when an
 * answer was lost: the same key acts once.
 */
export function useActing(): () => { by: string; idempotency_key: string } {
  const profile = useProfile();
  return () => {
    if (profile === null || profile === undefined) throw new Error('Choose who you are first, in Settings.');
    return { by: profile.profile_id, idempotency_key: crypto.randomUUID() };
  };
}
