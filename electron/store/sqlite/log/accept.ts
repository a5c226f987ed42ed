import type { AcceptedLog, LogVerdict, Write } from '../../ledger-store.ts';
import type { Engine } from '../base/engine.ts';
import { brokenOf, storeAccepted } from '../tenant/log-verdict.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';

/** LedgerStore.acceptLog. */
export function acceptLog(engine: Engine, write: Write, { reason, remembered }: AcceptedLog): void {
  once(engine, write, { forGood: true }, (tx) => {
    const broken = brokenOf(tx.tenant);
    if (remembered !== null) {
      const head = { size: String(remembered.size), root: remembered.root };
      tx.log({ kind: 'log.restored', remembered: head, idempotency_key: write.idempotencyKey }, { reason }, null);
    }
    if (broken !== null) acceptBroken(tx, broken, reason);
    return null;
  });
}

function acceptBroken(tx: TenantWrite, verdict: LogVerdict, reason: string): void {
  const { size, root, at, failures } = verdict;
  const { seq } = tx.log(
    {
      kind: 'log.accepted',
      verified: { at, size: String(size), root },
      differences: failures.length,
      idempotency_key: tx.write.idempotencyKey,
    },
    { reason, found: failures },
    null,
  );
  storeAccepted(tx.db, tx.tenant, verdict, seq);
}
