import { DeskError } from '../../../../shared/domain/errors.ts';
import { HASH_BYTES } from '../../../audit/log/merkle.ts';
import { appendLeaves, type TilePlace, type TileReader } from '../../../audit/log/tiles.ts';
import type { Reader, Writer } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';

/** The tenant's tiles in the caller's snapshot or transaction, each read once. INTEGRITY_FAILED for one that is not there. */
export function tileReader(db: Reader, tenantId: number): TileReader {
  const known = new Map<string, Uint8Array>();
  return (place, width) => {
    const name = `${place.level}/${place.index}`;
    const hashes = known.get(name) ?? findTile(db, tenantId, place);
    if (hashes === null || hashes.length < width * HASH_BYTES) throw lacking(name);
    known.set(name, hashes);
    return hashes;
  };
}

/** The hashes of one tile as they lie in the store; null where there is none. */
export function findTile(db: Reader, tenantId: number, { level, index }: TilePlace): Uint8Array | null {
  return db.get(tile, { tenantId, level, index })?.hashes ?? null;
}

/** How many tiles the tenant's tree has. */
export function countTiles(db: Reader, tenantId: number): number {
  return db.get(count, { tenantId })?.n ?? 0;
}

/** Appends leaves' hashes to the tenant's tree of `size` entries, in the transaction that writes the leaves (I2). */
export function growTiles(db: Writer, tenantId: number, size: number, leafHashes: readonly Uint8Array[]): void {
  const grown = appendLeaves(tileReader(db, tenantId), size, leafHashes);
  for (const { level, index, hashes } of grown) db.run(put, { tenantId, level, index, hashes });
}

function lacking(name: string): DeskError {
  const message = `The log's tree is damaged: tile ${name} is not whole. Nothing was changed. Verify the log, and restore a backup beside it.`;
  return new DeskError('INTEGRITY_FAILED', message, { tile: name });
}

interface Place {
  tenantId: number;
  level: number;
  index: number;
}
const tile = statement<Place>()((arg) =>
  queries
    .selectFrom('log_tiles')
    .select('hashes')
    .where('tenant_id', '=', arg.tenantId)
    .where('level', '=', arg.level)
    .where('idx', '=', arg.index),
);
const count = statement<{ tenantId: number }>()((arg) =>
  queries
    .selectFrom('log_tiles')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('tenant_id', '=', arg.tenantId),
);
const put = statement<Place & { hashes: Uint8Array }>()((arg) =>
  queries
    .insertInto('log_tiles')
    .values({ tenant_id: arg.tenantId, level: arg.level, idx: arg.index, hashes: arg.hashes })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'level', 'idx']).doUpdateSet((eb) => ({ hashes: eb.ref('excluded.hashes') })),
    ),
);
