import { emptyRoot, HASH_BYTES, nodeHash, pairHash } from './merkle.ts';

/**
 * The tree's hashes as C2SP tlog-tiles: a tile of level L holds up to 256 hashes of complete subtrees of 256^L entries.
 * Hashes of a full tile never change; the last tile of each level is partial and grows.
 */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** Where a tile stands: level 0 holds the leaves' hashes; `index` counts from the left. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
}

/** The hashes of a tile, one after another, at least `width` of them; throws where the log lacks it. */
export type TileReader = (place: TilePlace, width: number) => Uint8Array;

/**
 * The hash of the complete subtree of 2^height entries that begins at entry `at` (a multiple of its width), from the
 * one tile that holds its base.
 */
function subtree(read: TileReader, height: number, at: number): Uint8Array {
  const level = Math.floor(height / TILE_HEIGHT);
  const base = at / TILE_WIDTH ** level;
  const width = 2 ** (height - level * TILE_HEIGHT);
  const index = Math.floor(base / TILE_WIDTH);
  const from = base - index * TILE_WIDTH;
  const tile = read({ level, index }, from + width);
  return rootOver(tile.subarray(from * HASH_BYTES, (from + width) * HASH_BYTES));
}

/** Enough for the right edge of a thousand logs, or of one that a thousand proofs are asked of. */
const KEPT_ROOTS = 1024;
const roots = new Map<string, Uint8Array>();

/**
 * The root over a power of two of hashes that lie one after another. What was made last is kept, by the hashes
 * themselves, so that it is true of whatever log they are of: a proof after each of many appends goes over the same ones.
 */
function rootOver(hashes: Uint8Array): Uint8Array {
  if (hashes.length < 4 * HASH_BYTES) return fold(hashes);
  const key = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength).toString('latin1');
  const known = roots.get(key);
  if (known !== undefined) return known;
  const root = fold(hashes);
  if (roots.size === KEPT_ROOTS) roots.delete(roots.keys().next().value ?? '');
  roots.set(key, root);
  return root;
}

function fold(hashes: Uint8Array): Uint8Array {
  if (hashes.length === HASH_BYTES) return hashes;
  const above = Buffer.alloc(hashes.length / 2);
  for (let at = 0; at < above.length; at += HASH_BYTES)
    above.set(pairHash(hashes.subarray(2 * at, 2 * (at + HASH_BYTES))), at);
  return fold(above);
}

/** MTH(D[from:to]) of RFC 6962, 2.1, where `from` is a multiple of the largest power of two below `to - from`. */
function rangeHash(read: TileReader, from: number, to: number): Uint8Array {
  const split = largestPowerBelow(to - from);
  if (to - from === 1 || split * 2 === to - from) return subtree(read, Math.log2(to - from), from);
  return nodeHash(rangeHash(read, from, from + split), rangeHash(read, from + split, to));
}

/** The head of the tree of the first `size` entries. */
export function rootOf(read: TileReader, size: number): Uint8Array {
  return size === 0 ? emptyRoot() : rangeHash(read, 0, size);
}

/** PATH(index, D[0:size]) of RFC 6962, 2.1.1: the hashes from the leaf up. `index` is below `size`. */
export function inclusionProof(read: TileReader, index: number, size: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.unshift(rangeHash(read, middle, to));
      to = middle;
    } else {
      path.unshift(rangeHash(read, from, middle));
      from = middle;
    }
  }
  return path;
}

/** PROOF(older, D[0:size]) of RFC 6962, 2.1.2; empty where nothing needs proof. `older` is at most `size`. */
export function consistencyProof(read: TileReader, older: number, size: number): Uint8Array[] {
  if (older === 0 || older === size) return [];
  const path: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (older !== to) {
    const middle = from + largestPowerBelow(to - from);
    if (older <= middle) {
      path.unshift(rangeHash(read, middle, to));
      to = middle;
    } else {
      path.unshift(rangeHash(read, from, middle));
      from = middle;
    }
  }
  return from === 0 ? path : [rangeHash(read, from, to), ...path];
}

/** The largest power of two below `n`; 1 for 1. */
function largestPowerBelow(n: number): number {
  return n <= 2 ? 1 : 2 ** Math.floor(Math.log2(n - 1));
}

/** A tile with hashes added at its end. */
export interface GrownTile extends TilePlace {
  /** All hashes of the tile, those added last. */
  readonly hashes: Uint8Array;
}

/**
 * The tiles that change when leaf hashes are appended to a tree of `size` entries: O(log n) a leaf. `read` gives the
 * tiles as they are.
 */
export function appendLeaves(read: TileReader, size: number, leafHashes: readonly Uint8Array[]): GrownTile[] {
  const grown: GrownTile[] = [];
  let added = leafHashes;
  for (let level = 0; added.length > 0; level += 1) {
    const before = Math.floor(size / TILE_WIDTH ** level);
    const tiles = appendToLevel(read, { level, before }, added);
    grown.push(...tiles);
    added = tiles
      .filter(({ hashes }) => hashes.length === TILE_WIDTH * HASH_BYTES)
      .map(({ hashes }) => rootOver(hashes));
  }
  return grown;
}

function appendToLevel(
  read: TileReader,
  { level, before }: { level: number; before: number },
  added: readonly Uint8Array[],
): GrownTile[] {
  const first = Math.floor(before / TILE_WIDTH);
  const kept = before - first * TILE_WIDTH;
  const start = kept === 0 ? new Uint8Array() : read({ level, index: first }, kept).subarray(0, kept * HASH_BYTES);
  const all = Buffer.concat([start, ...added]);
  const tiles: GrownTile[] = [];
  for (let at = 0; at < all.length; at += TILE_WIDTH * HASH_BYTES) {
    tiles.push({ level, index: first + tiles.length, hashes: all.subarray(at, at + TILE_WIDTH * HASH_BYTES) });
  }
  return tiles;
}
