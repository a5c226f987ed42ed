import type { Evidence } from '../../../shared/domain/escalation.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Sign } from '../../components/sign.tsx';
import styles from './escalation.module.css';
import { packetsOf, worstVerdict } from './strip-cells.ts';
import { words } from './words.ts';

interface EvidenceCardProps {
  readonly evidence: readonly Evidence[];
  readonly onDetails: (piece: Evidence) => void;
}

/** The packet a decision rests on and what its check says: here that none was made. */
export function EvidenceCard({ evidence, onDetails }: EvidenceCardProps) {
  const packets = packetsOf(evidence);
  const [first] = packets;
  const verdict = worstVerdict(evidence);
  return (
    <section className={styles.card} aria-labelledby="evidence-title">
      <div className={styles.cardHead}>
        <h2 id="evidence-title">
          {words.evidence}{' '}
          {first !== undefined && (
            <span className={styles.titleNote}>
              {words.evidenceNote(first.kind === 'vep' ? 'packet' : first.kind, first.bytes)}
            </span>
          )}
        </h2>
        <span className={styles.verdictChip} data-verdict={verdict}>
          <Sign name={verdict} word={words.verdict[verdict]} />
        </span>
      </div>
      <p className={styles.cardNote}>{first === undefined ? words.noPacketNote : words.notChecked}</p>
      {packets.length > 1 && <p className={styles.cardNote}>{words.more(packets.length - 1)}</p>}
      {first !== undefined && (
        <div className={styles.cardFoot}>
          <span>
            <span className={styles.quiet}>{words.sha256}</span> <Hash value={first.sha256} short />
            <CopyButton text={first.sha256} label={words.copySha} />
          </span>
          <Button look="link" onClick={() => onDetails(first)}>
            {words.allBytes} <Kbd>V</Kbd>
          </Button>
        </div>
      )}
    </section>
  );
}
