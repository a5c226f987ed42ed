import { useQuery } from '@tanstack/react-query';
import type { KeysOverview, OwnKey } from '../../../shared/contract/keys.ts';
import { useDesk, useProfile } from '../../queries/desk-context.tsx';
import { myKeyOf } from './my-key.ts';

/** Reads what the tenant trusts, and the own keys; nothing is read while there is no tenant. */
export function useKeysRead(tenant: string | null) {
  const { q } = useDesk();
  const profile = useProfile();
  const by = profile?.profile_id;
  const input = { tenant: tenant ?? '-', ...(by === undefined ? {} : { by }) };
  return useQuery(q.keys.list.queryOptions({ input, enabled: tenant !== null && profile !== undefined }));
}

/** The same, undefined until the desk has answered. */
export function useKeysOverview(tenant: string | null): KeysOverview | undefined {
  return useKeysRead(tenant).data;
}

/** The key that signs for who acts here; null: none, or not known yet. */
export function useMyKey(tenant: string | null): OwnKey | null {
  const overview = useKeysOverview(tenant);
  const profile = useProfile();
  return overview === undefined || profile == null ? null : myKeyOf(overview, profile.profile_id);
}
