import { IconUser } from '@tabler/icons-react';
import type { QueueRow } from '../../../shared/contract/queue.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { outcomeSign, Sign } from '../../components/sign.tsx';
import { ageText, instantWords } from '../../components/time.ts';
import { useDeskNow } from '../../queries/now.tsx';
import { worstFinding } from './findings.ts';
import styles from './grid.module.css';
import { QUEUE_WORDS as WORDS } from './words.ts';

/** What the agent wants, in its own words: one line, and below it who asks, under which policy, and the id. */
export function RequestCell({ row }: { row: QueueRow }) {
  const about = [row.agent_name, row.policy, row.id].filter((part) => part !== null);
  return (
    <div className={styles.two}>
      <div className={styles.request}>
        {row.has_request ? (
          <>
            <AgentLine text={row.action ?? ''} className={styles.action ?? ''} />
            {row.target !== null && <AgentLine text={row.target} className={styles.target ?? ''} />}
          </>
        ) : (
          WORDS.noRequest
        )}
      </div>
      <div className={styles.about}>
        {about.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: three fixed places, whose texts may be equal
          <span key={at}>
            {at > 0 && ' · '}
            <AgentLine text={part} />
          </span>
        ))}
      </div>
    </div>
  );
}

export function AmountCell({ row }: { row: QueueRow }) {
  return row.amount === null ? null : <Amount amount={row.amount} className={styles.money ?? ''} />;
}

export function EvidenceCell({ row }: { row: QueueRow }) {
  const { verdict, detail } = row.evidence;
  return (
    <span title={detail} className={styles.one}>
      <Sign name={verdict} note={inFew(detail)} />
    </span>
  );
}

/** One open check is named; more of them have no room here, and are named on hover, in the preview and on the page. */
function inFew(detail: string): string {
  const [, made, names = ''] = /^(\d+ of \d+), not (.+)$/.exec(detail) ?? [];
  return made !== undefined && names.includes(', ') ? WORDS.checksOf(made) : detail;
}

export function FindingsCell({ row }: { row: QueueRow }) {
  const worst = worstFinding(row.findings);
  if (worst === null) return null;
  const all = row.findings.map(({ message }) => message).join('\n');
  return (
    <span title={all} className={styles.one}>
      <Sign name={worst.deceptive ? 'deceptive' : 'finding'} word={worst.word} />
      {worst.more > 0 && <span className={styles.more}>+{worst.more}</span>}
    </span>
  );
}

export function ClaimCell({ row, me }: { row: QueueRow; me: string | undefined }) {
  const by = row.pending?.by ?? row.claim?.by;
  if (by === undefined) return null;
  const mine = row.pending === null ? row.claimed_by === me : row.claimed_by === me && row.claim?.by === by;
  return (
    <span className={styles.claim} data-mine={mine}>
      <IconUser size={14} aria-hidden="true" />
      <span className={styles.two}>
        <span className={styles.cut}>{mine ? WORDS.you : <AgentLine text={by} />}</span>
        {row.pending !== null && <span className={styles.note}>{WORDS.decides(mine)}</span>}
      </span>
    </span>
  );
}

export function WaitingCell({ row }: { row: QueueRow }) {
  const now = useDeskNow('minute');
  return <span className={styles.quiet}>{ageText(now - Date.parse(row.timestamp))}</span>;
}

export function OutcomeCell({ row }: { row: QueueRow }) {
  if (row.decision === null) return <span className={styles.quiet}>{WORDS.statuses.active}</span>;
  const { outcome, source, reviewer } = row.decision;
  const resolvedElsewhere = source === 'upstream' && row.status === 'RESOLVED';
  const note = resolvedElsewhere ? UPSTREAM_NOTES[outcome] : reviewer;
  return <Sign name={resolvedElsewhere ? 'resolved' : outcomeSign(outcome)} note={note} />;
}

// VEX sets RESOLVED for rejections too, so what came resolved is never shown as approved; its event may say more.
const UPSTREAM_NOTES = {
  approved: 'its event says approved',
  rejected: 'its event says rejected',
  withdrawn: 'its event says withdrawn',
  expired: 'its event says expired',
  unknown: 'no event in the file',
} as const;

export function DecidedCell({ row }: { row: QueueRow }) {
  const now = useDeskNow('minute');
  if (row.decision === null) return null;
  const words = instantWords(row.decision.decided_at, now);
  return (
    <div className={styles.two}>
      <span title={row.decision.decided_at}>{words}</span>
      {row.decision.source === 'upstream' && <span className={styles.note}>{WORDS.beforeItCame}</span>}
    </div>
  );
}
