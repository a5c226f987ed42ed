import { IconBox, IconDownload, IconFileText, IconTicket, type TablerIcon } from '@tabler/icons-react';
import type { Evidence } from '../../../shared/domain/escalation.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Sign } from '../../components/sign.tsx';
import { dateText } from '../../components/time.ts';
import styles from './escalation.module.css';
import { words } from './words.ts';

const GLYPHS: { readonly [kind in Evidence['kind']]: TablerIcon } = {
  vep: IconBox,
  capsule: IconBox,
  token: IconTicket,
  'source-row': IconFileText,
};

interface EvidenceFilesProps {
  readonly evidence: readonly Evidence[];
  readonly canAttach: boolean;
  readonly attaching: boolean;
  readonly note: string | null;
  readonly onAttach: () => void;
  readonly onSave: (piece: Evidence) => void;
  readonly onDetails: (sha256: string) => void;
}

/** Every piece of evidence: what it is, its whole digest, its size, its verdict, and its exact bytes to save. */
export function EvidenceFiles(props: EvidenceFilesProps) {
  const { evidence, canAttach, attaching, note, onAttach, onSave, onDetails } = props;
  return (
    <section className={styles.card} aria-labelledby="files-title">
      <div className={styles.cardHead}>
        <h2 id="files-title">{words.files}</h2>
        {canAttach && (
          <Button look="link" onClick={onAttach} disabled={attaching}>
            {attaching ? words.attaching : words.attach} <Kbd>E</Kbd>
          </Button>
        )}
      </div>
      {evidence.length === 0 && <p className={styles.cardNote}>{words.noFiles}</p>}
      <ul className={styles.files}>
        {evidence.map((piece) => (
          <File key={`${piece.sha256} ${piece.role}`} piece={piece} onSave={onSave} onDetails={onDetails} />
        ))}
      </ul>
      <p role="status" className={note === null ? 'visually-hidden' : styles.cardNote}>
        {note}
      </p>
    </section>
  );
}

function File({ piece, onSave, onDetails }: { piece: Evidence } & Pick<EvidenceFilesProps, 'onSave' | 'onDetails'>) {
  const Glyph = GLYPHS[piece.kind];
  const kind = words.kind[piece.role][piece.kind];
  return (
    <li>
      <Glyph size={16} aria-hidden="true" />
      <button type="button" className={styles.fileKind} onClick={() => onDetails(piece.sha256)}>
        {kind}
      </button>
      <code className={styles.digest} title={piece.sha256} translate="no">
        {piece.sha256}
      </code>
      <span className={styles.bytes}>{words.bytes(piece.bytes)}</span>
      <Worth piece={piece} />
      <span className={styles.fileActs}>
        <CopyButton text={piece.sha256} label={words.copySha} />
        {piece.removed_at === undefined && (
          <IconButton label={words.download(kind)} icon={IconDownload} onClick={() => onSave(piece)} />
        )}
      </span>
    </li>
  );
}

/** Its verdict; of a row, and of what a rule removed, that there is none. */
function Worth({ piece: { verdict, removed_at } }: { piece: Evidence }) {
  if (removed_at !== undefined)
    return <span className={styles.noVerdict}>{words.removedOn(dateText(removed_at))}</span>;
  if (verdict === null) return <span className={styles.noVerdict}>{words.noVerdict}</span>;
  return <Sign name={verdict} word={words.verdict[verdict]} />;
}
