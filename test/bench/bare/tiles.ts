import type Database from 'better-sqlite3';
import type { TilePlace, TileReader } from '../../../electron/audit/log/tiles.ts';
import { openBareReader } from './connection.ts';

/** A bare program that reads the tiles which a proof is made from, and makes none. */
export class BareTiles {
  readonly #db: Database.Database;
  readonly #tile: Database.Statement<[number, number], { hashes: Buffer }>;

  constructor(path: string) {
    this.#db = openBareReader(path);
    this.#tile = this.#db.prepare(
      'SELECT hashes FROM log_tiles WHERE tenant_id = (SELECT tenant_id FROM tenants) AND level = ? AND idx = ?',
    );
  }

  /** Which tiles `prove` reads, each once. */
  placesOf(prove: (read: TileReader) => unknown): TilePlace[] {
    const places = new Map<string, TilePlace>();
    prove((place) => {
      places.set(`${place.level}/${place.index}`, place);
      return this.#hashes(place);
    });
    return [...places.values()];
  }

  /** How many bytes these tiles have. */
  read(places: readonly TilePlace[]): number {
    return places.reduce((bytes, place) => bytes + this.#hashes(place).length, 0);
  }

  close(): void {
    this.#db.close();
  }

  #hashes({ level, index }: TilePlace): Buffer {
    return this.#tile.get(level, index)?.hashes ?? Buffer.alloc(0);
  }
}
