import type { Write } from '../../ledger-store.ts';
import type { Engine } from '../base/engine.ts';
import { once } from '../tenant/once.ts';

/** LedgerStore.acceptLog. */
export function acceptLog(
  engine: Engine,
  write: Write,
  { reason, remembered }: { reason: string; remembered: { size: number; root: string } },
): void {
  once(engine, write, { forGood: true }, (tx) => {
    const head = { size: String(remembered.size), root: remembered.root };
    tx.log({ kind: 'log.restored', remembered: head, idempotency_key: write.idempotencyKey }, { reason }, null);
    return null;
  });
}
