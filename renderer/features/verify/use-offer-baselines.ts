import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useGo } from '../../components/link.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { baselineOf, distinctBaselines } from './baseline.ts';
import { keysPath } from './keys-path.ts';
import { words } from './words.ts';

/** A packet of an escalation; without its digest the first one that the escalation has. */
export interface PacketOf {
  readonly id: string;
  readonly event: string;
  readonly sha256?: string;
}

export interface OfferBaselines {
  readonly busy: boolean;
  /** Why it came to nothing. */
  readonly problem: string | null;
  readonly offer: (packets: readonly PacketOf[]) => void;
}

/**
 * Reads the baselines that packets name, keeps them as offered, and goes where a person compares and pins them. Nothing
 * is trusted by this.
 */
export function useOfferBaselines(tenant: string): OfferBaselines {
  const { q, api, place } = useDesk();
  const acting = useActing();
  const go = useGo();
  const keep = useMutation(q.keys.offer.mutationOptions());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const digestOf = async ({ id, event, sha256 }: PacketOf): Promise<string | undefined> => {
    if (sha256 !== undefined) return sha256;
    const { escalation } = await api.escalation.get({ tenant, id, event });
    return escalation.evidence.find(({ kind }) => kind === 'vep' || kind === 'capsule')?.sha256;
  };
  const read = async (packet: PacketOf) => {
    const sha256 = await digestOf(packet);
    if (sha256 === undefined) return [];
    const entry = baselineOf(await api.evidence.anatomy({ tenant, id: packet.id, event: packet.event, sha256 }));
    return entry === null ? [] : [entry];
  };
  const offer = async (packets: readonly PacketOf[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const entries = distinctBaselines((await Promise.all(packets.map(read))).flat());
      if (entries.length === 0) return setProblem(words.noBaselineInPacket);
      await keep.mutateAsync({ ...acting(), tenant, source: 'packet', entries: [...entries] });
      go(keysPath(place, tenant, 'pcrs'));
    } catch (error) {
      setProblem(errorFacts(error).message);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, offer: (packets) => void offer(packets) };
}
