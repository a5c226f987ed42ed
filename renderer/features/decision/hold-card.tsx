import { IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { PendingDecision } from '../../../shared/contract/escalation.ts';
import type { Request } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useHoldLeft } from '../frame/use-hold-left.ts';
import styles from './decision.module.css';
import type { FormState } from './form.ts';
import { words } from './words.ts';

const RADIUS = 26;
const ROUND = 2 * Math.PI * RADIUS;

interface HoldCardProps {
  readonly hold: PendingDecision;
  readonly request: Request | null;
  readonly form: FormState;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onUndo: () => void;
  readonly onRecordNow: () => void;
}

/** A decision in its undo time: how long still, what it is, and both ways to end it. Undo has the focus. */
export function HoldCard({ hold, request, form, busy, error, onUndo, onRecordNow }: HoldCardProps) {
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
        <div className={styles.holdActs} ref={undo}>
          <Button
            look="strong"
            height="decide"
            icon={IconArrowBackUp}
            onClick={onUndo}
            disabled={busy || seconds === 0}
          >
            {words.hold.undo} <Kbd>Z</Kbd>
          </Button>
          <Button height="decide" onClick={onRecordNow} disabled={busy || seconds === 0}>
            {words.hold.now}
          </Button>
        </div>
        {error !== null && (
          <p className={styles.refusal} role="alert">
            {errorFacts(error).message}
          </p>
        )}
        <HeldFacts request={request} form={form} />
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

function HeldFacts({ request, form }: { request: Request | null; form: FormState }) {
  const hash = form.resolution === 'packet' ? (form.packet?.sha256 ?? '') : form.vepHash.trim().toLowerCase();
  return (
    <dl className={styles.facts}>
      {request?.action !== undefined && (
        <div>
          <dt>{words.hold.request}</dt>
          <dd>
            <AgentLine text={`${request.action} ${request.target ?? ''}`} />
          </dd>
        </div>
      )}
      {request?.amount !== undefined && (
        <div>
          <dt>{words.hold.amount}</dt>
          <dd>
            <Amount amount={request.amount} />
          </dd>
        </div>
      )}
      {form.reasonCode !== '' && (
        <div>
          <dt>{words.code}</dt>
          <dd className="mono">{form.reasonCode}</dd>
        </div>
      )}
      {form.outcome === 'approved' && hash !== '' && (
        <div>
          <dt>{words.hashLabel}</dt>
          <dd className="mono" title={hash}>{`${hash.slice(0, 8)}…${hash.slice(-4)}`}</dd>
        </div>
      )}
    </dl>
  );
}

/** A decision in the undo time of someone else: nothing can be done about it here. */
export function HeldByOther({ hold }: { hold: PendingDecision }) {
  return (
    <section className={styles.card} role="status">
      <h2>
        <AgentLine text={words.hold.byOther(hold.by)} className={styles.sans} />
      </h2>
      <p className={styles.quiet}>{words.hold.byOtherNote}</p>
    </section>
  );
}
