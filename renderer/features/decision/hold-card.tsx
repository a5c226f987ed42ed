import { useEffect, useRef } from 'react';
import type { PendingNow } from '../../../shared/contract/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { useHoldLeft } from '../frame/use-hold-left.ts';
import styles from './decision.module.css';
import { HeldActs, HeldFacts, type HeldProps } from './held.tsx';
import { words } from './words.ts';

const RADIUS = 26;
const ROUND = 2 * Math.PI * RADIUS;

interface HoldCardProps extends HeldProps {
  readonly hold: PendingNow;
}

/** A decision in its undo time: how long still, what it is, and both ways to end it. Undo has the focus. */
export function HoldCard({ hold, request, form, facts, busy, error, onUndo, onRecordNow }: HoldCardProps) {
  const undo = useRef<HTMLDivElement>(null);
  useEffect(() => undo.current?.querySelector('button')?.focus(), []);
  const { seconds, share, first } = useHoldLeft(hold);
  const doing = hold.outcome === 'unknown' ? words.doing.approved : words.doing[hold.outcome];
  const title = seconds > 0 ? words.hold.title(doing, seconds) : words.hold.ending(doing);
  return (
    <>
      <section className={styles.card} aria-labelledby="hold-title">
        <div className={styles.hold}>
          <Ring share={share} seconds={seconds} />
          <div>
            <h2 id="hold-title">{title}</h2>
            <p>{words.hold.nothing}</p>
          </div>
        </div>
        <p className="visually-hidden" role="status">
          {first || seconds === 5 || seconds === 0 ? `${title}. ${words.hold.nothing}` : ''}
        </p>
        <div ref={undo}>
          <HeldActs
            error={error}
            canUndo={!busy && seconds > 0}
            canRecord={!busy && seconds > 0}
            onUndo={onUndo}
            onRecordNow={onRecordNow}
          />
        </div>
        <HeldFacts request={request} form={form} facts={facts} />
      </section>
      <p className={styles.aside}>{words.hold.note}</p>
    </>
  );
}

function Ring({ share, seconds }: { share: number; seconds: number }) {
  const circle = { cx: 30, cy: 30, r: RADIUS, fill: 'none', strokeWidth: 5 };
  return (
    <svg width="60" height="60" viewBox="0 0 60 60" className={styles.ring} aria-hidden="true">
      <circle {...circle} stroke="var(--line)" />
      <circle
        {...circle}
        stroke="var(--accent-text)"
        strokeDasharray={ROUND}
        strokeDashoffset={ROUND * share}
        transform="rotate(-90 30 30)"
      />
      <text x="30" y="36" textAnchor="middle">
        {seconds}
      </text>
    </svg>
  );
}

/** A decision in the undo time of someone else: nothing can be done about it here. */
export function HeldByOther({ hold }: { hold: PendingNow }) {
  return (
    <section className={styles.card} role="status">
      <h2>
        <AgentLine text={words.hold.byOther(hold.by)} className={styles.sans} />
      </h2>
      <p className={styles.quiet}>{words.hold.byOtherNote}</p>
    </section>
  );
}
