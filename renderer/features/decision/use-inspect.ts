import { useState } from 'react';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import type { StagedFile } from '../../transport/transport.ts';
import type { AttachedPacket } from './form.ts';
import { words } from './words.ts';

/**
 * Stages a file and asks the desk what it is. Only a packet or capsule is taken, and never one of the request's own;
 * `refusal` says why another was not.
 */
export function useInspect(requestPackets: readonly string[], onPacket: (packet: AttachedPacket) => void) {
  const { transport, api } = useDesk();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const inspect = async (stage: () => Promise<readonly StagedFile[]>): Promise<void> => {
    setRefusal(null);
    setBusy(true);
    try {
      const [file] = await stage();
      if (file === undefined) return;
      const seen = await api.decision.inspect({ staged: file.staged });
      if (seen.kind !== 'vep' && seen.kind !== 'capsule') setRefusal(refusalOf(seen));
      else if (requestPackets.includes(seen.sha256)) setRefusal(words.ownPacket);
      else onPacket({ staged: file.staged, name: seen.name, bytes: seen.bytes, sha256: seen.sha256, root: seen.root });
    } catch (error) {
      setRefusal(errorFacts(error).message);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    refusal,
    choose: () => void inspect(() => transport.pickFiles()),
    take: (files: readonly File[]) => void inspect(() => transport.stageFiles(files.slice(0, 1))),
  };
}

/** What names a root has a packet's beginning, but not its structure. */
function refusalOf({ root }: { root: string | null }): string {
  return root === null ? words.notAPacket : words.failsStructure;
}
