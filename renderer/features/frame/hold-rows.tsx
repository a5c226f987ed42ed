import { IconArrowBackUp, IconClockPause, IconKey } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { PendingDecision, PendingNow } from '../../../shared/contract/escalation.ts';
import { AgentLine } from '../../components/agent-text/agent-line.tsx';
import { Amount } from '../../components/agent-text/amount.tsx';
import { Button } from '../../components/button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useGo } from '../../components/link.tsx';
import { outcomeSign, Sign } from '../../components/sign.tsx';
import { clockText } from '../../components/time.ts';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import styles from './hold-bar.module.css';
import { useHoldLeft } from './use-hold-left.ts';
import { HOLD_WORDS } from './words.ts';

interface HoldRowProps {
  readonly hold: PendingNow;
  readonly newest: boolean;
  readonly onUndo: () => void;
}

/** A decision in its undo time: what, of what, how long still, and both ways to end it. */
export function HoldRow({ hold, newest, onUndo }: HoldRowProps) {
  const { q } = useDesk();
  const acting = useActing();
  const record = useMutation(q.decision.record_now.mutationOptions());
  const left = useHoldLeft(hold);
  const now = (): void => record.mutate({ ...acting(), tenant: hold.tenant, pending_id: hold.pending_id });
  return (
    <div className={styles.row}>
      <IconClockPause size={18} aria-hidden="true" className={styles.accent} />
      <strong className={styles.what}>{HOLD_WORDS.deciding(hold.outcome, left.seconds)}</strong>
      <span className="visually-hidden" role="status">
        {[0, 5].includes(left.seconds) || left.first ? HOLD_WORDS.deciding(hold.outcome, left.seconds) : ''}
      </span>
      <About hold={hold} />
      <span className={styles.space} />
      <progress className={styles.progress} max={1} value={left.share} aria-hidden="true" />
      <Button look="strong" height="small" onClick={now} disabled={record.isPending}>
        {HOLD_WORDS.recordNow}
      </Button>
      <Button look="strong" height="small" onClick={onUndo} aria-keyshortcuts={newest ? 'z' : undefined}>
        {HOLD_WORDS.undo}
        {newest && <Kbd>Z</Kbd>}
      </Button>
    </div>
  );
}

/** A decision whose key locked before it could be sealed: it waits, and its page is where the key is unlocked. */
export function WaitingRow({ hold, newest, onUndo }: HoldRowProps) {
  const { place } = useDesk();
  const go = useGo();
  return (
    <div className={styles.row}>
      <IconKey size={18} aria-hidden="true" className={styles.accent} />
      <strong className={styles.what} role="status">
        {HOLD_WORDS.waitsForKey}
      </strong>
      <About hold={hold} />
      <span className={styles.space} />
      <Button
        look="strong"
        height="small"
        onClick={() => go(paths.escalation(place, hold.tenant, hold.id, hold.event))}
      >
        {HOLD_WORDS.unlock}
      </Button>
      <Button look="strong" height="small" onClick={onUndo} aria-keyshortcuts={newest ? 'z' : undefined}>
        {HOLD_WORDS.undo}
        {newest && <Kbd>Z</Kbd>}
      </Button>
    </div>
  );
}

/** The decision that was recorded last: read from the ledger, so that it is shown only when it stands there. */
export function RecordedRow({ hold }: { hold: PendingDecision }) {
  const { q, place } = useDesk();
  const go = useGo();
  const input = { tenant: hold.tenant, id: hold.id, event: hold.event };
  const { data } = useQuery(q.escalation.get.queryOptions({ input }));
  const decision = data?.escalation.decision;
  if (decision == null) return null;
  return (
    <div className={styles.row} role="status">
      <Sign
        name={outcomeSign(decision.outcome)}
        size={18}
        word={HOLD_WORDS.recorded(decision.outcome, clockText(decision.decided_at))}
      />
      <About hold={hold} />
      <span className={styles.space} />
      <Button height="small" onClick={() => go(paths.escalation(place, hold.tenant, hold.id, hold.event))}>
        {HOLD_WORDS.open}
      </Button>
    </div>
  );
}

export function TakenBackRow() {
  return (
    <div className={styles.row} role="status">
      <IconArrowBackUp size={18} aria-hidden="true" />
      {HOLD_WORDS.takenBack}
    </div>
  );
}

function About({ hold }: { hold: PendingDecision }) {
  const { q } = useDesk();
  const input = { tenant: hold.tenant, id: hold.id, event: hold.event };
  const request = useQuery(q.escalation.get.queryOptions({ input })).data?.escalation.request;
  return (
    <span className={styles.about}>
      <AgentLine text={request?.action ?? hold.id} />
      {request?.target !== undefined && <AgentLine text={request.target} />}
      {request?.amount !== undefined && <Amount amount={request.amount} />}
    </span>
  );
}
