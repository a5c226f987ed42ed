import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Request } from '../../../shared/domain/escalation.ts';
import { Amount } from '../../components/agent-text/amount.tsx';
import { CutLine } from '../../components/agent-text/cut-line.tsx';
import { readAmount } from '../../components/agent-text/money.ts';
import { instantWords, leftText } from '../../components/time.ts';
import styles from './escalation.module.css';
import { confidenceOf } from './raw-data.ts';
import { words } from './words.ts';

/** Longer than this no action, target or other fact needs to be; the event's data have all of it. */
const NAME = 240;
const FACT = 160;

interface RequestCardProps {
  readonly opened: Opened;
  readonly now: number;
}

/** What the agent asks for: its claims as facts, each in the agent's face, above what it says about them. */
export function RequestCard({ opened, now }: RequestCardProps) {
  const { request } = opened.escalation;
  return (
    <section aria-labelledby="request-title">
      <div className={styles.sectionHead}>
        <h2 id="request-title">{words.request}</h2>
        <span className={styles.claims}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {words.claims}
        </span>
      </div>
      <div className={styles.card}>
        {request === null ? <p className={styles.noRequest}>{words.noRequest}</p> : <Ask request={request} />}
        <Facts opened={opened} now={now} />
      </div>
    </section>
  );
}

function Ask({ request }: { request: Request }) {
  return (
    <div className={styles.ask}>
      <div className={styles.askWords}>
        <Said text={request.action} without={words.noAction} />
        <Said text={request.target} without={words.noTarget} />
      </div>
      <div className={styles.amount}>
        {request.amount === undefined ? (
          <span className={styles.noAmount}>{words.noAmount}</span>
        ) : (
          <AskedAmount amount={request.amount} />
        )}
      </div>
    </div>
  );
}

function AskedAmount({ amount }: { amount: string }) {
  const shown = readAmount(amount);
  const beside = shown.kind === 'money' ? shown.text : null;
  return (
    <>
      <Amount amount={amount} className={(shown.kind === 'money' ? styles.money : styles.agentAmount) ?? ''} />
      {beside !== null && (
        <span className={styles.besides}>
          {words.textSays} <CutLine text={beside} most={FACT} />
        </span>
      )}
    </>
  );
}

function Said({ text, without }: { text: string | undefined; without: string }) {
  return (
    <p>{text === undefined ? <span className={styles.quiet}>{without}</span> : <CutLine text={text} most={NAME} />}</p>
  );
}

function Facts({ opened, now }: RequestCardProps) {
  const { request, record } = opened.escalation;
  const { token } = opened;
  const confidence = request === null ? null : confidenceOf(request.raw);
  const age = now - Date.parse(record.timestamp);
  return (
    <dl className={styles.facts}>
      {request?.policy !== undefined && (
        <Fact label={words.policy} note={request.policy_text && <CutLine text={request.policy_text} most={FACT} />}>
          <CutLine text={request.policy} most={FACT} />
        </Fact>
      )}
      {request !== null && <Agent request={request} />}
      {request?.reference !== undefined && (
        <Fact label={words.reference}>
          <CutLine text={request.reference} most={FACT} />
        </Fact>
      )}
      <Fact
        label={record.status === 'ESCALATED' ? words.escalated : words.lastSet}
        note={age >= 0 ? words.ago(leftText(age)) : words.ahead}
      >
        <time dateTime={record.timestamp} title={record.timestamp}>
          {instantWords(record.timestamp, now, true)}
        </time>
      </Fact>
      {token !== null && token.capabilities.length > 0 && (
        <Fact label={words.mayDo} note={tokenEnd(token.expires_at, now)}>
          <CutLine text={token.capabilities.join(', ')} most={FACT} />
        </Fact>
      )}
      {confidence !== null && (
        <Fact label={words.confidence} note={words.confidenceNote}>
          <CutLine text={confidence} most={FACT} />
        </Fact>
      )}
    </dl>
  );
}

function Agent({ request }: { request: Request }) {
  const id = request.agent_id;
  const note =
    id === null ? undefined : (
      <>
        {words.agentId} <CutLine text={id.length > 24 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id} most={FACT} />
      </>
    );
  return (
    <Fact label={words.agent} note={note}>
      {request.agent_name === undefined ? words.none : <CutLine text={request.agent_name} most={FACT} />}
    </Fact>
  );
}

function tokenEnd(at: string | null, now: number): string {
  if (at === null) return words.tokenNoEnd;
  const when = instantWords(at, now);
  return Date.parse(at) <= now ? words.tokenEnded(when) : words.tokenEnds(when);
}

function Fact({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className={styles.factValue}>{children}</span>
        {note !== undefined && note !== '' && <span className={styles.factNote}>{note}</span>}
      </dd>
    </div>
  );
}
