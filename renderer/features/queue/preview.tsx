import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Opened as OpenedEscalation } from '../../../shared/contract/escalation.ts';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import type { EscalationInFull, Request } from '../../../shared/domain/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { AgentText } from '../../components/agent-text/agent-text.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Button } from '../../components/button.tsx';
import { CheckList } from '../../components/checks/check-list.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Sign } from '../../components/sign.tsx';
import { instantWords } from '../../components/time.ts';
import { deadlineSource, TimeLeft } from '../../components/time-left.tsx';
import { useDesk } from '../../queries/desk-context.tsx';
import { useDeskNow } from '../../queries/now.tsx';
import { useUrgencyMinutes } from '../../queries/tenant-settings.ts';
import { groupsOf, piecesOf, whyNoChecks } from '../escalation/pieces.ts';
import { words as escalationWords } from '../escalation/words.ts';
import styles from './preview.module.css';
import { QUEUE_WORDS } from './words.ts';

const WORDS = QUEUE_WORDS.preview;

interface PreviewProps {
  readonly tenant: string;
  readonly row: QueueRow | undefined;
  readonly onHide: () => void;
  readonly onOpen: () => void;
}

/** The focused row as it can be read without opening it. It decides nothing. */
export function Preview({ tenant, row, onHide, onOpen }: PreviewProps) {
  return (
    <aside className={styles.preview} aria-label={WORDS.title} data-region>
      <header className={styles.head}>
        {WORDS.title}
        <button type="button" className={styles.hide} onClick={onHide}>
          <Kbd>P</Kbd> {WORDS.hide}
        </button>
      </header>
      <div className={styles.body}>
        {row === undefined ? (
          <p className={styles.quiet}>{WORDS.none}</p>
        ) : (
          <Opened tenant={tenant} row={row} onOpen={onOpen} />
        )}
      </div>
    </aside>
  );
}

function Opened({ tenant, row, onOpen }: { tenant: string; row: QueueRow; onOpen: () => void }) {
  const { q } = useDesk();
  const minutes = useUrgencyMinutes(tenant);
  const input = { tenant, id: row.id, event: row.event };
  const { data, error, refetch } = useQuery(q.escalation.get.queryOptions({ input }));
  return (
    <>
      <p className={styles.id}>
        <AgentLine text={row.id} />
      </p>
      <p className={styles.action}>
        {row.has_request ? (
          <>
            <AgentLine text={row.action ?? ''} className={styles.strong ?? ''} /> <AgentLine text={row.target ?? ''} />
          </>
        ) : (
          QUEUE_WORDS.noRequest
        )}
      </p>
      {row.amount !== null && <Amount amount={row.amount} className={styles.amount ?? ''} />}
      <div className={styles.strip}>
        <TimeLeft deadline={row.deadline} minutes={minutes} />
        <Sign name={row.evidence.verdict} note={row.evidence.detail} />
      </div>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Facts escalation={data.escalation} />
          <Evidence opened={data} />
          <Words request={data.escalation.request} />
        </>
      )}
      <div className={styles.actions}>
        <Button look="strong" onClick={onOpen}>
          {WORDS.open} <Kbd>Enter</Kbd>
        </Button>
        <span className={styles.quiet}>{WORDS.notHere}</span>
      </div>
    </>
  );
}

function Facts({ escalation }: { escalation: EscalationInFull }) {
  const { request, record, deadline } = escalation;
  const now = useDeskNow('minute');
  return (
    <dl className={styles.facts}>
      {request?.policy !== undefined && (
        <Fact name={WORDS.policy}>
          <AgentLine text={request.policy} />
          {request.policy_text !== undefined && <AgentLine text={request.policy_text} className={styles.minor ?? ''} />}
        </Fact>
      )}
      {request?.reference !== undefined && (
        <Fact name={WORDS.reference}>
          <AgentLine text={request.reference} />
        </Fact>
      )}
      {request?.agent_name !== undefined && (
        <Fact name={WORDS.agent}>
          <AgentLine text={request.agent_name} />
        </Fact>
      )}
      <Fact name={record.status === 'ESCALATED' ? WORDS.escalated : WORDS.lastSet}>
        {instantWords(record.timestamp, now)}
      </Fact>
      {deadline !== null && <Fact name={WORDS.deadline}>{deadlineSource(deadline, now)}</Fact>}
      {request !== null && <Fact name={WORDS.signed}>{signedWords(request)}</Fact>}
    </dl>
  );
}

/** Which values are as the gate signed them. */
function signedWords({ signed }: Request): string {
  return signed.length === 0
    ? WORDS.noneSigned
    : WORDS.signedBy(signed.map((name) => escalationWords.member[name] ?? name).join(', '));
}

function Evidence({ opened }: { opened: OpenedEscalation }) {
  if (!opened.judgement.current) return <p className={styles.quiet}>{whyNoChecks(opened)}</p>;
  const groups = groupsOf(piecesOf(opened)).filter(({ of }) => of !== 'resolution');
  const reports = groups.flatMap((group) => group.reports);
  if (reports.length === 0) return null;
  return (
    <div className={styles.checks}>
      <CheckList label={WORDS.checks} reports={reports} dense />
    </div>
  );
}

function Words({ request }: { request: Request | null }) {
  if (request?.explanation === undefined) return null;
  return <AgentText text={request.explanation} label={WORDS.written} />;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
