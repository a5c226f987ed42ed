import type Database from 'better-sqlite3';
import type { OwnKey } from '../../../../shared/contract/keys.ts';
import { unbody } from '../base/bytes.ts';

/** What a store knows of keys, without any of their private parts. */
export interface KeyFacts {
  /** How each own key in use is protected; null where its private part is gone. */
  readonly inUse: readonly (OwnKey['protection'] | null)[];
  /** Entries of trust, over all tenants: pinned, and offered without anybody's word. */
  readonly pinned: number;
  readonly offered: number;
}

const NONE: KeyFacts = { inUse: [], pinned: 0, offered: 0 };

/** A store that an older version wrote has no such tables, and no keys. */
export function keyFactsOf(handle: Database.Database): KeyFacts {
  const known = handle.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'own_keys'").get();
  if (known === undefined) return NONE;
  const keys = handle
    .prepare<[], { body: Uint8Array; sealed: number }>(
      "SELECT body, sealed IS NOT NULL AS sealed FROM own_keys WHERE status = 'in-use' ORDER BY made",
    )
    .all();
  const counted = handle.prepare<[string], number>('SELECT count(*) FROM trust_entries WHERE status = ?').pluck();
  return {
    inUse: keys.map(({ body, sealed }) => (sealed === 1 ? unbody<Pick<OwnKey, 'protection'>>(body).protection : null)),
    pinned: counted.get('pinned') ?? 0,
    offered: counted.get('offered') ?? 0,
  };
}
