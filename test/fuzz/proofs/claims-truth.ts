import type { Log, Logs } from './logs.ts';
import type { Claim, Head } from './proof.ts';

/**
 * What a proof says beside the truth. `same`: what is so, or was signed, perhaps in other words where those are free: it may
 * be accepted or not. `unbound`: it takes for given that a root is that of another size than its own, which no bare claim
 * can rule out; the signed head does, and those are tried as checkpoints and proofs. `other`: it must be refused.
 */
export type Meaning = 'same' | 'unbound' | 'other';

type TreeClaim = Exclude<Claim, { kind: 'opening' }>;

/** Tells what bare claims mean from the logs themselves, without any part of the verifiers. */
export class ClaimsTruth {
  private readonly logs: readonly Log[];
  private readonly roots: ReadonlySet<string>;
  private readonly openings: ReadonlySet<string>;

  constructor({ logs }: Logs) {
    this.logs = logs;
    const rootsOf = ({ tree }: Log) => Array.from({ length: tree.size + 1 }, (_, n) => hexOf(tree.root(n)));
    this.roots = new Set(logs.flatMap(rootsOf));
    this.openings = new Set(logs.flatMap(({ entries }) => entries.flatMap(openingsOf)));
  }

  meaningOf(claim: Claim): Meaning {
    if (claim.kind === 'opening') return this.openings.has(openingText(claim)) ? 'same' : 'other';
    if (this.logs.some((log) => isTrueOf(log, claim)) || saysNothing(claim)) return 'same';
    const heads = claim.kind === 'inclusion' ? [claim.head] : [claim.from, claim.to];
    const known = heads.every(({ root }) => this.roots.has(hexOf(root)));
    const bound = heads.every((head) => this.logs.some((log) => isHeadOf(log, head)));
    return known && !bound ? 'unbound' : 'other';
  }
}

function isHeadOf({ tree }: Log, { size, root }: Head): boolean {
  return size >= 0n && size <= BigInt(tree.size) && tree.root(Number(size)).equals(root);
}

/** Whether it is, hash for hash, the one proof that the log's own tree gives. */
function isTrueOf(log: Log, claim: TreeClaim): boolean {
  const { tree } = log;
  if (claim.kind === 'consistency') {
    const [from, to] = [Number(claim.from.size), Number(claim.to.size)];
    if (!isHeadOf(log, claim.from) || !isHeadOf(log, claim.to) || from > to) return false;
    return from > 0 && isPath(claim.path, tree.consistency(from, to));
  }
  const [index, size] = [Number(claim.index), Number(claim.head.size)];
  if (!isHeadOf(log, claim.head) || claim.index < 0n || claim.index >= claim.head.size) return false;
  return tree.leafHash(index).equals(claim.leafHash) && isPath(claim.path, tree.inclusion(index, size));
}

function isPath(path: readonly Uint8Array[], expected: readonly Buffer[]): boolean {
  return path.length === expected.length && expected.every((hash, n) => hash.equals(path[n] as Uint8Array));
}

/** That a head is consistent with itself holds of any head. */
function saysNothing(claim: TreeClaim): boolean {
  if (claim.kind !== 'consistency' || claim.path.length > 0) return false;
  return claim.from.size === claim.to.size && hexOf(claim.from.root) === hexOf(claim.to.root);
}

function openingsOf({ leaf, fields }: Log['entries'][number]): string[] {
  const { fields: committed } = JSON.parse(Buffer.from(leaf).toString()) as { fields: Record<string, string> };
  return fields
    .filter(({ name }) => name === 'reason')
    .map(({ name, salt, value }) =>
      openingText({ committed: committed[name] ?? '', name, salt: hexOf(salt), value: Buffer.from(value).toString() }),
    );
}

function openingText({ committed, name, salt, value }: Omit<Extract<Claim, { kind: 'opening' }>, 'kind'>): string {
  return JSON.stringify([committed, name, salt, value]);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
