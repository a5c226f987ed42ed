import Database from 'better-sqlite3';
import type { BackupFacts, BackupRecord, BackupWatch, Write } from '../../ledger-store.ts';
import { hex } from '../base/bytes.ts';
import type { Engine } from '../base/engine.ts';
import { once } from '../tenant/once.ts';
import {
  createPrivate,
  digestOfFile,
  giveName,
  makingOf,
  refuseExisting,
  removeBeside,
  removeMaking,
} from './files.ts';
import { stopIfAsked, verifyCopy } from './verify-copy.ts';

const PAGES_AT_ONCE = 1_000;
/** Of the whole work, copying is this part, verifying the rest. */
const HALF = 500;

/** LedgerStore.backUp. */
export async function backUp({ path }: Engine, target: string, watch: BackupWatch): Promise<BackupFacts> {
  refuseExisting(target);
  const making = makingOf(target);
  try {
    createPrivate(making);
    await copyPages(path, making, {
      ...watch,
      progress: (done, total) => watch.progress((done * HALF) / total, 2 * HALF),
    });
    const tenants = await verifyCopy(making, {
      ...watch,
      progress: (done, total) => watch.progress(HALF + (done * HALF) / total, 2 * HALF),
    });
    removeBeside(making);
    const digest = await digestOfFile(making);
    giveName(making, target);
    return { ...digest, tenants };
  } finally {
    removeMaking(making);
  }
}

/**
 * The store's pages as they are at one moment: the snapshot of one reader, which is held while they are copied, so that no
 * write of another makes the copy begin again.
 */
async function copyPages(path: string, making: string, watch: BackupWatch): Promise<void> {
  const source = new Database(path, { readonly: true, timeout: 5000 });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM tenants').get();
    await source.backup(making, {
      progress: ({ totalPages, remainingPages }) => {
        stopIfAsked(watch);
        watch.progress(totalPages - remainingPages, totalPages);
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    source.close();
  }
}

/** LedgerStore.recordBackup. */
export function recordBackup(engine: Engine, write: Write, backup: Pick<BackupRecord, 'sha256' | 'log'>): void {
  once(engine, write, {}, (tx) => {
    tx.log({ kind: 'backup.made', sha256: backup.sha256, log: logThen(backup) }, {}, null);
    return null;
  });
}

/** Says in the tenant's log that its store came of a backup. */
export function recordRestore(engine: Engine, write: Write, { known, agrees, ...backup }: BackupRecord): void {
  once(engine, write, {}, (tx) => {
    const head = known === null ? null : { size: String(known.size), root: known.root };
    tx.log({ kind: 'store.restored', sha256: backup.sha256, log: logThen(backup), known: head, agrees }, {}, null);
    return null;
  });
}

function logThen({ log }: Pick<BackupRecord, 'log'>) {
  return { size: String(log.size), root: hex(log.root) };
}
