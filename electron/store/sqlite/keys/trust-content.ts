import { jcs } from '../../../evidence/json/jcs.ts';
import { digestOf, hex, unbody } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** A row of trust_entries as its bytes lie in the store, as far as an event commits to it. */
export interface EntryColumns {
  readonly body: Uint8Array;
  readonly made: number;
}

/** What an event commits to of an entry under `content`: SHA-256 of its body, and its place; hex, as JSON. */
export interface EntryContent {
  readonly body: string;
  readonly made: number;
}

export function entryContent({ body, made }: EntryColumns): EntryContent {
  return { body: digestOf(body), made };
}

/** The content of an entry's row as it lies in the store now. */
export function storedEntryContent(db: Reader, entryId: string): EntryContent | null {
  const row = db.get(entry, { entryId });
  return row === undefined ? null : entryContent(row);
}

/** Members of an own key that never change from when it was made. */
type MadeHere = { readonly name: string; readonly purpose: string; readonly made_at: string };

/** SHA-256 of what an own key is for good, its private part aside; null where the desk has none of that public key. Hex. */
export function ownKeyDigest(db: Reader, publicKey: Uint8Array): string | null {
  const row = db.get(ownKey, { publicKey });
  if (row === undefined) return null;
  const { key_id, made, profile_id } = row;
  const { name, purpose, made_at } = unbody<MadeHere>(row.body);
  return digestOf(jcs({ key_id, made, profile_id, public_hex: hex(publicKey), name, purpose, made_at }));
}

const entry = statement<{ entryId: string }>()((arg) =>
  queries.selectFrom('trust_entries').select(['body', 'made']).where('entry_id', '=', arg.entryId),
);
const ownKey = statement<{ publicKey: Uint8Array }>()((arg) =>
  queries
    .selectFrom('own_keys')
    .select(['key_id', 'made', 'profile_id', 'body'])
    .where('public_key', '=', arg.publicKey),
);
