import type { LogEvent } from '../../../shared/contract/log.ts';
import type { ExactJson } from '../../../shared/domain/escalation.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { Leaf } from '../../audit/log/entry-line.ts';
import { commitment, leafHash } from '../../audit/log/leaf.ts';
import { equalBytes, verifyInclusion } from '../../audit/log/merkle.ts';
import type { LoggedEvent } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { trustOf } from '../keys/trust-store.ts';
import { leafOf, rowOf } from './rows.ts';
import { statementFacts } from './statement-facts.ts';

/** One event whole, its place under the log's present head proven. INTEGRITY_FAILED for one that cannot be read. */
export async function eventFacts(context: FeatureContext, tenant: string, event: LoggedEvent): Promise<LogEvent> {
  const leaf = leafOf(event);
  const { trust } = await trustOf(context, tenant);
  return {
    row: rowOf(event),
    leaf: textOf(event.leaf),
    fields: fieldsOf(leaf, event),
    statement: statementFacts(leaf, trust),
    inclusion: await inclusionOf(context, tenant, event),
  };
}

/** Each name that the leaf commits to, with what is kept of it. */
function fieldsOf(leaf: Leaf, { fields }: LoggedEvent): LogEvent['fields'] {
  return Object.entries(leaf.fields).map(([name, committed]) => {
    const { salt = null, value = null } = fields.find((field) => field.name === name) ?? {};
    if (salt === null || value === null) return { name, value: null, state: 'withheld' };
    const holds = equalBytes(commitment(salt, value), decodeHex(committed) ?? new Uint8Array());
    return { name, value: textOf(value), state: holds ? 'holds' : 'differs' };
  });
}

async function inclusionOf({ store }: FeatureContext, tenant: string, event: LoggedEvent) {
  const { size, root } = await store.logHead(tenant);
  const proof = await store.inclusionProof(tenant, event.seq, size);
  const claim = { index: BigInt(event.seq), size: BigInt(size), leafHash: leafHash(event.leaf), proof, root };
  const sides = sidesOf(event.seq, size);
  return {
    verdict: verifyInclusion(claim) ? ('verified' as const) : ('failed' as const),
    size: String(size),
    root: encodeHex(root),
    path: proof.map((hash, n) => ({ side: sides[n] ?? 'left', hash: encodeHex(hash) })),
  };
}

/** On which side each hash of an entry's path stands, from the leaf up (RFC 9162, 2.1.3.2). */
export function sidesOf(index: number, size: number): ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  // The path is built from the root down: at each split the entry is in one half, the hash is of the other.
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
    const isLeft = index < middle;
    sides.unshift(isLeft ? 'right' : 'left');
    [from, to] = isLeft ? [from, middle] : [middle, to];
  }
  return sides;
}

function textOf(bytes: Uint8Array): ExactJson {
  return (decodeUtf8(bytes) ?? 'null') as ExactJson;
}
