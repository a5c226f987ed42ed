import type { Profile } from '../../shared/contract/profile.ts';
import { instantText } from '../../shared/domain/clock.ts';
import { encodeHex } from '../../shared/domain/hex.ts';
import { originOf } from '../features/log/origin.ts';
import { RememberedHeads } from '../features/log/remembered-head.ts';
import type { BackedUpLog, BackedUpTenant, BackupFacts, KnownHead, RestoreOrder } from '../store/ledger-store.ts';
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
  /** Why a log is accepted that does not go on from the head remembered of it; null: nobody accepts one yet. */
  readonly reason: string | null;
  readonly signal: AbortSignal;
}

export interface Restored extends BackupFacts {
  /** Each tenant's log beside the head that this account remembers of it. */
  readonly logs: readonly RestoredLog[];
  /** Where the store that was replaced lies now. */
  readonly kept: string | null;
}

export interface RestoredLog extends KnownHead {
  readonly tenant: string;
  /** Whether nothing is in the way of deciding in it. */
  readonly accepted: boolean;
}

/**
 * Makes a store of a backup, verified, with the event that says so in each log, beside which stands how that log follows on
 * the head remembered outside (I7). With a reason, one that does not is accepted by an event, and is the log that is remembered
 * from then on. ALREADY_EXISTS without `replace`; STORE_BUSY while a desk has the store open; errors as
 * LedgerStore.restoreBackup. A store that is refused leaves all as it was.
 */
export async function restoreStore(
  { clock, ids, stateFolder }: HostServices,
  { backup, path, by, replace, reason, signal }: RestoreWish,
): Promise<Restored> {
  const logs: RestoredLog[] = [];
  const accepted = new Map<string, BackedUpLog>();
  const heads = new RememberedHeads(stateFolder, path);
  const known: RestoreOrder['known'] = async (tenant, rootAt) => {
    const head = await compared(heads, tenant.uid, tenant.size, rootAt);
    const follows = head.agrees === 'agrees' || head.agrees === 'none-known';
    logs.push({ tenant: tenant.tenant, ...head, accepted: follows || reason !== null });
    return head;
  };
  const told = ({ uid }: BackedUpTenant, head: BackedUpLog) => void accepted.set(uid, head);
  const accept = reason === null ? {} : { accept: { reason, told } };
  const order = { backup, target: path, by, now: clock.now(), known, ...accept };
  const watch = { progress: () => undefined, signal };
  const made = replace
    ? await replaceStore({ clock, ids }, order, watch)
    : { ...(await restoreBackup({ clock, ids }, order, watch)), kept: null };
  // Only now: a store that was refused leaves what is remembered as it was.
  for (const [uid, { size, root }] of accepted) {
    const at = instantText(clock.now());
    await heads.write(uid, { origin: originOf(uid), size, root: encodeHex(root), note: null, at });
  }
  return { ...made, logs };
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
