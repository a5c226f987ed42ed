import {
  IconCircleCheck,
  IconCircleDashed,
  IconCloudOff,
  IconDatabaseImport,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Decision, EscalationInFull } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Hash } from '../../components/hash.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { outcomeSign, Sign } from '../../components/sign.tsx';
import { clockText, instantWords } from '../../components/time.ts';
import { Correction } from './correction.tsx';
import styles from './decision.module.css';
import { Dissents } from './dissents.tsx';
import { SealedPacket } from './sealed-packet.tsx';
import { words } from './words.ts';

interface RecordedCardProps {
  readonly escalation: EscalationInFull;
  readonly now: number;
  readonly canCorrect: boolean;
  readonly onNext: (() => void) | null;
}

/** What was decided and how far it got: recorded here is one fact, acknowledged and confirmed would be two others. */
export function RecordedCard({ escalation, now, canCorrect, onNext }: RecordedCardProps) {
  const { decision } = escalation;
  if (decision === null) return null;
  return (
    <>
      <section className={styles.card} aria-labelledby="recorded-title">
        <div className={styles.recordedHead}>
          <h2 id="recorded-title">
            <OutcomeSign decision={decision} />
          </h2>
          <span className={styles.quiet}>{words.recorded.final}</span>
        </div>
        <ol className={styles.steps}>
          {decision.source === 'desk' ? (
            <OwnSteps decision={decision} escalation={escalation} now={now} />
          ) : (
            <UpstreamStep decision={decision} escalation={escalation} now={now} />
          )}
        </ol>
        <DecisionFacts escalation={escalation} decision={decision} />
        {decision.sealed && decision.vep_hash !== undefined && (
          <SealedPacket escalation={escalation} sha256={decision.vep_hash} />
        )}
      </section>
      <Dissents dissents={escalation.dissents} now={now} />
      <p className={styles.aside}>{words.recorded.never}</p>
      <div className={styles.pair}>
        {canCorrect && <Correction escalation={escalation} />}
        {onNext !== null && (
          <Button look="strong" onClick={onNext}>
            {words.recorded.next} <Kbd>J</Kbd>
          </Button>
        )}
      </div>
    </>
  );
}

/** What came decided from outside is `Resolved` whatever its event says: VEX sets that for rejections too. */
function OutcomeSign({ decision }: { decision: Decision }) {
  const outside =
    decision.source === 'upstream' && (decision.outcome === 'approved' || decision.outcome === 'rejected');
  const outcome = outside ? 'unknown' : decision.outcome;
  return <Sign name={outcomeSign(outcome)} size={20} word={words.done[outcome]} className={styles.outcome} />;
}

interface StepsProps {
  readonly decision: Decision;
  readonly escalation: EscalationInFull;
  readonly now: number;
}

function OwnSteps({ decision, escalation, now }: StepsProps) {
  const event = escalation.events.findLast(({ at }) => at === decision.decided_at);
  return (
    <>
      <Step icon={IconCircleCheck} tone="accent" title={words.recorded.recorded(recordedAt(decision.decided_at, now))}>
        {words.recorded.written(event?.seq ?? null)}
      </Step>
      {escalation.delivery === null ? (
        <Step icon={IconCloudOff} tone="quiet" title={words.recorded.notSent}>
          {words.recorded.notSentNote}
        </Step>
      ) : (
        <>
          <Step icon={IconCircleDashed} tone="quiet" title={words.recorded.acknowledged}>
            {words.recorded.acknowledgedNote}
          </Step>
          <Step icon={IconCircleDashed} tone="quiet" title={words.recorded.confirmed}>
            {words.recorded.confirmedNote}
          </Step>
        </>
      )}
    </>
  );
}

function recordedAt(at: string, now: number): string {
  return now - Date.parse(at) < 12 * 3_600_000 ? clockText(at) : instantWords(at, now, true);
}

function UpstreamStep({ decision, now }: StepsProps) {
  const says = { approved: words.recorded.saysApproved, rejected: words.recorded.saysRejected };
  const said = decision.outcome === 'approved' || decision.outcome === 'rejected' ? says[decision.outcome] : null;
  return (
    <Step
      icon={IconDatabaseImport}
      tone="quiet"
      title={words.recorded.upstream(instantWords(decision.decided_at, now, true))}
    >
      {said ?? words.recorded.saysNothing} {words.recorded.upstreamNote}
    </Step>
  );
}

interface StepProps {
  readonly icon: TablerIcon;
  readonly tone: 'accent' | 'quiet';
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ icon: Icon, tone, title, children }: StepProps) {
  return (
    <li data-tone={tone}>
      <Icon size={18} aria-hidden="true" />
      <div>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
    </li>
  );
}

function DecisionFacts({ escalation, decision }: Omit<StepsProps, 'now'>) {
  const { record } = escalation;
  const event = record.resolution_event_id;
  const hash = decision.vep_hash;
  return (
    <dl className={styles.facts}>
      {decision.reviewer !== undefined &&
        fact(words.recorded.reviewer, <AgentLine text={decision.reviewer} className={styles.sans} />)}
      {decision.reason !== undefined && fact(words.recorded.reason, <Reason decision={decision} />)}
      {decision.reason_code !== undefined && fact(words.recorded.code, <code>{decision.reason_code}</code>)}
      {hash !== undefined &&
        fact(
          hashLabel(decision),
          <>
            <AgentLine text={hash} className={styles.hash} />
            <CopyButton text={hash} label={words.recorded.copyHash} />
          </>,
        )}
      {event !== undefined && fact(words.recorded.event, <Hash value={event} />)}
      {decision.overrides.length > 0 && fact(words.recorded.overrides, <code>{decision.overrides.join(', ')}</code>)}
      {decision.accepted_unchecked.length > 0 &&
        fact(uncheckedLabel(decision), <code>{decision.accepted_unchecked.join(', ')}</code>)}
      {decision.source === 'desk' && !decision.signed && fact(words.recorded.statement, words.recorded.unsigned)}
    </dl>
  );
}

/** A rejection has no VEP hash in VEX's record: its packet stands in the decision alone. */
function hashLabel({ outcome, sealed }: Decision): string {
  return sealed && outcome !== 'approved' ? words.recorded.sealed : words.recorded.hash;
}

/** An approval accepts what was not checked; the other outcomes only leave it so. */
function uncheckedLabel({ outcome }: Decision): string {
  return outcome === 'approved' ? words.recorded.accepted : words.recorded.leftUnchecked;
}

/** A reason that was given here is set in the app's face; one from outside is not the app's to vouch for. */
function Reason({ decision }: { decision: Decision }) {
  return <AgentLine text={decision.reason ?? ''} className={decision.source === 'desk' ? styles.sans : styles.hash} />;
}

function fact(label: string, value: ReactNode) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
