import type { OwnKey, StoredTrust } from '../../../../shared/contract/keys.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import { isFingerprint } from '../../../../shared/domain/fingerprint.ts';
import { decodeHex } from '../../../../shared/domain/hex.ts';
import type { KeyPurpose } from '../../../../shared/domain/verdict.ts';
import { usageError } from '../failure.ts';

/** The one pinned entry of this name, fingerprint or public key. NOT_FOUND; INVALID_INPUT where several are meant. */
export function findPinned(
  trust: readonly StoredTrust[],
  asked: string,
  purpose: KeyPurpose | 'pcrs' | undefined,
): StoredTrust {
  const pinned = trust.filter(
    ({ status, entry }) => status === 'pinned' && (purpose ?? entry.purpose) === entry.purpose,
  );
  const meant = pinned.filter(({ entry, fingerprint }) => {
    const publicHex = entry.purpose === 'pcrs' ? '' : entry.public_hex;
    return isMeant(asked, { name: entry.name, public_hex: publicHex, fingerprint });
  });
  return only(
    meant,
    meant.map(({ entry, fingerprint }) => ({ purpose: entry.purpose, name: entry.name, fingerprint })),
  );
}

/** The one own key in use of this name, fingerprint or public key; the only one there is where none is named. */
export function findOwn(own: readonly OwnKey[], asked: string | undefined): OwnKey {
  const usable = own.filter(({ purpose, status }) => purpose === 'reviewer' && status === 'in-use');
  const meant = asked === undefined ? usable : usable.filter((key) => isMeant(asked, key));
  return only(
    meant,
    meant.map(({ name, fingerprint }) => ({ name, fingerprint })),
  );
}

interface Named {
  readonly name: string;
  readonly public_hex: string;
  readonly fingerprint: string;
}

function isMeant(asked: string, { name, public_hex, fingerprint }: Named): boolean {
  const hash = decodeHex(fingerprint) ?? new Uint8Array(0);
  return asked === name || asked === public_hex || isFingerprint(hash, asked);
}

function only<T>(meant: readonly T[], told: readonly object[]): T {
  const [first, ...more] = meant;
  if (first === undefined) throw new DeskError('NOT_FOUND', 'There is no such key in use. Nothing was changed.');
  if (more.length === 0) return first;
  throw usageError('Several keys are meant. Name one by its fingerprint, or with --purpose. Nothing was changed.', {
    keys: told,
  });
}
