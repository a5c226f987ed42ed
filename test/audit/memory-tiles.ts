import { appendLeaves, type TileReader } from '../../electron/audit/log/tiles.ts';

/** A log's tiles in memory: what a store keeps in a table. */
export interface MemoryTiles {
  readonly read: TileReader;
  readonly size: number;
}

/** Appends leaf hashes `step` at a time, as transactions do. */
export function growLog(leafHashes: readonly Uint8Array[], step = leafHashes.length): MemoryTiles {
  const tiles = new Map<string, Uint8Array>();
  const read: TileReader = ({ level, index }, width) => {
    const tile = tiles.get(`${level}/${index}`);
    if (tile === undefined || tile.length < width * 32) throw new Error(`tile ${level}/${index} lacks ${width} hashes`);
    return tile;
  };
  let size = 0;
  while (size < leafHashes.length) {
    const added = leafHashes.slice(size, size + step);
    for (const { level, index, hashes } of appendLeaves(read, size, added)) tiles.set(`${level}/${index}`, hashes);
    size += added.length;
  }
  return { read, size };
}
