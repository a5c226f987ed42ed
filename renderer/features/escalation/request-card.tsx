import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Request } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { readAmount } from '../../components/agent-text/money.ts';
import { instantWords, leftText } from '../../components/time.ts';
import styles from './escalation.module.css';
import { confidenceOf } from './raw-data.ts';
import { words } from './words.ts';

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
      <Amount amount={amount} className={shown.kind === 'money' ? (styles.money ?? '') : (styles.agentAmount ?? '')} />
      {beside !== null && (
        <span className={styles.besides}>
          {words.textSays} <AgentLine text={beside} />
        </span>
      )}
    </>
  );
}

function Said({ text, without }: { text: string | undefined; without: string }) {
  return <p>{text === undefined ? <span className={styles.quiet}>{without}</span> : <AgentLine text={text} />}</p>;
}

function Facts({ opened, now }: RequestCardProps) {
  const { request, record } = opened.escalation;
  const { token } = opened;
  const confidence = request === null ? null : confidenceOf(request.raw);
  const age = now - Date.parse(record.timestamp);
  return (
    <dl className={styles.facts}>
      {request?.policy !== undefined && (
        <Fact label={words.policy} note={request.policy_text && <AgentLine text={request.policy_text} />}>
          <AgentLine text={request.policy} />
        </Fact>
      )}
      {request !== null && <Agent request={request} />}
      {request?.reference !== undefined && (
        <Fact label={words.reference}>
          <AgentLine text={request.reference} />
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
          <AgentLine text={token.capabilities.join(', ')} />
        </Fact>
      )}
      {confidence !== null && (
        <Fact label={words.confidence} note={words.confidenceNote}>
          <AgentLine text={confidence} />
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
        {words.agentId} <AgentLine text={id.length > 24 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id} />
      </>
    );
  return (
    <Fact label={words.agent} note={note}>
      {request.agent_name === undefined ? words.none : <AgentLine text={request.agent_name} />}
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
