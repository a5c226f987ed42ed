import { changeOf } from '../arguments.ts';
import { passphraseOf } from '../passphrase.ts';
import { waitForVerification } from '../verification.ts';
import { CHANGED, type KeysAction } from './action.ts';
import { findOwn } from './find-key.ts';
import { printKeys } from './print-keys.ts';

/** Makes a new key in the place of one of the reviewer's, whose validity ends now. */
export const rotateKey: KeysAction = async (invocation, session, [asked]) => {
  const { terminal, values } = invocation;
  const passphrase = await passphraseOf(invocation);
  const tenant = await session.tenant();
  const by = await session.profile();
  const { key_id } = findOwn((await session.client.keys.list({ tenant, by })).own, asked);
  await session.client.keys.rotate({
    by,
    tenant,
    key_id,
    idempotency_key: changeOf(values).idempotency_key,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  await waitForVerification(invocation, session, { tenant, kept: CHANGED });
  printKeys(terminal, (await session.client.keys.list({ tenant })).trust);
};
