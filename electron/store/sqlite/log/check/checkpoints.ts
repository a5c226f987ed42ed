import { cosignaturesOf, readCheckpoint } from '../../../../audit/head/checkpoint.ts';
import { type NoteKey, noteKey, openNote, SIGNATURE_TYPE } from '../../../../audit/head/note.ts';
import { equalBytes } from '../../../../audit/log/merkle.ts';
import { rootOf, type TileReader } from '../../../../audit/log/tiles.ts';
import type { LogFailure } from '../../../ledger-store.ts';
import { unhex, utf8 } from '../../base/bytes.ts';
import type { Reader } from '../../base/connection.ts';
import { queries, statement } from '../../base/statement.ts';
import { readOwnKeys } from '../../keys/own-keys.ts';
import { entriesOf } from '../../keys/trust-entries.ts';
import type { TenantRow } from '../../tenant/tenants.ts';
import { unless } from './failure.ts';

/** Whose log it is, as its checkpoints name it. */
const ORIGIN = 'vex-review-desk/log/';

/** Each signed head has the root of the log at its size, and is signed by an own key of the desk over just that. */
export function checkCheckpoints(db: Reader, tenant: TenantRow, size: number, read: TileReader): LogFailure[] {
  const origin = `${ORIGIN}${tenant.uid}`;
  const keys = readOwnKeys(db)
    .filter(({ profile_id }) => profile_id === null)
    .map(({ public_hex }) => noteKey(origin, unhex(public_hex)));
  const witnesses = witnessesOf(db, tenant.tenantId);
  return db.all(ofTenant, { tenantId: tenant.tenantId }).flatMap((row): LogFailure[] => {
    const place = `checkpoint ${row.size}`;
    if (row.size > size) return [{ place, code: 'CHECKPOINT', detail: `The log has only ${size} events.` }];
    const root = equalBytes(row.root, rootOf(read, row.size));
    return [
      ...unless(root, place, 'CHECKPOINT', 'The log has another root at this size.'),
      ...checkNote(place, row, { origin, keys, witnesses }),
    ];
  });
}

interface Signers {
  readonly origin: string;
  readonly keys: readonly NoteKey[];
  readonly witnesses: readonly NoteKey[];
}

function checkNote(
  place: string,
  row: { size: number; root: Uint8Array; note: string },
  { origin, keys, witnesses }: Signers,
): LogFailure[] {
  const opened = openNote(utf8(row.note), keys);
  if (opened.verdict !== 'verified')
    return [{ place, code: 'CHECKPOINT_NOTE', detail: `The note is not signed by the desk (${opened.verdict}).` }];
  const said = readCheckpoint(opened.note.text);
  const same = said?.origin === origin && said.size === BigInt(row.size) && equalBytes(said.root, row.root);
  const cosigned = cosignaturesOf(opened.note, witnesses) !== null;
  return [
    ...unless(same, place, 'CHECKPOINT_NOTE', 'The note is of another head.'),
    ...unless(cosigned, place, 'CHECKPOINT_NOTE', 'A witness’s cosignature does not hold.'),
  ];
}

function witnessesOf(db: Reader, tenantId: number): NoteKey[] {
  return entriesOf(db, tenantId).flatMap(({ entry, status }) =>
    entry.purpose === 'witness' && status !== 'offered'
      ? [noteKey(entry.name, unhex(entry.public_hex), SIGNATURE_TYPE.cosignature)]
      : [],
  );
}

const ofTenant = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('checkpoints')
    .select(['size', 'root', 'note'])
    .where('tenant_id', '=', arg.tenantId)
    .orderBy('size'),
);
