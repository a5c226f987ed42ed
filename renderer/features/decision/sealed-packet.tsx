import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { EscalationInFull } from '../../../shared/domain/escalation.ts';
import { Button } from '../../components/button.tsx';
import { bytesOf, offerFile } from '../../components/file-bytes.ts';
import { useDesk } from '../../queries/desk-context.tsx';
import { errorFacts } from '../../queries/errors.ts';
import styles from './decision.module.css';
import { words } from './words.ts';

interface SealedPacketProps {
  readonly escalation: EscalationInFull;
  readonly sha256: string;
}

/** Hands out the exact bytes of the packet that the desk sealed with the decision. */
export function SealedPacket({ escalation: { tenant, record }, sha256 }: SealedPacketProps) {
  const { api } = useDesk();
  const save = useMutation({
    mutationFn: async () => {
      const target = { tenant, id: record.escalation_id, event: record.escalation_event_id };
      const { base64 } = await api.escalation.evidence({ ...target, sha256 });
      offerFile(bytesOf(base64), `${sha256.slice(0, 16)}.vep`);
    },
  });
  return (
    <div className={styles.savePacket}>
      <Button look="strong" height="small" icon={IconDownload} disabled={save.isPending} onClick={() => save.mutate()}>
        {words.recorded.savePacket}
      </Button>
      <span className={styles.quiet} role="status">
        {save.error === null ? save.isSuccess && words.recorded.packetSaved : errorFacts(save.error).message}
      </span>
    </div>
  );
}
