import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { numberText } from '../../components/numbers.ts';
import { hexRows } from './hex-rows.ts';
import styles from './verify.module.css';
import { words } from './words.ts';

const STEP = 4096;

interface HexDumpProps {
  readonly bytes: Uint8Array;
  /** Byte offset in the file and how many from there. */
  readonly from?: number;
  readonly length?: number;
  readonly label: string;
}

/** Bytes in hex with their offsets in the file, 4,096 at a time; sideways it scrolls in itself. */
export function HexDump({ bytes, from = 0, length = bytes.length, label }: HexDumpProps) {
  const [shown, setShown] = useState(STEP);
  const until = Math.min(from + length, bytes.length);
  const rows = hexRows(bytes.subarray(0, until), from, shown);
  const lines = rows.map(({ offset, hex, ascii }) => `${offset}  ${hex.padEnd(47)}  ${ascii}`);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className={styles.hex} tabIndex={0} aria-label={label}>
        <pre translate="no">{lines.join('\n')}</pre>
      </section>
      {from + shown < until && (
        <Button look="link" onClick={() => setShown(shown + 4 * STEP)}>
          {words.moreBytes(numberText(shown), numberText(until - from))}
        </Button>
      )}
    </>
  );
}
