import type { SeededRandom } from '../../bench/random.ts';
import type { Log, Logs } from './logs.ts';
import type { Claim, Head } from './proof.ts';

/** The claim with something else said in it, perhaps more than once. */
export function mutateClaim(claim: Claim, logs: Logs, random: SeededRandom): Claim {
  if (claim.kind === 'opening') return mutateOpening(claim, random);
  const changed = { ...claim, path: [...claim.path] };
  if (changed.kind === 'inclusion' && random.perMille(450)) changeEntry(changed, logs, random);
  else if (changed.kind === 'consistency' && random.perMille(450)) changeHeads(changed, logs, random);
  else random.pick(PATH_CHANGES)(changed.path, { random, hash: () => anyHash(logs, random) });
  return changed;
}

type Inclusion = Extract<Claim, { kind: 'inclusion' }>;
type Consistency = Extract<Claim, { kind: 'consistency' }>;

function changeEntry(claim: Inclusion, logs: Logs, random: SeededRandom): void {
  const changes: readonly [() => void, ...(() => void)[]] = [
    () => Object.assign(claim, { index: otherNumber(claim.index, random) }),
    () => Object.assign(claim, { head: otherHead(claim.head, logs, random) }),
    () => Object.assign(claim, { leafHash: otherHash(claim.leafHash, random) }),
    () => Object.assign(claim, { leafHash: anyHash(logs, random) }),
    () => Object.assign(claim, { leafHash: claim.path[0] ?? claim.leafHash, path: claim.path.slice(1) }),
  ];
  random.pick(changes)();
}

function changeHeads(claim: Consistency, logs: Logs, random: SeededRandom): void {
  const changes: readonly [() => void, ...(() => void)[]] = [
    () => Object.assign(claim, { from: otherHead(claim.from, logs, random) }),
    () => Object.assign(claim, { to: otherHead(claim.to, logs, random) }),
    () => Object.assign(claim, { from: claim.to, to: claim.from }),
    () => Object.assign(claim, { to: { ...claim.to, root: claim.from.root } }),
  ];
  random.pick(changes)();
}

/** A head of another log or size, or this one with another size or root. */
function otherHead(head: Head, logs: Logs, random: SeededRandom): Head {
  const { tree } = random.pick(logs.logs);
  const size = random.below(tree.size + 1);
  const heads: readonly [Head, ...Head[]] = [
    { size: BigInt(size), root: tree.root(size) },
    { ...head, root: tree.root(size) },
    { ...head, root: tree.root(Math.min(tree.size, Number(head.size))) },
    { ...head, root: otherHash(head.root, random) },
    { ...head, root: anyHash(logs, random) },
    { ...head, size: otherNumber(head.size, random) },
  ];
  return random.pick(heads);
}

function otherNumber(number: bigint, random: SeededRandom): bigint {
  const numbers: readonly [bigint, ...bigint[]] = [
    number + 1n,
    number - 1n,
    number * 2n,
    number / 2n,
    -number,
    0n,
    number ^ (1n << BigInt(random.below(10))),
    number + 2n ** 32n,
    number + 2n ** 64n,
    2n ** 63n,
    BigInt(random.below(302)),
  ];
  return random.pick(numbers);
}

/** One bit, one byte or the length changed. */
function otherHash(hash: Uint8Array, random: SeededRandom): Uint8Array {
  const copy = Buffer.from(hash);
  if (random.perMille(200)) return copy.subarray(0, random.below(copy.length + 1));
  if (random.perMille(100)) return Buffer.concat([copy, copy.subarray(0, 1 + random.below(32))]);
  const at = random.below(copy.length);
  if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
}

/** Any hash of the trees: a leaf's, a root's, one in between. */
function anyHash({ logs }: Logs, random: SeededRandom): Uint8Array {
  const { tree }: Log = random.pick(logs);
  const from = random.below(tree.size);
  const width = 1 + random.below(Math.min(16, tree.size - from));
  return random.perMille(300) ? tree.leafHash(from) : tree.root(from + width, from);
}

interface Tools {
  readonly random: SeededRandom;
  readonly hash: () => Uint8Array;
}

const PATH_CHANGES: readonly [PathChange, ...PathChange[]] = [
  (path, { random }) => path.splice(random.below(path.length), 1),
  (path) => path.shift(),
  (path) => path.pop(),
  (path, { random, hash }) => path.splice(random.below(path.length + 1), 0, hash()),
  (path, { random }) =>
    path.splice(random.below(path.length + 1), 0, path[random.below(path.length)] ?? Buffer.alloc(32)),
  (path, { random, hash }) => path.splice(random.below(path.length), 1, hash()),
  (path, { random }) => replaceAt(path, random, (one) => otherHash(one, random)),
  (path) => path.reverse(),
  (path, { random }) => path.push(...Array.from({ length: 1 + random.below(70) }, () => Buffer.alloc(32))),
  (path, { random }) => {
    const [a, b] = [random.below(path.length), random.below(path.length)];
    if (path.length > 0) [path[a], path[b]] = [path[b] as Uint8Array, path[a] as Uint8Array];
  },
  // Two hashes as one of twice the length.
  (path, { random }) => {
    const at = random.below(path.length);
    path.splice(at, 2, Buffer.concat(path.slice(at, at + 2)));
  },
];
type PathChange = (path: Uint8Array[], tools: Tools) => void;

function replaceAt(path: Uint8Array[], random: SeededRandom, change: (hash: Uint8Array) => Uint8Array): void {
  const at = random.below(path.length);
  const hash = path[at];
  if (hash !== undefined) path[at] = change(hash);
}

type Opening = Extract<Claim, { kind: 'opening' }>;

function mutateOpening(claim: Opening, random: SeededRandom): Opening {
  const { salt, value } = claim;
  const valueHex = Buffer.from(value).toString('hex');
  const changes: readonly [Partial<Opening>, ...Partial<Opening>[]] = [
    { value: `${value} ` },
    { value: value.slice(0, random.below(value.length)) },
    { value: value.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) },
    { value: JSON.stringify(value) },
    { salt: salt.toUpperCase() },
    { salt: random.hex(64) },
    { salt: `${salt.slice(0, 62)}${random.hex(2)}` },
    // The same bytes in a row, parted elsewhere.
    { salt: salt + valueHex.slice(0, 2), value: value.slice(1) },
    { salt: salt.slice(0, 62), value: `${Buffer.from(salt.slice(62), 'hex').toString('latin1')}${value}` },
    { name: random.pick(['actor', 'Reason', 'reason ', '__proto__', 'constructor', '']) },
    { committed: random.hex(64) },
    { committed: `${claim.committed.slice(1)}0` },
    { salt: `0x${salt}` },
  ];
  return { ...claim, ...random.pick(changes) };
}
