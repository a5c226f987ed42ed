import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Profile } from '../../../shared/contract/profile.ts';
import { useGo } from '../../components/link.tsx';
import { useActing, useDesk } from '../../queries/desk-context.tsx';
import type { Neighbours, RowKey } from '../../queries/neighbours.ts';
import { paths } from '../../queries/paths.ts';
import type { DecisionTarget } from '../decision/use-draft.ts';
import { usePlaceInList } from './use-queue-rows.ts';

export interface Moves {
  readonly neighbours: Neighbours | null;
  back(): void;
  step(step: 'previous' | 'next'): void;
  toggleClaim(): void;
}

/** The ways off this page and the claim on it; after a decision recorded from here it goes on by itself if asked to. */
export function useMoves(
  target: DecisionTarget,
  latest: Opened,
  profile: Profile | null,
  expectOwn: () => void,
): Moves {
  const { place, q } = useDesk();
  const go = useGo();
  const acting = useActing();
  const claim = useMutation(q.escalation.claim.mutationOptions());
  const release = useMutation(q.escalation.release.mutationOptions());
  const neighbours = useLastNeighbours(usePlaceInList(target.tenant, target));
  const goTo = (row: RowKey): void => go(paths.escalation(place, target.tenant, row.id, row.event), { replace: true });
  useGoOn(latest, profile, neighbours?.next ?? null, goTo, expectOwn);
  return {
    neighbours,
    back: () => go(paths.queue(place, target.tenant)),
    step: (step) => {
      const row = neighbours?.[step] ?? null;
      if (row !== null) goTo(row);
    },
    toggleClaim: () => {
      const mine = latest.escalation.claim !== null && latest.claimed_by === profile?.profile_id;
      (mine ? release : claim).mutate({ ...acting(), ...target });
    },
  };
}

/** Where this stood in its list, also once it has left it by being decided. */
function useLastNeighbours(now: Neighbours | null): Neighbours | null {
  const last = useRef(now);
  if (now !== null) last.current = now;
  return now ?? (last.current === null ? null : { ...last.current, n: null });
}

/** Once a hold of this profile has become a decision, shows it, and goes on to the next where the profile says so. */
function useGoOn(
  latest: Opened,
  profile: Profile | null,
  next: RowKey | null,
  goTo: (row: RowKey) => void,
  expectOwn: () => void,
): void {
  const held = useRef(false);
  const holds = latest.pending !== null && latest.pending.by_profile === profile?.profile_id;
  const { decision } = latest.escalation;
  const mine = decision !== null && decision.source === 'desk' && decision.reviewer === profile?.name;
  useEffect(() => {
    if (holds) {
      held.current = true;
      expectOwn();
    } else if (held.current && mine) {
      held.current = false;
      if (profile?.after_decision === 'next' && next !== null) goTo(next);
    } else if (decision === null) held.current = false;
  }, [holds, mine, decision, profile, next, goTo, expectOwn]);
}
