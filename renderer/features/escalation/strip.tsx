import { Sign } from '../../components/sign.tsx';
import strip from '../../components/strip.module.css';
import styles from './escalation.module.css';
import type { Cell } from './strip-cells.ts';
import { words } from './words.ts';

/** Time, verdict and text in one look; it never scrolls. */
export function Strip({ cells }: { cells: readonly Cell[] }) {
  return (
    <section className={styles.strip} aria-label={words.summary}>
      {cells.map((cell) => (
        <div key={cell.sign} className={`${strip.cell} ${styles.cell}`} data-ground={cell.ground}>
          <Sign
            name={cell.sign}
            size={20}
            word={cell.title}
            note={cell.note}
            className={`${strip.cellSign} ${styles.cellSign}`}
          />
        </div>
      ))}
    </section>
  );
}
