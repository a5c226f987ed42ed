import { DeskError } from '../../../shared/domain/errors.ts';

/** UNAUTHORIZED, `locked`: the key is there, and its passphrase has to be given first. */
export function lockedKey(keyId: string): DeskError {
  const message = 'Your key is locked. Nothing was done. Unlock it with its passphrase, then try again.';
  return new DeskError('UNAUTHORIZED', message, { locked: true, key_id: keyId });
}

/** UNAUTHORIZED, `locked`: another passphrase than the key's. */
export function wrongPassphrase(keyId: string): DeskError {
  const message = 'This passphrase does not open the key. Nothing was changed. Try again, or recover the key.';
  return new DeskError('UNAUTHORIZED', message, { locked: true, wrong_passphrase: true, key_id: keyId });
}

/**
 * UNAUTHORIZED, `lost`: what protects the key does not open it now. It may come back with the keyring, so nothing is
 * removed; everything else of the desk goes on.
 */
export function lostKey(keyId: string): DeskError {
  const message =
    'What protects this key does not open it any more: the system’s keyring is another, locked or gone. Nothing was removed. Recover the key from its recovery file, or revoke it and make a new one.';
  return new DeskError('UNAUTHORIZED', message, { lost: true, key_id: keyId });
}

/** INVALID_INPUT: neither a keyring nor a passphrase protects a key here. */
export function passphraseNeeded(): DeskError {
  const message = 'On this host a key is kept under a passphrase. Nothing was made. Give one of at least 8 characters.';
  return new DeskError('INVALID_INPUT', message, { needs: 'passphrase' });
}
