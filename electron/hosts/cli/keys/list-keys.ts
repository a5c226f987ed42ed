import type { KeysAction } from './action.ts';
import { printKeys } from './print-keys.ts';

/** Prints the tenant's trust store; a reviewer's own keys are there by their pins. */
export const listKeys: KeysAction = async ({ terminal }, session) => {
  printKeys(terminal, (await session.client.keys.list({ tenant: await session.tenant() })).trust);
};
