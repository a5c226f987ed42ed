import type { SeededRandom } from '../bench/random.ts';

type Change = (bytes: Buffer, other: Buffer, random: SeededRandom) => Buffer;

/** Blind changes: of bits, bytes and runs of bytes, whatever they mean. */
export function mutateBytes(bytes: Buffer, other: Buffer, random: SeededRandom): Buffer {
  return random.pick(CHANGES)(bytes, other, random);
}

const CHANGES: readonly [Change, ...Change[]] = [
  (bytes, _, random) => changed(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, _, random) => changed(bytes, random, () => random.below(256)),
  (bytes, _, random) =>
    changed(bytes, random, () => random.pick([0, 0xff, 0x7f, 0x80, 0x22, 0x5c, 0x7b, 0x7d, 0x2c, 0x30])),
  (bytes, _, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, _, random) => Buffer.concat([bytes, Buffer.from(random.hex(2 + random.below(160)), 'hex')]),
  (bytes) => Buffer.concat([bytes, bytes.subarray(0, 76)]),
  (bytes, _, random) => spliced(bytes, random, Buffer.from(random.hex(2 * random.below(9)), 'hex'), 0),
  (bytes, _, random) => spliced(bytes, random, Buffer.alloc(0), 1 + random.below(40)),
  (bytes, _, random) => spliced(bytes, random, runOf(bytes, random), random.below(2) * 40),
  (bytes, other, random) => spliced(bytes, random, runOf(other, random), random.below(2) * 40),
  (bytes, other, random) => {
    const at = random.below(Math.min(bytes.length, other.length) + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
  },
];

function changed(bytes: Buffer, random: SeededRandom, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length);
  if (at < copy.length) copy[at] = change(copy[at] ?? 0) & 0xff;
  return copy;
}

function spliced(bytes: Buffer, random: SeededRandom, put: Buffer, drop: number): Buffer {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
}

function runOf(bytes: Buffer, random: SeededRandom): Buffer {
  const at = random.below(bytes.length + 1);
  return bytes.subarray(at, at + 1 + random.below(120));
}
