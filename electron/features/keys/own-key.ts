import { DeskError } from '../../../shared/domain/errors.ts';
import type { StoredOwnKey } from '../../store/ledger-store.ts';

/** The caller's own key of that id. NOT_FOUND; FORBIDDEN for another person's, and for the desk's. */
export function ownKeyOf(keys: readonly StoredOwnKey[], profileId: string, keyId: string): StoredOwnKey {
  const key = keys.find(({ key_id }) => key_id === keyId);
  if (key === undefined) throw new DeskError('NOT_FOUND', 'There is no such key on this desk.', { key_id: keyId });
  if (key.profile_id === profileId) return key;
  const message = 'This key is another’s. Nothing was done. Choose one of your own.';
  throw new DeskError('FORBIDDEN', message, { key_id: keyId });
}

/** As `ownKeyOf`, and in use. INVALID_INPUT for one that was rotated or revoked. */
export function keyInUse(keys: readonly StoredOwnKey[], profileId: string, keyId: string): StoredOwnKey {
  const key = ownKeyOf(keys, profileId, keyId);
  if (key.status === 'in-use') return key;
  const message = `This key was ${key.status}. Nothing was done. Choose one that is in use, or make one.`;
  throw new DeskError('INVALID_INPUT', message, { key_id: keyId, status: key.status });
}

/** The key of that id, else the caller's newest in use. As `keyInUse`; INVALID_INPUT where the caller has none. */
export function keyToSignWith(keys: readonly StoredOwnKey[], profileId: string, keyId?: string): StoredOwnKey {
  if (keyId !== undefined) return keyInUse(keys, profileId, keyId);
  const newest = keys.findLast(({ profile_id, status }) => profile_id === profileId && status === 'in-use');
  if (newest !== undefined) return newest;
  throw new DeskError('INVALID_INPUT', 'You have no key to sign with. Nothing was signed. Make one first.', {
    needs: 'key',
  });
}
