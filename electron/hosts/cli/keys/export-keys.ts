import { changeOf } from '../arguments.ts';
import { usageError } from '../failure.ts';
import type { KeysAction } from './action.ts';
import { printKeys } from './print-keys.ts';

/** Writes what is pinned and retired as a trust file, for `verify --trust`. */
export const exportKeys: KeysAction = async ({ terminal, values }, session, [file]) => {
  if (file === undefined) throw usageError('keys export needs a file to write. Nothing was written.');
  const tenant = await session.tenant();
  const by = await session.profile();
  const { idempotency_key } = changeOf(values);
  const target = session.stageTarget(file, values.force === true);
  const written = await session.client.keys.export({ by, tenant, idempotency_key, target });
  if (terminal.json) printKeys(terminal, (await session.client.keys.list({ tenant })).trust);
  else terminal.line(`${written.file}: ${written.entries} entries`);
};
