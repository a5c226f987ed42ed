import type { OwnKey, StoredTrust } from '../../../shared/contract/keys.ts';

/** A reviewer's key in use, locked unless told otherwise. */
export function anOwnKey(given: Partial<OwnKey>): OwnKey {
  return {
    key_id: '00000000-0000-4000-8000-00000000000a',
    profile_id: '00000000-0000-4000-8000-00000000000b',
    name: 'M. Okafor',
    purpose: 'reviewer',
    public_hex: '5c'.repeat(32),
    fingerprint: '0e'.repeat(32),
    status: 'in-use',
    protection: 'passphrase',
    state: 'locked',
    unlocked_until: null,
    made_at: '2026-11-02T09:00:00Z',
    ended_at: null,
    reason: null,
    backed_up_at: null,
    ...given,
  };
}

/** A gate's key, pinned, without an end unless told otherwise. */
export function aTrust(given: Partial<StoredTrust>): StoredTrust {
  return {
    entry_id: '00000000-0000-4000-8000-00000000000c',
    status: 'pinned',
    entry: { name: 'gate', purpose: 'gate', public_hex: 'cf'.repeat(32) },
    fingerprint: '06'.repeat(32),
    source: 'trust.json',
    offered_at: '2026-11-02T09:00:00Z',
    pinned_at: '2026-11-02T09:01:00Z',
    pinned_by: 'M. Okafor',
    ended_at: null,
    reason: null,
    ...given,
  };
}
