import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Evidence, EvidenceRole } from '../../../shared/domain/escalation.ts';
import { bytesOf, offerFile } from '../../components/file-bytes.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import type { DecisionTarget } from '../decision/use-draft.ts';
import { words } from './words.ts';

const ENDINGS: { readonly [kind in Evidence['kind']]: string } = {
  vep: 'vep',
  capsule: 'capsule',
  token: 'token.json',
  'source-row': 'json',
};

export interface EvidenceActs {
  readonly note: string | null;
  readonly attaching: boolean;
  attach(): void;
  /** The packet of what was decided: its bytes must be those of the recorded hash. */
  attachResolution(): void;
  save(piece: Evidence): void;
}

/** Attaching files to an escalation, and saving the exact bytes of what is attached. */
export function useEvidence(target: DecisionTarget, onAttached: () => void): EvidenceActs {
  const { q, api, transport } = useDesk();
  const acting = useActing();
  const attach = useMutation(q.escalation.attach.mutationOptions());
  const [note, setNote] = useState<string | null>(null);

  const attachFiles = async (role: EvidenceRole): Promise<void> => {
    setNote(null);
    try {
      const files = await transport.pickFiles();
      if (files.length === 0) return;
      onAttached();
      await attach.mutateAsync({ ...acting(), ...target, files: files.map(({ staged }) => staged), role });
      setNote(words.attached(files.length));
    } catch (error) {
      setNote(errorFacts(error).message);
    }
  };
  const save = async (piece: Evidence): Promise<void> => {
    try {
      const { base64 } = await api.escalation.evidence({ ...target, sha256: piece.sha256 });
      offerFile(bytesOf(base64), `${piece.sha256.slice(0, 16)}.${ENDINGS[piece.kind]}`);
    } catch (error) {
      setNote(errorFacts(error).message);
    }
  };
  return {
    note,
    attaching: attach.isPending,
    attach: () => void attachFiles('escalation'),
    attachResolution: () => void attachFiles('resolution'),
    save: (piece) => void save(piece),
  };
}
