import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Evidence } from '../../../shared/domain/escalation.ts';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import type { DecisionTarget } from '../decision/use-draft.ts';
import styles from './escalation.module.css';
import { hexRows } from './hex-rows.ts';
import { bytesOf } from './use-evidence.ts';
import { words } from './words.ts';

const SHOWN_BYTES = 8192;

interface BytesDialogProps {
  readonly target: DecisionTarget;
  readonly piece: Evidence | null;
  readonly onClose: () => void;
}

/** The exact bytes of one piece of evidence: in hex with offsets, or as the agent's text where they are JSON. */
export function BytesDialog({ target, piece, onClose }: BytesDialogProps) {
  return (
    <Modal opened={piece !== null} onClose={onClose} size={820} title={words.bytesTitle}>
      {piece !== null && <Bytes target={target} piece={piece} />}
    </Modal>
  );
}

function Bytes({ target, piece }: { target: DecisionTarget; piece: Evidence }) {
  const { q } = useDesk();
  const input = { ...target, sha256: piece.sha256 };
  const { data, error, refetch } = useQuery(q.escalation.evidence.queryOptions({ input }));
  if (data === undefined) {
    return error === null ? <Loading /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  const bytes = bytesOf(data.base64);
  return (
    <>
      <dl className={styles.members}>
        <div>
          <dt>{words.sha256}</dt>
          <dd>
            <code translate="no">{data.sha256}</code>
          </dd>
        </div>
        <div>
          <dt>{words.size}</dt>
          <dd>
            {words.bytesNote(piece.kind === 'vep' ? Math.min(SHOWN_BYTES, bytes.length) : bytes.length, bytes.length)}
          </dd>
        </div>
      </dl>
      {piece.kind === 'vep' ? (
        <HexDump bytes={bytes} />
      ) : (
        <AgentText text={new TextDecoder().decode(bytes)} label={words.kind[piece.role][piece.kind]} />
      )}
    </>
  );
}

function HexDump({ bytes }: { bytes: Uint8Array }) {
  const lines = hexRows(bytes, SHOWN_BYTES).map(({ offset, hex, ascii }) => `${offset}  ${hex.padEnd(47)}  ${ascii}`);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={styles.hex} tabIndex={0} aria-label={words.bytesTitle}>
      <pre translate="no">{lines.join('\n')}</pre>
    </section>
  );
}
