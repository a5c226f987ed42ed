import type { ReactNode } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Request } from '../../../shared/domain/escalation.ts';
import { Amount } from '../../components/agent-text/amount.tsx';
import { CutLine } from '../../components/agent-text/cut-line.tsx';
import { readAmount } from '../../components/agent-text/money.ts';
import { Sign } from '../../components/sign.tsx';
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
        {request !== null && <Signed request={request} failed={opened.judgement.verdict === 'failed'} />}
      </div>
      <div className={styles.card}>
        {request === null ? <p className={styles.noRequest}>{words.noRequest}</p> : <Ask request={request} />}
        <Facts opened={opened} now={now} />
      </div>
    </section>
  );
}

/** The values that a decision turns on, in the order that the head names them. */
const DECISIVE: readonly string[] = ['action', 'target', 'amount'];

/** Which values are as the gate signed them; green only for those, and where none is: that all of them are claims. */
function Signed({ request: { signed }, failed }: { request: Request; failed: boolean }) {
  const decisive = DECISIVE.filter((name) => signed.includes(name));
  const named = decisive.length > 0 ? decisive : signed;
  return (
    <span className={styles.claims}>
      {named.length === 0 ? (
        <Sign name={failed ? 'failed' : 'unchecked'} word={words.claims} />
      ) : (
        <Sign name="verified" word={words.asSigned(named.map((name) => words.member[name] ?? name))} />
      )}
    </span>
  );
}

/** A value that stands only in the event is called so, wherever the packet signs others. */
function unsignedNote(request: Request, name: string): boolean {
  return request.signed.length > 0 && !request.signed.includes(name);
}

function Ask({ request }: { request: Request }) {
  return (
    <div className={styles.ask}>
      <div className={styles.askWords}>
        <Said text={request.action} without={words.noAction} unsigned={unsignedNote(request, 'action')} />
        <Said text={request.target} without={words.noTarget} unsigned={unsignedNote(request, 'target')} />
      </div>
      <div className={styles.amount}>
        {request.amount === undefined ? (
          <span className={styles.noAmount}>{words.noAmount}</span>
        ) : (
          <AskedAmount amount={request.amount} unsigned={unsignedNote(request, 'amount')} />
        )}
      </div>
    </div>
  );
}

function AskedAmount({ amount, unsigned }: { amount: string; unsigned: boolean }) {
  const shown = readAmount(amount);
  const beside = shown.kind === 'money' ? shown.text : null;
  return (
    <>
      <Amount amount={amount} className={(shown.kind === 'money' ? styles.money : styles.agentAmount) ?? ''} />
      {unsigned && <NotSigned />}
      {beside !== null && (
        <span className={styles.besides}>
          {words.textSays} <CutLine text={beside} most={FACT} />
        </span>
      )}
    </>
  );
}

interface SaidProps {
  readonly text: string | undefined;
  readonly without: string;
  readonly unsigned: boolean;
}

function Said({ text, without, unsigned }: SaidProps) {
  if (text === undefined) {
    return (
      <p>
        <span className={styles.quiet}>{without}</span>
      </p>
    );
  }
  return (
    <p>
      <CutLine text={text} most={NAME} /> {unsigned && <NotSigned />}
    </p>
  );
}

function NotSigned() {
  return <span className={styles.notSigned}>{words.notSigned}</span>;
}

function Facts({ opened, now }: RequestCardProps) {
  const { request, record } = opened.escalation;
  const { token } = opened;
  const confidence = request === null ? null : confidenceOf(request.raw);
  const age = now - Date.parse(record.timestamp);
  return (
    <dl className={styles.facts}>
      {request?.policy !== undefined && (
        <Fact
          label={labelOf(request, 'policy', words.policy)}
          note={request.policy_text && <CutLine text={request.policy_text} most={FACT} />}
        >
          <CutLine text={request.policy} most={FACT} />
        </Fact>
      )}
      {request !== null && <Agent request={request} />}
      {request?.reference !== undefined && (
        <Fact label={labelOf(request, 'reference', words.reference)}>
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

/** What only the event carries says so in its label. */
function labelOf({ signed }: Request, name: string, label: string): string {
  return signed.includes(name) ? label : words.unsigned(label);
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
    <Fact label={labelOf(request, 'agent_name', words.agent)} note={note}>
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
