import type { BundleInput } from '../../electron/audit/bundle/bundle-input.ts';
import { LIES, STATEMENTS } from './bundle-lies.ts';
import { Dice } from './dice.ts';
import { type Files, refitted, repack, replaced, signed } from './repack.ts';
import {
  type BundleChoice,
  bundleBytes,
  bundleInput,
  desk,
  headOf,
  type LogOptions,
  makeLog,
  reviewer,
  stranger,
} from './synthetic-bundle.ts';
import { unpack } from './unpack.ts';

/** A bundle, sound or spoilt, and the checkpoint that its auditor kept. */
export interface Specimen {
  /** What was done to it; `sound` where nothing was. */
  readonly how: string;
  readonly sound: boolean;
  readonly bytes: Buffer;
  readonly previous: Uint8Array | null;
}

/** The specimen of a seed: about one in seven is sound. */
export async function makeSpecimen(seed: number): Promise<Specimen> {
  const dice = new Dice(seed);
  const kind = dice.pick([soundBundle, rawDamage, repacked, repacked, forged, dishonest, dishonest, badStatement]);
  const specimen = await kind(dice);
  return { ...specimen, how: `${specimen.how} (seed ${seed})` };
}

const SIZES = [1, 2, 3, 5, 8, 13, 21, 30];

function anyChoice(dice: Dice): { choice: BundleChoice; size: number; previous: number | null } {
  const size = dice.pick(SIZES);
  const from = dice.pick([0, 0, dice.roll(size)]);
  const own = dice.pick([null, dice.roll(size + 1)]);
  const every = 2 + dice.roll(3);
  const hashed = dice.pick([() => false, (seq: number) => seq % every === 0]);
  const redact = dice.pick([[], ['reason'], ['actor', 'escalation_id']]);
  return { size, choice: { from, previous: own, redact, hashed }, previous: dice.pick([null, own]) };
}

async function madeOf(dice: Dice, options: LogOptions = {}, changed: Partial<BundleInput> = {}) {
  const { size, choice, previous } = anyChoice(dice);
  const log = makeLog(size, options);
  const bytes = await bundleBytes(bundleInput(log, { ...choice, changed }));
  return { bytes, previous: previous === null ? null : headOf(log, previous) };
}

async function soundBundle(dice: Dice): Promise<Specimen> {
  return { how: 'sound', sound: true, ...(await madeOf(dice)) };
}

/** A byte of the file changed, added or cut off, by accident or by hand. */
async function rawDamage(dice: Dice): Promise<Specimen> {
  const { bytes, previous } = await madeOf(dice);
  const at = dice.roll(bytes.length);
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << dice.roll(8)), at);
  const more = Buffer.concat([head, Buffer.from([dice.roll(256)]), tail]);
  const [how, changed] = dice.pick([
    ['a bit flipped', flipped],
    ['a byte more', more],
    ['cut off', head],
  ] as const);
  return { how: `${how} at ${at}`, sound: false, bytes: changed, previous };
}

/** A file changed by somebody who can make containers and hashes, but has no key. */
async function repacked(dice: Dice): Promise<Specimen> {
  const { bytes, previous } = await madeOf(dice);
  const files: Files = [...(await unpack(bytes))];
  const { how, changed } = changeAny(files, dice);
  const fitted = dice.roll(2) === 0 ? changed : refitted(changed);
  const again = await repack(fitted);
  // Sums that are fitted again are as they were.
  const told = fitted === changed ? how : `${how}, refitted`;
  return { how: told, sound: again.equals(bytes), bytes: again, previous };
}

function changeAny(files: Files, dice: Dice): { how: string; changed: Files } {
  const at = dice.roll(files.length);
  const [name, content] = files[at] as Files[number];
  const without = files.filter((_, n) => n !== at);
  switch (dice.roll(5)) {
    case 0:
      return { how: `without ${name}`, changed: without };
    case 1:
      return { how: `${name} at the end`, changed: at === files.length - 1 ? without : [...without, [name, content]] };
    case 2:
      return { how: 'a file more', changed: [...files, ['more.txt', Buffer.from('more')]] };
    case 3:
      return { how: `${name} longer`, changed: replaced(files, name, Buffer.concat([content, Buffer.from('\n')])) };
    default:
      return { how: `${name} changed`, changed: replaced(files, name, flippedSomewhere(content, dice)) };
  }
}

function flippedSomewhere(content: Buffer, dice: Dice): Buffer {
  if (content.length === 0) return Buffer.from('x');
  const changed = Buffer.from(content);
  const at = dice.roll(content.length);
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << dice.roll(7)), at);
  return changed;
}

/** A change, all hashes fitted, and signed by a stranger's key. */
async function forged(dice: Dice): Promise<Specimen> {
  const { bytes, previous } = await madeOf(dice);
  const files: Files = [...(await unpack(bytes))];
  const { how, changed } = dice.roll(4) === 0 ? { how: 'nothing', changed: files } : changeAny(files, dice);
  return {
    how: `${how}, signed by a stranger`,
    sound: false,
    bytes: await repack(signed(refitted(changed), stranger)),
    previous,
  };
}

/** A desk that lies: what it changed is fitted and signed with its own key; only the log can give it away. */
async function dishonest(dice: Dice): Promise<Specimen> {
  const { bytes, previous } = await madeOf(dice);
  const files: Files = [...(await unpack(bytes))];
  const [how, lie] = dice.pick(LIES);
  const told = lie(files, dice);
  const sound = told === null;
  return {
    how: sound ? 'sound' : `a desk that lies: ${how}`,
    sound,
    bytes: sound ? bytes : await repack(signed(refitted(told), desk)),
    previous,
  };
}

/** A log that had a bad statement from the start: its tree is sound, its heads are signed. */
async function badStatement(dice: Dice): Promise<Specimen> {
  const [how, envelope] = dice.pick(STATEMENTS);
  const size = dice.pick(SIZES.slice(1));
  const log = makeLog(size, { envelope, signer: () => reviewer });
  return {
    how: `a decision with ${how}`,
    sound: false,
    bytes: await bundleBytes(bundleInput(log)),
    previous: dice.pick([null, headOf(log, dice.roll(size + 1))]),
  };
}
