import type { Place } from './query-client.ts';

const key = (place: Place): string => `desk-profile-${place}`;

/** The profile this browser or window last acted as in that ledger. */
export function chosenProfile(place: Place): string | null {
  return localStorage.getItem(key(place));
}

export function chooseProfile(place: Place, profileId: string): void {
  localStorage.setItem(key(place), profileId);
}
