import { readJson } from '../../../shared/domain/json/read.ts';
import { isJsonArray, JsonNumber, JsonObject } from '../../../shared/domain/json/value.ts';
import { writeJson } from '../../../shared/domain/json/write.ts';
import { readUuid } from '../../../shared/domain/uuid.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { KnownTenants } from './ledger-keys.ts';
import type { Outbox } from './outbox.ts';
import type { ScratchIndex } from './scratch-index.ts';

const CHAIN_BYTES = 160 * 1024 * 1024;
const CHAIN_IDS = 4_000_000;

/** Where a tenant's chain ends, as its `chain_state` row says. */
interface ChainEnd {
  readonly lastHash: string | null;
  readonly sequence: number;
}

/** Says of each taken tenant whose audit log is not one unbroken chain that it is not (CHAIN_BROKEN). */
export async function judgeAuditChains(
  file: LedgerFile,
  known: KnownTenants,
  index: ScratchIndex,
  outbox: Outbox,
  source: string,
): Promise<void> {
  for (const tenant of known.taken) {
    const key = `audit:tenant:${tenant}:chain`;
    const ids = idsOf(file.valueOf(key));
    const end = endOf(file.valueOf(`${key}_state`));
    if (ids !== null && end !== null && isUnbroken(index, tenant, ids, end)) continue;
    outbox.addFinding({ source, locator: key }, 'CHAIN_BROKEN');
    await outbox.pace();
  }
}

/**
 * Each event names the hash of the one before it and its own place, the state the last one, and no event of the tenant
 * stands outside. Upstream writes event, list and state one after the other, so that a ledger in use may be one event
 * ahead of its list, and its list one ahead of its state.
 */
function isUnbroken(index: ScratchIndex, tenant: string, ids: readonly string[], end: ChainEnd): boolean {
  const hashes: string[] = [];
  for (const [sequence, id] of ids.entries()) {
    const link = index.link(tenant, id);
    if (link?.hash == null || link.sequence !== sequence || link.previous !== (hashes.at(-1) ?? null)) return false;
    hashes.push(link.hash);
  }
  const outside = index.countLinks(tenant) - ids.length;
  if (outside > 1 || (outside === 1 && !index.follows(tenant, ids.length, hashes.at(-1) ?? null))) return false;
  const behind = ids.length - end.sequence;
  return (behind === 0 || behind === 1) && end.lastHash === (hashes[end.sequence - 1] ?? null);
}

/** The chain's event ids; empty where there is no chain, null where the row is no list of ids. */
function idsOf(value: Uint8Array | null | undefined): readonly string[] | null {
  if (value === undefined) return [];
  const json = value === null ? null : readJson(value, { bytes: CHAIN_BYTES, nodes: CHAIN_IDS });
  if (json?.ok !== true || !isJsonArray(json.value)) return null;
  const ids = json.value.map((id) => (typeof id === 'string' ? readUuid(id)?.uuid : undefined));
  return ids.every((id) => id !== undefined) ? ids : null;
}

/** Before the first event there is no state. */
function endOf(value: Uint8Array | null | undefined): ChainEnd | null {
  if (value === undefined) return { lastHash: null, sequence: 0 };
  const json = value === null ? null : readJson(value);
  if (json?.ok !== true || !(json.value instanceof JsonObject)) return null;
  const [hash, sequence] = [json.value.get('last_hash'), json.value.get('sequence')];
  const number = sequence instanceof JsonNumber ? sequence.toSafeInteger() : null;
  return number === null ? null : { lastHash: hash == null ? null : writeJson(hash), sequence: number };
}
