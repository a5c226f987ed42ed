import { constants } from 'node:fs';
import { chmod, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock, IdSource } from '../../../../shared/domain/clock.ts';
import { DeskError } from '../../../../shared/domain/errors.ts';
import type { BackedUpTenant, BackupFacts, BackupWatch, RestoreOrder, Write } from '../../ledger-store.ts';
import { failureOf } from '../base/failure.ts';
import { acceptLog } from '../log/accept.ts';
import { logHead, logRoot } from '../log/proofs.ts';
import { readProfiles } from '../tenant/profiles.ts';
import { recordRestore } from './backup.ts';
import {
  digestOfFile,
  giveName,
  makingOf,
  refuseExistingStore,
  removeBeside,
  removeMaking,
  takePlace,
} from './files.ts';
import { openEngine } from './open-engine.ts';
import { verifyCopy } from './verify-copy.ts';

/** LedgerStore.readBackup: in a private copy, since SQLite would leave a -wal and a -shm beside the original. */
export async function readBackup(
  path: string,
  watch: BackupWatch,
  sizes?: ReadonlyMap<string, number>,
): Promise<BackupFacts> {
  const folder = await mkdtemp(join(tmpdir(), 'vex-desk-backup-'));
  try {
    const copy = join(folder, 'copy.db');
    await copyBackup(path, copy);
    const digest = await digestOfFile(copy);
    return { ...digest, tenants: await verifyCopy(copy, watch, sizes) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a restored store's first events need. */
export interface Restorer {
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** LedgerStore.restoreBackup. */
export async function restoreBackup(by: Restorer, order: RestoreOrder, watch: BackupWatch): Promise<BackupFacts> {
  refuseExistingStore(order.target);
  return withRestored(by, order, watch, (making) => {
    refuseExistingStore(order.target);
    giveName(making, order.target);
  });
}

/**
 * As `restoreBackup` where there is a store already; that one is kept whole under another name, which is answered.
 * STORE_BUSY while any program has it open.
 */
export async function replaceStore(
  by: Restorer,
  order: RestoreOrder,
  watch: BackupWatch,
): Promise<BackupFacts & { kept: string }> {
  const stamp = new Date(order.now).toISOString().replaceAll(/[:.]/g, '-');
  const kept = `${order.target}.replaced-${stamp}`;
  const facts = await withRestored(by, order, watch, (making) => {
    refuseOpen(order.target);
    takePlace(making, order.target, kept);
  });
  return { ...facts, kept };
}

async function withRestored(
  by: Restorer,
  order: RestoreOrder,
  watch: BackupWatch,
  place: (making: string) => void,
): Promise<BackupFacts> {
  const making = makingOf(order.target);
  try {
    await copyBackup(order.backup, making);
    const digest = await digestOfFile(making);
    const tenants = await verifyCopy(making, watch);
    removeBeside(making);
    await record(by, making, order, { ...digest, tenants });
    removeBeside(making);
    place(making);
    return { ...digest, tenants };
  } finally {
    removeMaking(making);
    await removeOlderForms(making);
  }
}

/** Opens the copy, which brings it to the newest form, and says in each log where it came from. */
async function record(by: Restorer, making: string, order: RestoreOrder, facts: BackupFacts): Promise<void> {
  const engine = openEngine({ path: making, clock: by.clock, ids: by.ids });
  try {
    const who = order.by(engine.read(readProfiles));
    for (const tenant of facts.tenants) {
      const rootAt = async (size: number) => engine.read((db) => logRoot(db, tenant.tenant, size));
      const head = await order.known(tenant, rootAt);
      recordRestore(engine, writeOf(by, order, tenant, who), { ...head, sha256: facts.sha256, log: tenant });
      if (order.accept !== undefined && head.known !== null && head.agrees !== 'agrees') {
        const accepted = { reason: order.accept.reason, remembered: head.known };
        acceptLog(engine, writeOf(by, order, tenant, who), accepted);
        order.accept.told(
          tenant,
          engine.read((db) => logHead(db, tenant.tenant)),
        );
      }
    }
    // The file alone is to be the whole store.
    engine.settle();
  } finally {
    engine.close();
  }
}

function writeOf({ ids }: Restorer, { now }: RestoreOrder, { tenant }: BackedUpTenant, by: string): Write {
  const idempotencyKey = ids.uuid();
  return { tenant, by, now, idempotencyKey, inputHash: idempotencyKey };
}

/** What a migration laid beside the copy: the backup itself has it all. */
async function removeOlderForms(making: string): Promise<void> {
  const folder = dirname(making);
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${basename(making)}.before-`)) await rm(join(folder, name), { force: true });
  }
}

async function copyBackup(backup: string, copy: string): Promise<void> {
  try {
    await copyFile(backup, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await chmod(copy, 0o600);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    if (code === 'EEXIST') throw cause;
    const message = 'The backup cannot be read, or there is no room for a copy of it. Nothing was restored.';
    throw new DeskError('INVALID_INPUT', message, { cause: code }, { cause });
  }
}

/** Leaving the WAL needs the store for oneself; all that waits in it is then in the file. */
function refuseOpen(path: string): void {
  const handle = new Database(path, { timeout: 0 });
  try {
    if (handle.pragma('journal_mode = DELETE', { simple: true }) === 'delete') return;
    throw inUse();
  } catch (error) {
    if (failureOf(error)?.error.code === 'STORE_BUSY') throw inUse();
    throw error;
  } finally {
    handle.close();
  }
}

function inUse(): DeskError {
  return new DeskError(
    'STORE_BUSY',
    'A desk has this store open. Nothing was replaced. Close every desk on it, and try again.',
  );
}
