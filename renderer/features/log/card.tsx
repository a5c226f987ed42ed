import { type ReactNode, useId } from 'react';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { Sign } from '../../components/sign.tsx';
import styles from './log.module.css';

interface CardProps {
  readonly title: string;
  readonly verdict?: Verdict;
  readonly children: ReactNode;
}

/** A card of the panel: what it is of, what that is worth, and what it says. */
export function Card({ title, verdict, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.cardHead}>
        <h2 id={id}>{title}</h2>
        {verdict !== undefined && <Sign name={verdict} />}
      </div>
      {children}
    </section>
  );
}

/** One thing that a card says. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
