import type { Look } from './chart.ts';
import styles from './charts.module.css';

const SIZE = 6;
/** A thinner part would be nothing but its edge. */
const EDGED = 4;

/** The hatches of one drawing, under ids that begin with `id`. */
export function Hatches({ id }: { id: string }) {
  const tile = { width: SIZE, height: SIZE, patternUnits: 'userSpaceOnUse' } as const;
  return (
    <defs>
      <pattern id={`${id}-diagonal`} {...tile}>
        <path className={styles.hatch} d="M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5" />
      </pattern>
      <pattern id={`${id}-lines`} {...tile}>
        <path className={styles.hatch} d="M0 3 H6" />
      </pattern>
      <pattern id={`${id}-dots`} {...tile}>
        <circle className={styles.dot} cx={3} cy={3} r={1.4} />
      </pattern>
    </defs>
  );
}

interface PartProps {
  readonly id: string;
  readonly look: Look;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a bar. */
export function Part({ id, look, ...box }: PartProps) {
  return (
    <>
      <rect className={styles.part} data-look={look} {...box} />
      {look !== 'solid' && <rect fill={`url(#${id}-${look})`} {...box} />}
      {Math.min(box.width, box.height) >= EDGED && <rect className={styles.edge} {...box} />}
    </>
  );
}
