import { leafHash } from '../../../../audit/log/leaf.ts';
import { nodeHash } from '../../../../audit/log/merkle.ts';
import type { LedgerStore } from '../../../../store/ledger-store.ts';

/**
 * The roots of the complete subtrees that make up the tree of the first `from` events, largest first: what stands left of
 * a range that begins there.
 */
export async function leftOf(store: LedgerStore, tenant: string, from: number): Promise<Uint8Array[]> {
  if (from === 0) return [];
  // The last subtree has as many entries as the lowest one in `from` says; what is left of it comes with its path.
  const width = lowestBit(from);
  const first = from - width;
  const path = await store.inclusionProof(tenant, first, from);
  const inside = Math.log2(width);
  const event = await store.logEvent(tenant, first);
  const leaf = leafHash(event?.leaf ?? new Uint8Array());
  const last = path.slice(0, inside).reduce((hash, sibling) => nodeHash(hash, sibling), leaf);
  return [...path.slice(inside).reverse(), last];
}

function lowestBit(n: number): number {
  let width = 1;
  while (n % (width * 2) === 0) width *= 2;
  return width;
}
