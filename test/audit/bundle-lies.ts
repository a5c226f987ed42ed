import { jcsText } from '../../electron/evidence/json/jcs.ts';
import type { Dice } from './dice.ts';
import { changedManifest, contentOf, type Files, type PlainManifest, replaced } from './repack.ts';
import { desk, envelopeOf, type LogOptions, stranger } from './synthetic-bundle.ts';
import { sha } from './synthetic-log.ts';

/** Changes the files to another truth; null where this bundle has nothing to lie about. */
export type Lie = (files: Files, dice: Dice) => Files | null;
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

/** What a desk that signs with its own key may tell in place of its log. */
export const LIES: readonly (readonly [string, Lie])[] = [
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
  [
    'a leaf deeper than readers go',
    (files, dice) =>
      changeLine(files, dice, (line) => {
        const nested = `${'['.repeat(64)}${']'.repeat(64)}`;
        return typeof line.leaf === 'string' ? { ...line, leaf: line.leaf.replace('{"', `{"Z":${nested},"`) } : null;
      }),
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

/** What a log may have had in the place of a decision's statement from the start. */
export const STATEMENTS: readonly (readonly [string, NonNullable<LogOptions['envelope']>])[] = [
  ['a stranger’s signature', (statement) => envelopeOf(statement, [stranger])],
  ['the desk’s signature for the reviewer’s', (statement) => envelopeOf(statement, [desk])],
  ['no signature', (statement) => envelopeOf(statement, [])],
  ['two signatures', (statement, key) => envelopeOf(statement, [key, desk])],
  ['another outcome', (statement, key) => envelopeOf(changedPredicate(statement, { outcome: 'rejected' }), [key])],
  ['another reason', (statement, key) => envelopeOf(changedPredicate(statement, { reason: ZEROS }), [key])],
  ['another view', (statement, key) => envelopeOf(changedPredicate(statement, { view_sha256: ZEROS }), [key])],
  ['another policy', (statement, key) => envelopeOf(changedPredicate(statement, { policy: ZEROS }), [key])],
  ['another packet', (statement, key) => envelopeOf(changedPacket(statement, [ZEROS]), [key])],
  ['no packet', (statement, key) => envelopeOf(changedPacket(statement, []), [key])],
  ['its packet twice', (statement, key) => envelopeOf(changedPacket(statement, [sha('vep'), sha('vep')]), [key])],
  [
    'a time that no calendar has',
    (statement, key) => envelopeOf(changedPredicate(statement, { decided_at: '2026-02-30T00:00:00Z' }), [key]),
  ],
  [
    'the time of a leap second',
    (statement, key) => envelopeOf(changedPredicate(statement, { decided_at: '2026-12-31T23:59:60Z' }), [key]),
  ],
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

/** The statement with these digests as the packet that resolves. */
function changedPacket(statement: { subject: readonly { name: string }[] }, hashes: readonly string[]): object {
  const others = statement.subject.filter(({ name }) => name !== 'resolution');
  const packets = hashes.map((sha256) => ({ name: 'resolution', digest: { sha256 } }));
  return { ...statement, subject: [...others.slice(0, 1), ...packets, ...others.slice(1)] };
}
