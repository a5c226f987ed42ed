import { DeskError } from '../../../../shared/domain/errors.ts';
import { changeOf, textOf } from '../arguments.ts';
import { passphraseOf } from '../passphrase.ts';
import { waitForVerification } from '../verification.ts';
import { CHANGED, type KeysAction } from './action.ts';
import { keyJson, printFingerprint } from './print-keys.ts';

/** Makes a key for the reviewer, pins it in the tenant, and prints its entry. */
export const makeKey: KeysAction = async (invocation, session) => {
  const { terminal, values } = invocation;
  const passphrase = await passphraseOf(invocation);
  const tenant = await session.tenant();
  const by = await session.profile();
  const name = textOf(values, 'name') ?? (await session.profileName(by));
  const made = await session.client.keys.make({
    by,
    tenant,
    name,
    idempotency_key: changeOf(values).idempotency_key,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  await waitForVerification(invocation, session, { tenant, kept: CHANGED });
  const { trust } = await session.client.keys.list({ tenant });
  const entry = trust.find(({ entry }) => entry.purpose === 'reviewer' && entry.public_hex === made.public_hex);
  if (entry === undefined) throw new DeskError('NOT_FOUND', 'The key was made, and its entry is gone already.');
  if (terminal.json) terminal.document(JSON.stringify(keyJson(entry)));
  else printFingerprint(terminal, entry);
};
