import type { LedgerStore } from '../ledger-store.ts';
import { type OpenOptions, openEngine } from './file/open-engine.ts';
import { sqliteStore } from './store.ts';
import { finishMoves } from './tenant/deadline-moves.ts';

/**
 * Opens the store in one file, as `openEngine` does, and throws as it does.
 */
export async function openSqliteStore(options: OpenOptions): Promise<LedgerStore> {
  const engine = openEngine(options);
  // What a process that died left half done; it goes on beside whatever else the store is asked.
  void finishMoves(engine);
  return sqliteStore(engine);
}
