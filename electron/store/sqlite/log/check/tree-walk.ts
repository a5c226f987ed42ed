import { equalBytes, HASH_BYTES } from '../../../../audit/log/merkle.ts';
import { appendLeaves, TILE_WIDTH, type TilePlace, type TileReader } from '../../../../audit/log/tiles.ts';
import type { LogFailure } from '../../../ledger-store.ts';

/** The tile as it lies in the store; null where there is none. */
export type FindTile = (place: TilePlace) => Uint8Array | null;

const FULL_BYTES = TILE_WIDTH * HASH_BYTES;

/**
 * Builds a log's tree anew from its leaves' hashes, in order, and compares each tile with the one that is kept. Memory
 * holds the last tile of each level, however long the log is.
 */
export class TreeWalk {
  readonly #last = new Map<number, Uint8Array>();
  #size = 0;
  #tiles = 0;

  /** How many leaves went by. */
  get size(): number {
    return this.#size;
  }

  /** Adds leaves; what is wrong with the tiles that they fill. */
  append(leafHashes: readonly Uint8Array[], find: FindTile): LogFailure[] {
    const grown = appendLeaves(this.#read, this.#size, leafHashes);
    this.#size += leafHashes.length;
    const failures: LogFailure[] = [];
    for (const tile of grown) {
      this.#last.set(tile.level, tile.hashes);
      if (tile.hashes.length < FULL_BYTES) continue;
      this.#tiles += 1;
      failures.push(...differing(tile, tile.hashes, find));
    }
    return failures;
  }

  /** The end of the log: what is wrong with the tiles that are not full, and `kept` of them in all. */
  end(kept: number, find: FindTile): LogFailure[] {
    const open = [...this.#last].filter(([, hashes]) => hashes.length < FULL_BYTES);
    const failures = open.flatMap(([level, hashes]) => differing(this.#placeOf(level), hashes, find));
    const expected = this.#tiles + open.length;
    if (kept === expected || failures.length > 0) return failures;
    return [{ place: 'tiles', code: 'TILE', detail: `The tree has ${kept} tiles, and should have ${expected}.` }];
  }

  readonly #read: TileReader = ({ level }) => this.#last.get(level) ?? new Uint8Array();

  /** Where the last tile of a level stands. */
  #placeOf(level: number): TilePlace {
    return { level, index: Math.ceil(Math.floor(this.#size / TILE_WIDTH ** level) / TILE_WIDTH) - 1 };
  }
}

function differing({ level, index }: TilePlace, hashes: Uint8Array, find: FindTile): LogFailure[] {
  const kept = find({ level, index });
  if (kept !== null && equalBytes(kept, hashes)) return [];
  const detail = kept === null ? 'The tile is not there.' : 'The tile does not have the hashes of its entries.';
  return [{ place: `tile ${level}/${index}`, code: 'TILE', detail }];
}
