import { encodeHex } from '../../../shared/domain/hex.ts';
import { equalBytes } from '../../audit/log/merkle.ts';
import type { KnownHead, RestoreOrder } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';

const NONE_KNOWN: KnownHead = { known: null, agrees: 'none-known' };

/** What the store that is open here knows of a backup's log: its own log, which it can prove the backup's against. */
export function headKnown({ store }: FeatureContext): RestoreOrder['known'] {
  return async ({ uid, size, root }, rootAt) => {
    for (const tenant of await store.tenants()) {
      const head = await store.logHead(tenant);
      if (head.uid !== uid) continue;
      const known = { size: head.size, root: encodeHex(head.root) };
      if (size >= head.size)
        return { known, agrees: equalBytes(await rootAt(head.size), head.root) ? 'agrees' : 'forked' };
      return { known, agrees: equalBytes(await store.logRoot(tenant, size), root) ? 'older' : 'forked' };
    }
    return NONE_KNOWN;
  };
}
