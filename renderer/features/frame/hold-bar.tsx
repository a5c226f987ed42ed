import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { PendingDecision } from '../../../shared/contract/escalation.ts';
import { useKeys } from '../../components/keys.ts';
import { useActing, useDesk, useProfile } from '../../queries/desk-context.tsx';
import styles from './hold-bar.module.css';
import { HoldRow, RecordedRow, TakenBackRow, WaitingRow } from './hold-rows.tsx';
import { useEndedHold } from './use-ended-hold.ts';

const ROWS = 3;

/**
 * The decisions of this profile that can still be taken back, of other pages than the one shown, and the last one that
 * was recorded. It pushes the page up and covers nothing.
 */
export function HoldBar({ tenant }: { tenant: string }) {
  const { q } = useDesk();
  const profile = useProfile();
  const here = useShownEscalation();
  const input = { tenant };
  const { data: pending = [] } = useQuery(q.decision.pending.queryOptions({ input, enabled: profile != null }));
  const mine = pending.filter(({ by_profile }) => by_profile === profile?.profile_id);
  const elsewhere = mine.filter((hold) => hold.event !== here.event || hold.id !== here.id);
  const ended = useEndedHold(mine);
  const undo = useUndo(ended.takenBack);
  const newest = elsewhere.toSorted((a, b) => b.started_at.localeCompare(a.started_at))[0];
  useKeys({ z: () => newest && undo(newest) }, { when: newest !== undefined });
  useKeys({ Escape: ended.dismiss }, { when: ended.shown !== null });
  const showEnded = ended.shown !== null && (ended.shown.hold.event !== here.event || ended.shown.hold.id !== here.id);
  if (elsewhere.length === 0 && !showEnded) return null;
  return (
    <section className={styles.bar} aria-label="Decisions in their undo time" data-region>
      {elsewhere.slice(0, ROWS).map((hold) => {
        const Row = hold.waits_for === 'key' ? WaitingRow : HoldRow;
        return <Row key={hold.pending_id} hold={hold} onUndo={() => undo(hold)} newest={hold === newest} />;
      })}
      {showEnded && ended.shown?.how === 'recorded' && <RecordedRow hold={ended.shown.hold} />}
      {showEnded && ended.shown?.how === 'taken-back' && <TakenBackRow />}
    </section>
  );
}

function useShownEscalation(): { id: string | undefined; event: string | undefined } {
  const { id, event } = useSearch({ strict: false }) as { id?: string; event?: string };
  return { id, event };
}

function useUndo(takenBack: (hold: PendingDecision) => void): (hold: PendingDecision) => void {
  const { q } = useDesk();
  const acting = useActing();
  const cancel = useMutation(q.decision.cancel.mutationOptions());
  return (hold) => {
    const input = { ...acting(), tenant: hold.tenant, pending_id: hold.pending_id };
    cancel.mutate(input, { onSuccess: () => takenBack(hold) });
  };
}
