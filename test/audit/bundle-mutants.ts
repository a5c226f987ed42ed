import type { BundleInput } from '../../electron/audit/bundle/bundle-input.ts';
import { jcsText } from '../../electron/evidence/jcs.ts';
import {
  changedManifest,
  contentOf,
  type Files,
  type PlainManifest,
  refitted,
  repack,
  replaced,
  signed,
} from './repack.ts';
import {
  type BundleChoice,
  bundleBytes,
  bundleInput,
  desk,
  envelopeOf,
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

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, not with, `sides`. */
  roll(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.roll(from.length)] as T;
  }
}

/** The specimen of a seed: one in four is sound. */
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

/** Changes the files to another truth; null where this bundle has nothing to lie about. */
type Lie = (files: Files, dice: Dice) => Files | null;
type Line = Record<string, unknown>;
const ENTRIES = 'log/entries-00000.jsonl';

function changeLines(files: Files, change: (lines: Line[]) => Line[] | null): Files | null {
  const text = contentOf(files, ENTRIES).toString();
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  const changed = lines.length === 0 ? null : change(lines);
  return changed === null
    ? null
    : replaced(files, ENTRIES, Buffer.from(changed.map((line) => `${jcsText(line)}\n`).join('')));
}

function changeLine(files: Files, dice: Dice, change: (line: Line) => Line | null): Files | null {
  return changeLines(files, (lines) => {
    const at = dice.roll(lines.length);
    const changed = change(lines[at] as Line);
    return changed === null ? null : lines.map((line, n) => (n === at ? changed : line));
  });
}

type PlainField = Record<string, string>;
function changeField(files: Files, dice: Dice, change: (field: PlainField) => PlainField): Files | null {
  return changeLine(files, dice, (line) => {
    const fields = line.fields as PlainField[] | undefined;
    const open = fields?.find((field) => field.salt !== undefined);
    if (fields === undefined || open === undefined) return null;
    return { ...line, fields: fields.map((field) => (field === open ? change(field) : field)) };
  });
}

function changeHead(
  name: 'range' | 'checkpoint' | 'entries' | 'decisions' | 'evidence',
  member: string,
  by: number,
): Lie {
  return (files) =>
    changedManifest(files, (manifest) => {
      const group = manifest[name] as PlainManifest;
      const old = group[member];
      const value = typeof old === 'number' ? old + by : String(Number(old) + by);
      return { ...manifest, [name]: { ...group, [member]: value } };
    });
}

const ZEROS = '0'.repeat(64);

const LIES: readonly (readonly [string, Lie])[] = [
  ['an entry left out', (files, dice) => changeLines(files, (lines) => lines.toSpliced(dice.roll(lines.length), 1))],
  ['an entry twice', (files, dice) => changeLines(files, (lines) => [...lines, dice.pick(lines)])],
  [
    'the first two entries swapped',
    (files) =>
      changeLines(files, ([one, two, ...rest]) =>
        one === undefined || two === undefined ? null : [two, one, ...rest],
      ),
  ],
  ['another hash for an entry', (files, dice) => changeLine(files, dice, ({ seq }) => ({ seq, hash: ZEROS }))],
  ['another number for an entry', (files, dice) => changeLine(files, dice, (line) => ({ ...line, seq: '77' }))],
  [
    'another outcome in an entry',
    (files, dice) =>
      changeLine(files, dice, (line) => {
        const leaf = line.leaf;
        if (typeof leaf !== 'string' || !leaf.includes('"approved"')) return null;
        return { ...line, leaf: leaf.replace('"approved"', '"rejected"') };
      }),
  ],
  [
    'a leaf in another spelling',
    (files, dice) =>
      changeLine(files, dice, (line) => (typeof line.leaf === 'string' ? { ...line, leaf: `${line.leaf} ` } : null)),
  ],
  ['a member more in a line', (files, dice) => changeLine(files, dice, (line) => ({ ...line, more: 1 }))],
  ['another value of a field', (files, dice) => changeField(files, dice, (field) => ({ ...field, value: '"other"' }))],
  ['another salt of a field', (files, dice) => changeField(files, dice, (field) => ({ ...field, salt: ZEROS }))],
  ['a field under another name', (files, dice) => changeField(files, dice, (field) => ({ ...field, name: 'zzz' }))],
  [
    'a field withheld, not counted',
    (files, dice) => changeField(files, dice, ({ name = '' }) => ({ name, withheld: 'redacted' })),
  ],
  [
    'fields gone from an entry',
    (files, dice) => changeLine(files, dice, (line) => (line.fields === undefined ? null : { ...line, fields: [] })),
  ],
  [
    'other statements beside the log',
    (files) => {
      const name = 'statements/statements-00000.jsonl';
      const text = contentOf(files, name).toString();
      return text === '' ? null : replaced(files, name, Buffer.from(text.replace('"seq":"', '"seq":"9')));
    },
  ],
  [
    'other hashes left of the range',
    (files) =>
      replaced(
        files,
        'proofs/range.json',
        Buffer.from(jcsText([...(JSON.parse(contentOf(files, 'proofs/range.json').toString()) as string[]), ZEROS])),
      ),
  ],
  [
    'another path from the previous checkpoint',
    (files) =>
      contentOf(files, 'proofs/consistency.json').length === 0
        ? null
        : replaced(files, 'proofs/consistency.json', Buffer.from(jcsText([ZEROS]))),
  ],
  [
    'the previous checkpoint as its own',
    (files) =>
      contentOf(files, 'previous.txt').length === 0 ||
      contentOf(files, 'previous.txt').equals(contentOf(files, 'checkpoint.txt'))
        ? null
        : replaced(files, 'checkpoint.txt', contentOf(files, 'previous.txt')),
  ],
  ['a range that begins later', changeHead('range', 'from', 1)],
  ['a range that ends later', changeHead('range', 'to', 1)],
  ['a head of another size', changeHead('checkpoint', 'size', 1)],
  ['an entry more counted', changeHead('entries', 'whole', 1)],
  ['a decision more counted', changeHead('decisions', 'unsigned', 1)],
  ['evidence more counted', changeHead('evidence', 'removed', 1)],
  [
    'another root',
    (files) =>
      changedManifest(files, (manifest) => ({
        ...manifest,
        checkpoint: { ...(manifest.checkpoint as PlainManifest), root: ZEROS },
      })),
  ],
  [
    'another tenant',
    (files) => changedManifest(files, (manifest) => ({ ...manifest, tenant: '00000000-0000-4000-8000-0000000000ff' })),
  ],
  ['another version', (files) => changedManifest(files, (manifest) => ({ ...manifest, version: 2 }))],
  ['a member more in the manifest', (files) => changedManifest(files, (manifest) => ({ ...manifest, more: true }))],
  [
    'evidence left out',
    (files) => {
      const piece = files.find(([name]) => /^evidence\/[0-9a-f]{64}/.test(name));
      return piece === undefined ? null : files.filter((file) => file !== piece);
    },
  ],
  [
    'another piece of evidence',
    (files) => {
      const at = files.findIndex(([name]) => /^evidence\/[0-9a-f]{64}/.test(name));
      return at === -1 ? null : files.map(([name, content], n) => [name, n === at ? Buffer.from('other') : content]);
    },
  ],
  [
    'evidence that the index does not name',
    (files) => {
      const at = files.findIndex(([name]) => /^evidence\/index/.test(name));
      const text = (files[at]?.[1] ?? '').toString();
      if (at === -1) return null;
      return replaced(files, files[at]?.[0] ?? '', Buffer.from(text.split('\n').slice(1).join('\n')));
    },
  ],
];

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

const STATEMENTS: readonly (readonly [string, NonNullable<LogOptions['envelope']>])[] = [
  ['a stranger’s signature', (statement) => envelopeOf(statement, [stranger])],
  ['the desk’s signature for the reviewer’s', (statement) => envelopeOf(statement, [desk])],
  ['no signature', (statement) => envelopeOf(statement, [])],
  ['two signatures', (statement, key) => envelopeOf(statement, [key, desk])],
  ['another outcome', (statement, key) => envelopeOf(changedPredicate(statement, { outcome: 'rejected' }), [key])],
  ['another reason', (statement, key) => envelopeOf(changedPredicate(statement, { reason: ZEROS }), [key])],
  ['another view', (statement, key) => envelopeOf(changedPredicate(statement, { view_sha256: ZEROS }), [key])],
  ['another key named', (statement, key) => envelopeOf(changedPredicate(statement, { key: ZEROS }), [key])],
  ['a member more', (statement, key) => envelopeOf(changedPredicate(statement, { more: 1 }), [key])],
  [
    'a member of another type',
    (statement, key) => envelopeOf(changedPredicate(statement, { findings: 'none' }), [key]),
  ],
  [
    'a statement of a newer version',
    (statement, key) =>
      envelopeOf({ ...statement, predicateType: 'https://vex-review-desk.example/decision/v2' }, [key]),
  ],
  ['a payload of another type', (statement, key) => envelopeOf(statement, [key], 'text/plain')],
  ['no subject', (statement, key) => envelopeOf({ ...statement, subject: [] }, [key])],
  ['an envelope that is none', () => ({ payload: 'x' })],
  ['a member more in its envelope', (statement, key) => ({ ...envelopeOf(statement, [key]), more: 1 })],
];

function changedPredicate(statement: { predicate: object }, changed: object): object {
  return { ...statement, predicate: { ...statement.predicate, ...changed } };
}
