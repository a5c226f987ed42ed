import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Confirmation } from '../../../shared/contract/keys.ts';
import type { TrustEntry, TrustedKey } from '../../../shared/domain/trust.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { fingerprintOf } from '../keys/fingerprint-of.ts';

interface ReadKey {
  /** Tells it from the file's others: one key may serve two purposes. */
  readonly id: string;
  readonly entry: TrustedKey;
  readonly fingerprint: string;
}
interface ReadFile {
  readonly name: string;
  readonly keys: readonly ReadKey[];
  /** Baselines: they are compared later, in the settings. */
  readonly others: readonly TrustEntry[];
}

interface Pins {
  readonly file: ReadFile;
  readonly confirmed: readonly { readonly entry: TrustedKey; readonly confirmation: Confirmation }[];
}

/** Pins what was confirmed, which makes the tenant; the rest of the file waits there. Sent again, it does no more. */
export function usePinFirst(tenant: string, onDone: () => void) {
  const { q } = useDesk();
  const acting = useActing();
  const pin = useMutation(q.keys.pin.mutationOptions());
  const offer = useMutation(q.keys.offer.mutationOptions());
  const all = useMutation({
    mutationFn: async ({ file: { name, keys, others }, confirmed }: Pins) => {
      await pin.mutateAsync({ ...acting(), tenant, source: name, entries: [...confirmed] });
      const open = keys.filter(({ entry }) => !confirmed.some((one) => one.entry === entry)).map(({ entry }) => entry);
      const rest = [...open, ...others];
      if (rest.length > 0) await offer.mutateAsync({ ...acting(), tenant, source: name, entries: rest });
    },
    onSuccess: onDone,
  });
  return { go: all.mutate, busy: all.isPending, error: all.error };
}

/** Has the desk read a trust file; nothing of it is kept there. */
export function useTrustFile() {
  const { api, transport } = useDesk();
  const [read, setRead] = useState<ReadFile | null>(null);
  const reading = useMutation({
    mutationFn: async () => {
      const [file] = await transport.pickFiles();
      // A file is read the same for every tenant, and there is none yet.
      return file === undefined ? null : api.keys.read_file({ tenant: '-', staged: file.staged });
    },
    onSuccess: async (found) => {
      if (found === null) return;
      const keys = found.entries.filter((entry) => entry.purpose !== 'pcrs');
      const withPrints = keys.map(async (entry, at) => ({
        id: String(at),
        entry,
        fingerprint: await fingerprintOf(entry),
      }));
      const others = found.entries.filter((entry) => entry.purpose === 'pcrs');
      setRead({ name: found.name, keys: await Promise.all(withPrints), others });
    },
  });
  return { read, choose: () => reading.mutate(), busy: reading.isPending, error: reading.error };
}
