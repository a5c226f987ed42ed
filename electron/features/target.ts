import { DeskError } from '../../shared/domain/errors.ts';
import type { EscalationKey } from '../../shared/domain/escalation.ts';
import type { StoredEscalation } from '../store/ledger-store.ts';
import type { FeatureContext } from './context.ts';

/** An escalation as a caller names it: `event` may be left out where the id alone says which. */
export interface Target {
  readonly tenant: string;
  readonly id: string;
  readonly event?: string | undefined;
}

/**
 * Which escalation is meant: that of the event, else the only one of the id, else the only active one. NOT_FOUND;
 * CONFLICT where several could be meant, naming their events.
 */
export async function resolveTarget(context: FeatureContext, target: Target): Promise<EscalationKey> {
  const found = await context.store.find(target.tenant, target.id);
  const named = target.event === undefined ? found : found.filter(({ key }) => key.event === target.event);
  const active = named.filter(({ status }) => status === 'ESCALATED');
  const meant = named.length === 1 ? named : active;
  if (meant[0] !== undefined && meant.length === 1) return meant[0].key;
  if (named.length === 0) throw notFound(target);
  const events = named.map(({ key, status }) => ({ event: key.event, status }));
  throw new DeskError(
    'CONFLICT',
    `${named.length} escalations have this id. Nothing was done. Name the one that is meant by its event.`,
    { events },
  );
}

/** The escalation that is meant, as one view of it; errors as `resolveTarget`. */
export async function readTarget(
  context: FeatureContext,
  target: Target,
): Promise<StoredEscalation & { key: EscalationKey }> {
  const key = await resolveTarget(context, target);
  const stored = await context.store.read(key, context.clock.now());
  if (stored === null) throw notFound(target);
  return { ...stored, key };
}

/** What guards a change against a state that the caller has not seen. */
export function guarded(key: EscalationKey, expectVersion: string | undefined) {
  return expectVersion === undefined ? { key } : { key, expectVersion };
}

function notFound(target: Target): DeskError {
  return new DeskError('NOT_FOUND', 'There is no such escalation in this tenant. Nothing was changed.', {
    tenant: target.tenant,
    id: target.id,
    ...(target.event === undefined ? {} : { event: target.event }),
  });
}
