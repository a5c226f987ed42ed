import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { StoredTrust } from '../../../shared/contract/keys.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import type { StagedFile } from '../../transport/transport.ts';
import { sameEntry } from './compare.ts';

/** Entries that the desk keeps as offered now, and how many of those given it knew already. */
export interface Offered {
  readonly waiting: readonly StoredTrust[];
  readonly known: number;
}

/**
 * Has the desk keep entries as offered: it alone says what their fingerprints are. Nothing is trusted by this; `offered`
 * is what a person has to confirm next.
 */
export function useOffer(tenant: string) {
  const { q } = useDesk();
  const acting = useActing();
  const keep = useMutation(q.keys.offer.mutationOptions());
  const [offered, setOffered] = useState<Offered | null>(null);
  const offer = async (source: string, entries: readonly TrustEntry[]): Promise<void> => {
    const { trust } = await keep.mutateAsync({ ...acting(), tenant, source, entries: [...entries] });
    const waiting = trust.filter(
      ({ status, entry }) => status === 'offered' && entries.some((given) => sameEntry(given, entry)),
    );
    setOffered({ waiting, known: entries.length - waiting.length });
  };
  return { offered, offer, busy: keep.isPending, error: keep.error, forget: () => setOffered(null) };
}

/** Asks for a trust file and has the desk read it; null when the person cancels. Nothing of it is kept. */
export function useReadTrustFile(tenant: string) {
  const { api, transport } = useDesk();
  const read = useMutation({
    mutationFn: async (files: readonly StagedFile[]) => {
      const [file] = files;
      return file === undefined ? null : api.keys.read_file({ tenant, staged: file.staged });
    },
  });
  const choose = async () => read.mutateAsync(await transport.pickFiles());
  return { choose, busy: read.isPending, error: read.error };
}
