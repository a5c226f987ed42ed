import { KEY_PURPOSES } from '../../../../shared/domain/verdict.ts';
import { changeOf, instantOf, oneOf } from '../arguments.ts';
import { usageError } from '../failure.ts';
import { waitForVerification } from '../verification.ts';
import { CHANGED, type KeysAction } from './action.ts';
import { findPinned } from './find-key.ts';
import { printKeys } from './print-keys.ts';

/** Ends a pinned entry's validity, now or at `--until`; what it signed before stays verified. */
export const retireKey: KeysAction = async (invocation, session, [asked]) => {
  const { terminal, values } = invocation;
  if (asked === undefined)
    throw usageError('keys retire needs a name, fingerprint or public key. Nothing was changed.');
  const purpose = oneOf(values, 'purpose', [...KEY_PURPOSES, 'pcrs'] as const);
  const until = instantOf(values, 'until');
  const tenant = await session.tenant();
  const by = await session.profile();
  const { entry_id } = findPinned((await session.client.keys.list({ tenant })).trust, asked, purpose);
  await session.client.keys.retire({
    by,
    tenant,
    entry_id,
    idempotency_key: changeOf(values).idempotency_key,
    ...(until === undefined ? {} : { valid_until: until }),
  });
  await waitForVerification(invocation, session, { tenant, kept: CHANGED });
  printKeys(terminal, (await session.client.keys.list({ tenant })).trust);
};
