import { Modal, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Evidence } from '../../../shared/domain/escalation.ts';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { CheckList } from '../../components/checks/check-list.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { bytesOf } from '../../components/file-bytes.ts';
import { Loading } from '../../components/loading.tsx';
import { Sign } from '../../components/sign.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import type { DecisionTarget } from '../decision/use-draft.ts';
import { AnatomyView } from '../verify/anatomy-view.tsx';
import { HexDump } from '../verify/hex-dump.tsx';
import { OpeningForm } from '../verify/opening-form.tsx';
import { memberOf } from '../verify/parting.ts';
import verify from '../verify/verify.module.css';
import { words as verifyWords } from '../verify/words.ts';
import styles from './escalation.module.css';
import { inOrder, piecesOf } from './pieces.ts';
import { words } from './words.ts';

interface DetailsDialogProps {
  readonly opened: Opened;
  readonly target: DecisionTarget;
  /** Which piece is shown; null: none is. */
  readonly sha256: string | null;
  readonly onChoose: (sha256: string | null) => void;
}

/** All bytes and details of one piece of evidence, and the way to the other pieces. */
export function DetailsDialog({ opened, target, sha256, onChoose }: DetailsDialogProps) {
  const evidence = inOrder(opened.escalation.evidence);
  const piece = evidence.find((one) => one.sha256 === sha256);
  return (
    <Modal opened={piece !== undefined} onClose={() => onChoose(null)} size={960} yOffset={40} title={words.bytesTitle}>
      {piece !== undefined && (
        <div className={verify.body}>
          {evidence.length > 1 && (
            <SegmentedControl
              aria-label={words.piece}
              value={piece.sha256}
              onChange={onChoose}
              data={choicesOf(evidence)}
              fullWidth
            />
          )}
          <Piece key={piece.sha256} opened={opened} target={target} piece={piece} />
        </div>
      )}
    </Modal>
  );
}

/** A piece may be there in both roles: its bytes are the same. */
function choicesOf(evidence: readonly Evidence[]): { value: string; label: string }[] {
  const known = new Map(evidence.map(({ sha256, role, kind }) => [sha256, words.kind[role][kind]]));
  return [...known].map(([value, label]) => ({ value, label }));
}

interface PieceProps {
  readonly opened: Opened;
  readonly target: DecisionTarget;
  readonly piece: Evidence;
}

function Piece({ opened, target, piece }: PieceProps) {
  const { q } = useDesk();
  const input = { ...target, sha256: piece.sha256 };
  const packet = piece.kind === 'vep' || piece.kind === 'capsule';
  const anatomy = useQuery(q.evidence.anatomy.queryOptions({ input, enabled: packet }));
  const raw = useQuery(q.escalation.evidence.queryOptions({ input }));
  const bytes = raw.data === undefined ? null : bytesOf(raw.data.base64);
  const reports = opened.judgement.current ? piecesOf(opened).filter(({ sha256 }) => sha256 === piece.sha256) : [];
  const shadow = anatomy.data !== undefined && memberOf(anatomy.data, 'intent', 'commitment_hash') !== null;
  return (
    <>
      <Facts piece={piece} />
      {reports.length > 0 && (
        <section aria-labelledby="piece-checks">
          <h2 id="piece-checks">{words.checks}</h2>
          <div className={verify.checksBox}>
            <CheckList label={words.checksOf(words.kind[piece.role][piece.kind])} reports={reports} full />
          </div>
        </section>
      )}
      {anatomy.data !== undefined && <AnatomyView anatomy={anatomy.data} bytes={bytes} />}
      {anatomy.error !== null && <ErrorState error={anatomy.error} onRetry={() => void anatomy.refetch()} />}
      {shadow && (
        <section aria-labelledby="opening-title">
          <h2 id="opening-title">{verifyWords.opening.title}</h2>
          <OpeningForm target={target} sha256={piece.sha256} />
        </section>
      )}
      {bytes === null ? raw.error === null && <Loading /> : <Bytes bytes={bytes} piece={piece} />}
      {raw.error !== null && <ErrorState error={raw.error} onRetry={() => void raw.refetch()} />}
    </>
  );
}

function Facts({ piece }: { piece: Evidence }) {
  return (
    <dl className={styles.members}>
      <div>
        <dt>{words.sha256}</dt>
        <dd>
          <code translate="no">{piece.sha256}</code>
        </dd>
      </div>
      <div>
        <dt>{words.size}</dt>
        <dd>{words.bytesSize(piece.bytes)}</dd>
      </div>
      {piece.verdict !== null && (
        <div>
          <dt>{words.evidence}</dt>
          <dd>
            <Sign name={piece.verdict} word={words.verdict[piece.verdict]} />
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What is JSON is text of the agent's side; a wire form is bytes. */
function Bytes({ bytes, piece }: { bytes: Uint8Array; piece: Evidence }) {
  return (
    <section aria-labelledby="all-bytes">
      <h2 id="all-bytes">{words.allOfIt}</h2>
      {piece.kind === 'vep' ? (
        <HexDump bytes={bytes} label={words.hex} />
      ) : (
        <AgentText text={new TextDecoder().decode(bytes)} label={words.kind[piece.role][piece.kind]} />
      )}
    </section>
  );
}
