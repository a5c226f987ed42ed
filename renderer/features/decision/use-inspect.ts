import { useState } from 'react';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import type { StagedFile } from '../../transport/transport.ts';
import type { AttachedPacket } from './form.ts';
import { refusedFor } from './overrides.ts';
import type { DecisionTarget } from './use-draft.ts';
import { words } from './words.ts';

/**
 * Stages a file and asks the desk what it is worth as this escalation's resolution. Only a packet or capsule is taken
 * whose structure and root hold, and never one of the request's own; `refusal` says why another was not.
 */
export function useInspect(
  target: DecisionTarget,
  requestPackets: readonly string[],
  onPacket: (packet: AttachedPacket) => void,
) {
  const { transport, api } = useDesk();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const inspect = async (stage: () => Promise<readonly StagedFile[]>): Promise<void> => {
    setRefusal(null);
    setBusy(true);
    try {
      const [file] = await stage();
      if (file === undefined) return;
      const { kind, ...seen } = await api.decision.inspect({ staged: file.staged, target });
      const why = refusalOf(kind, seen, requestPackets);
      if (why === null) onPacket({ ...seen, staged: file.staged });
      else setRefusal(why);
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

type Seen = Omit<AttachedPacket, 'staged'>;

/** What names a root, or is judged as a packet, has a packet's beginning; then it is its structure that fails. */
function refusalOf(kind: string, seen: Seen, requestPackets: readonly string[]): string | null {
  if (requestPackets.includes(seen.sha256)) return words.ownPacket;
  const failed = refusedFor(seen.report);
  const packet = kind === 'vep' || kind === 'capsule';
  if (packet) return failed === null ? null : words.fails(failed);
  return seen.root === null && seen.report?.kind !== 'vep' ? words.notAPacket : words.fails(failed ?? 'structure');
}
