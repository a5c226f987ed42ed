import { escapeForTerminal } from '../../../shared/domain/text/escape.ts';
import type { ChipSegment } from '../../../shared/domain/text/segments.ts';
import styles from './agent-text.module.css';
import { splitHosts } from './hosts.ts';
import { lineParts } from './line-parts.ts';
import { words } from './words.ts';

/** What VEX puts in place of a value that it takes for a secret. */
const REDACTED = '[REDACTED]';

/**
 * One line of the agent's text as text nodes: chips for what would not be seen, hosts dotted under, nothing else
 * (S62, S63). `data-escaped` is what a copy takes in a chip's place.
 */
export function Pieces({ text }: { text: string }) {
  if (text === REDACTED) {
    return (
      <span className={`${styles.chip} ${styles.chipSoft}`} data-escaped={REDACTED}>
        {words.redacted}
      </span>
    );
  }
  return lineParts(text).map((part, n) =>
    part.kind === 'chip' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text have no identity but their place
      <Chip key={n} chip={part.chip} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Plain key={n} text={part.text} enclosed={part.enclosed} />
    ),
  );
}

function Chip({ chip }: { chip: ChipSegment }) {
  const label = chip.count === 1 ? chip.label : withCount(chip.label, chip.count);
  return (
    <span className={styles.chip} data-escaped={escapeForTerminal(chip.text)}>
      {label}
    </span>
  );
}

/** `TAG ×7 “APPROVE”`: the count stands before what is spelt. */
function withCount(label: string, count: number): string {
  const spelt = label.indexOf(' “');
  return spelt < 0 ? `${label} ×${count}` : `${label.slice(0, spelt)} ×${count}${label.slice(spelt)}`;
}

function Plain({ text, enclosed }: { text: string; enclosed: boolean }) {
  const hosts = splitHosts(text).map((piece, n) =>
    piece.host ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <span key={n}>
        <span className={styles.host}>{piece.text}</span>
        {piece.punycode !== null && (
          <span className={`${styles.chip} ${styles.chipSoft}`} data-escaped="">
            {piece.punycode}
          </span>
        )}
      </span>
    ) : (
      piece.text
    ),
  );
  return enclosed ? <span className={styles.enclosed}>{hosts}</span> : hosts;
}
