import type { ImportCode } from '../../../shared/domain/import-codes.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { isJsonArray } from '../../../shared/domain/json/value.ts';
import { cellText, type LedgerFile, type LedgerRow } from './ledger-file.ts';
import { type KnownTenants, parseLedgerKey } from './ledger-keys.ts';
import type { Outbox } from './outbox.ts';
import type { ListedState, ScratchIndex } from './scratch-index.ts';

/** A list of a million ids of forty characters is a tenth of this. */
const LIST_BYTES = 160 * 1024 * 1024;
const LIST_IDS = 4_000_000;

/** An active list that could be read, and the key that it stands under. */
export interface ActiveList {
  readonly tenant: string;
  readonly key: string;
}

/** Reads the active lists of all taken tenants into the index; a bad one is refused by its row (BAD_LIST and kin). */
export async function readActiveLists(
  file: LedgerFile,
  known: KnownTenants,
  index: ScratchIndex,
  outbox: Outbox,
  source: string,
): Promise<ActiveList[]> {
  const lists: ActiveList[] = [];
  for (const { row, key: bytes } of file.keys()) {
    const key = cellText(bytes);
    if (key?.endsWith(':active') !== true) continue;
    const parsed = parseLedgerKey(key, known);
    if (parsed.kind !== 'active') continue;
    const found = file.row(row);
    if (found === null) continue;
    const ids = idsOf(found);
    if (typeof ids === 'string') {
      outbox.addFinding({ source, locator: key }, ids, found.value === null ? {} : { text: found.value });
      await outbox.pace();
      continue;
    }
    for (const [position, id] of ids.entries()) index.addListed(parsed.tenant, id, position);
    lists.push({ tenant: parsed.tenant, key });
  }
  return lists;
}

function idsOf({ value, valueType }: LedgerRow): readonly string[] | ImportCode {
  if (value === null) return valueType === 'text' ? 'TOO_LARGE' : 'NOT_TEXT';
  const json = readJson(value, { bytes: LIST_BYTES, nodes: LIST_IDS });
  if (!json.ok) return json.code;
  const list = json.value;
  return isJsonArray(list) && list.every((id) => typeof id === 'string') ? list : 'BAD_LIST';
}

const CODE_OF_STATE: Readonly<Record<ListedState, ImportCode | null>> = {
  unknown: 'LISTED_WITHOUT_RECORD',
  active: null,
  decided: 'LISTED_BUT_DECIDED',
};

/** What the lists say of records that do not agree, once all records have been read. */
export async function judgeActiveLists(
  lists: readonly ActiveList[],
  index: ScratchIndex,
  outbox: Outbox,
  source: string,
): Promise<void> {
  for (const { tenant, key } of lists) {
    for (const { id, times, state } of index.oddListed(tenant)) {
      const place = { source, locator: key };
      const code = CODE_OF_STATE[state];
      if (code !== null) outbox.addFinding(place, code, { escalationId: id });
      if (times > 1) outbox.addFinding(place, 'LISTED_TWICE', { escalationId: id });
      await outbox.pace();
    }
  }
}
