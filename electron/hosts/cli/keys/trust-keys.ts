import { randomUUID } from 'node:crypto';
import type { StoredTrust } from '../../../../shared/contract/keys.ts';
import type { TrustEntry } from '../../../../shared/domain/trust.ts';
import { changeOf } from '../arguments.ts';
import { usageError } from '../failure.ts';
import { waitForVerification } from '../verification.ts';
import { CHANGED, type KeysAction } from './action.ts';
import { printFingerprint, printKeys } from './print-keys.ts';

/** The contract takes so many in one call. */
const AT_ONCE = 1000;

/** Pins every entry of a trust file: whoever gives the command vouches for its fingerprints, which it prints. */
export const trustKeys: KeysAction = async (invocation, session, [file]) => {
  const { terminal, values } = invocation;
  if (file === undefined) throw usageError('keys trust needs a trust file. Nothing was pinned.');
  const tenant = await session.tenant();
  const by = await session.profile();
  const staged = session.stageSource(file);
  const { name, entries } = await session.client.keys.read_file({ tenant, staged });
  if (entries.length === 0) throw usageError('The trust file has no entries. Nothing was pinned.', { file });
  let key = changeOf(values).idempotency_key;
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    const confirmed = some.map((entry) => ({ entry, confirmation: { how: 'command' as const } }));
    await session.client.keys.pin({ by, tenant, idempotency_key: key, source: name, entries: confirmed });
    key = randomUUID();
  }
  await waitForVerification(invocation, session, { tenant, kept: CHANGED });
  const { trust } = await session.client.keys.list({ tenant });
  if (terminal.json) printKeys(terminal, trust);
  else for (const stored of trust.filter(isOneOf(entries))) printFingerprint(terminal, stored);
};

function isOneOf(entries: readonly TrustEntry[]): (stored: StoredTrust) => boolean {
  return ({ entry }) =>
    entries.some(
      (one) =>
        one.purpose === entry.purpose &&
        one.name === entry.name &&
        (one.purpose === 'pcrs' || (entry.purpose !== 'pcrs' && one.public_hex === entry.public_hex)),
    );
}
