import { IconArrowBackUp } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { PendingNow } from '../../../shared/contract/escalation.ts';
import type { Request } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Button } from '../../components/button.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Hash } from '../../components/hash.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { errorFacts } from '../../queries/errors.ts';
import { useHoldLeft } from '../frame/use-hold-left.ts';
import styles from './decision.module.css';
import type { FormState } from './form.ts';
import type { FormFacts } from './form-rules.ts';
import { resolutionOf } from './sealing.ts';
import { words } from './words.ts';

const RADIUS = 26;
const ROUND = 2 * Math.PI * RADIUS;

interface HoldCardProps {
  readonly hold: PendingNow;
  readonly request: Request | null;
  readonly form: FormState;
  readonly facts: FormFacts;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onUndo: () => void;
  readonly onRecordNow: () => void;
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

interface HeldFactsProps {
  readonly request: Request | null;
  readonly form: FormState;
  readonly facts: FormFacts;
}

export function HeldFacts({ request, form, facts }: HeldFactsProps) {
  const choice = resolutionOf(form, facts);
  const hash = choice === 'packet' ? (form.packet?.sha256 ?? '') : form.vepHash.trim().toLowerCase();
  return (
    <dl className={styles.facts}>
      {request?.action !== undefined &&
        fact(words.hold.request, <AgentLine text={`${request.action} ${request.target ?? ''}`} />)}
      {request?.amount !== undefined && fact(words.hold.amount, <Amount amount={request.amount} />)}
      {form.reasonCode !== '' && fact(words.code, <span className="mono">{form.reasonCode}</span>)}
      {(choice === 'packet' || choice === 'hash') && hash !== '' && fact(words.hashLabel, <Hash value={hash} short />)}
      {choice === 'seal' && fact(words.hold.packet, words.hold.sealed)}
      {choice === 'seal' &&
        facts.key !== null &&
        fact(
          words.hold.signs,
          <>
            {words.sealing.by} <Fingerprint value={facts.key.fingerprint} groups={2} />
          </>,
        )}
    </dl>
  );
}

function fact(label: string, value: ReactNode) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
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
