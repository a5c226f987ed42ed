import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { Confirmation } from '../../../shared/contract/keys.ts';
import { Tenant } from '../../../shared/domain/escalation.ts';
import { TrustEntry } from '../../../shared/domain/trust.ts';

/**
 * Keys that a person compared before their tenant was there: the first run asks for them before the first escalation.
 * Public parts alone; they are pinned once the tenant is, and what was not confirmed is offered there.
 */
const PendingPins = z.strictObject({
  tenant: Tenant,
  source: z.string(),
  pins: z.array(z.strictObject({ entry: TrustEntry, confirmation: Confirmation })),
  offers: z.array(TrustEntry),
});
export type PendingPins = z.infer<typeof PendingPins>;

const KEY = 'desk-pending-pins';
const listeners = new Set<() => void>();
let read: { readonly text: string | null; readonly pins: PendingPins | null } = { text: null, pins: null };

/** Keeps them over a reload of this window; null: they are pinned, or forgotten. */
export function keepPins(pins: PendingPins | null): void {
  if (pins === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(pins));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): PendingPins | null {
  const text = sessionStorage.getItem(KEY);
  if (text !== read.text) read = { text, pins: text === null ? null : parsed(text) };
  return read.pins;
}

/** What another version of this page kept is nothing. */
function parsed(text: string): PendingPins | null {
  try {
    return PendingPins.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function usePendingPins(): PendingPins | null {
  return useSyncExternalStore(subscribe, current);
}
