import type { SeededRandom } from '../bench/random.ts';
import { mutateJson } from './mutate-json.ts';

interface Part {
  type: number;
  value: Buffer;
}

const HEADER = 76;

/** The packet with one thing of its wire form changed; its bytes as they were where they are too few for one. */
export function mutatePacket(bytes: Buffer, other: Buffer, random: SeededRandom): Buffer {
  if (bytes.length < HEADER) return bytes;
  const header = Buffer.from(bytes.subarray(0, HEADER));
  const parts = partsOf(bytes);
  random.pick(CHANGES)({ header, parts, other }, random);
  return Buffer.concat([header, ...parts.flatMap(({ type, value }) => [headOf(type, value.length), value])]);
}

function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = HEADER; at + 5 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at + 1);
    parts.push({ type: bytes.readUInt8(at), value: bytes.subarray(at + 5, at + 5 + length) });
    at += 5 + length;
  }
  return parts;
}

function headOf(type: number, length: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(type);
  head.writeUInt32BE(length, 1);
  return head;
}

interface Target {
  readonly header: Buffer;
  readonly parts: Part[];
  /** Another packet of the corpus, to take parts from. */
  readonly other: Buffer;
}

type Change = (target: Target, random: SeededRandom) => void;

const changeJson: Change = ({ parts }, random) => {
  const json = parts.filter(({ value }) => value[0] === 0x7b);
  const part = json[random.below(json.length)];
  if (part !== undefined) part.value = Buffer.from(mutateJson(part.value.toString(), random));
};

const CHANGES: readonly [Change, ...Change[]] = [
  changeJson,
  changeJson,
  changeJson,
  ({ parts }, random) => parts.splice(random.below(parts.length + 1), 1),
  ({ parts }) => parts.reverse(),
  ({ parts }, random) => parts.splice(random.below(parts.length + 1), 0, partOf(parts, random)),
  ({ parts, other }, random) => parts.splice(random.below(parts.length + 1), 0, partOf(partsOf(other), random)),
  ({ parts, other }, random) => {
    // The same segment of another packet in the place of this one's.
    const part = partOf(parts, random);
    const at = parts.findIndex(({ type }) => type === part.type);
    const taken = partsOf(other).find(({ type }) => type === part.type);
    if (at >= 0 && taken !== undefined) parts[at] = taken;
  },
  ({ parts }, random) => {
    const part = parts[random.below(parts.length)];
    if (part !== undefined) part.type = random.below(10);
  },
  ({ parts }, random) =>
    parts.push({ type: random.pick([0, 4, 7, 9, 255]), value: Buffer.from(random.hex(random.below(80))) }),
  ({ parts }, random) =>
    parts.push({ type: 7, value: Buffer.from(random.pick(['(pay)', '', '\ud83d\ude00', '"\\\n'])) }),
  ({ header, other }) => header.set(other.subarray(36, 68), 36),
  ({ header, other }) => header.set(other.subarray(4, 36), 4),
  ({ header }, random) => void header.writeUInt8(random.below(256), random.below(HEADER)),
  ({ header }, random) => void header.writeUInt8(random.pick([2, 3]), 3),
  ({ header, parts }) => parts.push({ type: header.readUInt8(0), value: header }),
];

function partOf(parts: readonly Part[], random: SeededRandom): Part {
  return parts[random.below(parts.length)] ?? { type: random.below(9), value: Buffer.alloc(0) };
}
