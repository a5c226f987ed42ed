import { useEffect, useRef } from 'react';
import { useGo } from '../../components/link.tsx';
import { usePlace } from '../../queries/desk-context.tsx';
import { paths } from '../../queries/paths.ts';
import type { KindGroup } from './kinds.ts';
import { eventOf } from './log-query.ts';

/** Held down, a key moves faster than an address may change. */
const QUIET_MS = 250;

/**
 * Keeps the address at the event with the focus, without a step back for each; an address that was changed from outside
 * moves the focus. `choose` narrows the timeline.
 */
export function useAddress(
  tenant: string,
  group: KindGroup,
  focused: string | undefined,
  named: string | undefined,
  onNamed: (event: number) => void,
): { choose: (group: KindGroup) => void } {
  const place = usePlace();
  const go = useGo();
  const search = (next: KindGroup) => (next === 'all' ? {} : { kind: next });
  const written = useRef(named);
  useEffect(() => {
    const event = eventOf(named);
    if (named === written.current || event === null) return;
    written.current = named;
    onNamed(event);
  }, [named, onNamed]);
  useEffect(() => {
    if (focused === undefined || focused === named) return;
    const timer = setTimeout(() => {
      written.current = focused;
      go(paths.log(place, tenant, focused, group === 'all' ? {} : { kind: group }), { replace: true });
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [focused, named, place, tenant, group, go]);
  return { choose: (next) => go(paths.log(place, tenant, focused, search(next)), { replace: true }) };
}
