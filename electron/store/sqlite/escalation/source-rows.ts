import type { SourceRow } from '../../ledger-store.ts';
import { sha256 } from '../base/bytes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

const BATCH = 500;

/** Keeps a source's own rows as they came; a newer value of a known key takes the older one's place in the order. */
export function putSourceRows(db: Writer, tenantId: number, rows: readonly SourceRow[]): void {
  for (const { key, value, createdAt, updatedAt } of rows) {
    db.run(put, {
      tenantId,
      keySha256: sha256(key),
      key,
      value,
      createdAt: createdAt === null ? null : String(createdAt),
      updatedAt: updatedAt === null ? null : String(updatedAt),
    });
  }
}

/** The next rows after number `from`, in their order; `next` is null at the end. */
export function sourceRowsAfter(
  db: Reader,
  tenantId: number,
  from: number,
): { rows: SourceRow[]; next: number | null } {
  const found = db.all(after, { tenantId, from });
  const rows = found.map((row) => ({
    key: row.key,
    value: row.value,
    createdAt: row.created_at === null ? null : BigInt(row.created_at),
    updatedAt: row.updated_at === null ? null : BigInt(row.updated_at),
  }));
  return { rows, next: found.length < BATCH ? null : (found.at(-1)?.source_row_id ?? null) };
}

interface Put {
  tenantId: number;
  keySha256: Uint8Array;
  key: Uint8Array;
  value: Uint8Array;
  createdAt: string | null;
  updatedAt: string | null;
}

const put = statement<Put>()((arg) =>
  queries
    .insertInto('source_rows')
    .values({
      tenant_id: arg.tenantId,
      key_sha256: arg.keySha256,
      key: arg.key,
      value: arg.value,
      created_at: arg.createdAt,
      updated_at: arg.updatedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'key_sha256']).doUpdateSet((eb) => ({
        value: eb.ref('excluded.value'),
        created_at: eb.ref('excluded.created_at'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    ),
);
const after = statement<{ tenantId: number; from: number }>()((arg) =>
  queries
    .selectFrom('source_rows')
    .select(['source_row_id', 'key', 'value', 'created_at', 'updated_at'])
    .where('tenant_id', '=', arg.tenantId)
    .where('source_row_id', '>', arg.from)
    .orderBy('source_row_id')
    .limit(BATCH),
);
