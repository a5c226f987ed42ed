import type { Profile } from '../../shared/contract/profile.ts';
import { encodeHex } from '../../shared/domain/hex.ts';
import { RememberedHeads } from '../features/log/remembered-head.ts';
import type { BackupFacts, KnownHead, RestoreOrder } from '../store/ledger-store.ts';
import { replaceStore, restoreBackup } from '../store/sqlite/file/restore.ts';
import type { HostServices } from './host-services.ts';

export interface RestoreWish {
  readonly backup: string;
  /** Where the store is to lie; an absolute path. */
  readonly path: string;
  /** Which of the backup's profiles restores. */
  by(profiles: readonly Profile[]): string;
  /** A store that is there is put aside, never removed. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
}

export interface Restored extends BackupFacts {
  /** Each tenant's log beside the head that this account remembers of it. */
  readonly logs: readonly (KnownHead & { readonly tenant: string })[];
  /** Where the store that was replaced lies now. */
  readonly kept: string | null;
}

/**
 * Makes a store of a backup, verified, with the event that says so in each log, beside which stands how that log follows on
 * the head remembered outside (I7). ALREADY_EXISTS without `replace`; STORE_BUSY while a desk has the store open; errors as
 * LedgerStore.restoreBackup. A store that is refused leaves all as it was.
 */
export async function restoreStore(
  { clock, ids, stateFolder }: HostServices,
  { backup, path, by, replace, signal }: RestoreWish,
): Promise<Restored> {
  const logs: Restored['logs'][number][] = [];
  const heads = new RememberedHeads(stateFolder, path);
  const known: RestoreOrder['known'] = async (tenant, rootAt) => {
    const head = await compared(heads, tenant.uid, tenant.size, rootAt);
    logs.push({ tenant: tenant.tenant, ...head });
    return head;
  };
  const order = { backup, target: path, by, now: clock.now(), known };
  const watch = { progress: () => undefined, signal };
  if (!replace) return { ...(await restoreBackup({ clock, ids }, order, watch)), logs, kept: null };
  return { ...(await replaceStore({ clock, ids }, order, watch)), logs };
}

/** A longer log was seen here: whether it began with this one, only a store that has it can prove. */
async function compared(
  heads: RememberedHeads,
  uid: string,
  size: number,
  rootAt: (size: number) => Promise<Uint8Array>,
): Promise<KnownHead> {
  const remembered = await heads.read(uid);
  if (remembered === null) return { known: null, agrees: 'none-known' };
  const known = { size: remembered.size, root: remembered.root };
  if (size < remembered.size) return { known, agrees: 'older' };
  return { known, agrees: encodeHex(await rootAt(remembered.size)) === remembered.root ? 'agrees' : 'forked' };
}
