import type { KeysOverview, OwnKey } from '../../../shared/contract/keys.ts';

/** The profile's newest key in use: the one that signs when none is named. */
export function myKeyOf({ own }: Pick<KeysOverview, 'own'>, profileId: string): OwnKey | null {
  const mine = own.filter((key) => key.profile_id === profileId && key.status === 'in-use');
  return mine.toSorted((a, b) => b.made_at.localeCompare(a.made_at))[0] ?? null;
}

/** Whole minutes that a key stays open, at least one while it is; null where it does not lock by itself. */
export function minutesOpen(key: OwnKey, now: number): number | null {
  if (key.state !== 'unlocked' || key.unlocked_until === null) return null;
  return Math.max(1, Math.ceil((Date.parse(key.unlocked_until) - now) / 60_000));
}
