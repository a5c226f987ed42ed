import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import type { LogHead } from '../../../shared/contract/log.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { words } from './words.ts';

/** Reads the state of the tenant's log; nothing is read while there is no tenant. */
export function useLogHead(tenant: string | null) {
  const { q } = useDesk();
  const input = { tenant: tenant ?? '-' };
  return useQuery(q.log.head.queryOptions({ input, enabled: tenant !== null }));
}

/** The newest verification of the tenant's log that this desk ran or runs; null: there was none. */
export function useVerification(tenant: string): Job | null {
  const { q } = useDesk();
  const { data } = useQuery(q.job.list.queryOptions({ input: { kind: 'verify-log' } }));
  return data?.find((job) => job.tenant === tenant) ?? null;
}

/** Whether the log was found broken, and nobody has accepted what was found. */
export function isBroken({ verified }: Pick<LogHead, 'verified'>): boolean {
  return verified?.verdict === 'failed' && verified.accepted === null;
}

/** Why nothing may be decided on this log: it is not the one remembered, or was found broken; else null. */
export function useLogStops(tenant: string): string | null {
  const { data } = useLogHead(tenant);
  if (data === undefined) return null;
  if (data.remembered === 'rolled-back' || data.remembered === 'forked') return words.off.other;
  return isBroken(data) ? words.off.broken : null;
}
