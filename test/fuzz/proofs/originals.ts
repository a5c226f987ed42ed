import { noteKey, writeVkey } from '../../../electron/audit/head/note.ts';
import { jcs } from '../../../electron/evidence/json/jcs.ts';
import { desk, reviewer } from '../../audit/synthetic-bundle.ts';
import type { SeededRandom } from '../../bench/random.ts';
import { type Log, type Logs, noteOf, SIZES, type SignedText, witnessKey } from './logs.ts';
import type { FileKind, Head, Proof } from './proof.ts';
import type { ReferenceTree } from './reference-tree.ts';

/** Something that holds, and what it is called. */
export interface Original {
  readonly name: string;
  readonly proof: Proof;
}

const KINDS = [
  'inclusion',
  'consistency',
  'opening',
  'note',
  'cosignature',
  'checkpoint',
  'proof',
  'envelope',
  'statement',
  'vkey',
] as const;

/** Any proof of any log that holds. */
export function pickOriginal(logs: Logs, random: SeededRandom): Original {
  return originalOf(random.pick(KINDS), logs, random);
}

/** A proof of a kind that holds. */
export function originalOf(kind: Proof['kind'], logs: Logs, random: SeededRandom): Original {
  const log = random.pick(logs.logs);
  switch (kind) {
    case 'inclusion':
      return inclusionOf(log, random);
    case 'consistency':
      return consistencyOf(log, random);
    case 'opening':
      return openingOf(log, random);
    case 'cosignature':
      return file(kind, 'cosigned head', noteText(random.pick(logs.cosigned)));
    case 'vkey':
      return vkeyOf(random);
    case 'note':
      return noteOfHead(logs, random);
    default:
      return fileOf(kind, logs, random);
  }
}

function inclusionOf({ name, tree }: Log, random: SeededRandom): Original {
  const size = pickSize(random);
  const index = random.below(size);
  const head = headAt(tree, size);
  const leaf = { index: BigInt(index), leafHash: tree.leafHash(index), path: tree.inclusion(index, size) };
  return { name: `inclusion ${name} ${index}/${size}`, proof: { kind: 'inclusion', head, ...leaf } };
}

function consistencyOf({ name, tree }: Log, random: SeededRandom): Original {
  const size = pickSize(random);
  const older = 1 + random.below(size);
  const heads = { from: headAt(tree, older), to: headAt(tree, size) };
  const proof = { kind: 'consistency', ...heads, path: tree.consistency(older, size) } as const;
  return { name: `consistency ${name} ${older}/${size}`, proof };
}

function headAt(tree: ReferenceTree, size: number): Head {
  return { size: BigInt(size), root: tree.root(size) };
}

function openingOf({ name, entries }: Log, random: SeededRandom): Original {
  const seq = 1 + 3 * random.below(Math.floor(entries.length / 3));
  const entry = entries[seq];
  const field = entry?.fields.find((one) => one.name === 'reason');
  if (entry === undefined || field === undefined) throw new Error('decisions have a reason');
  const leaf = JSON.parse(Buffer.from(entry.leaf).toString()) as { fields: Record<string, string> };
  const opened = { name: 'reason', salt: hexOf(field.salt), value: Buffer.from(field.value).toString() };
  return { name: `opening ${name} ${seq}`, proof: { kind: 'opening', committed: leaf.fields.reason ?? '', ...opened } };
}

function vkeyOf(random: SeededRandom): Original {
  return file('vkey', 'vkey', random.pick(VKEYS));
}

/** The keys of those who sign, as text. */
export const VKEYS: readonly [string, ...string[]] = [
  writeVkey(noteKey('vex-review-desk/log/x', desk.publicKey)),
  writeVkey(noteKey('reviewer.example', reviewer.publicKey)),
  writeVkey(witnessKey),
];

/** A signed head of the first two logs, which have one name; one in two cosigned, before or after. */
function noteOfHead(logs: Logs, random: SeededRandom): Original {
  const { text, line } = headOf(logs.logs[random.below(2)] ?? logs.logs[0], random);
  const cosigned = logs.cosigned.find((one) => one.text === text)?.line;
  const lines = cosigned === undefined || random.perMille(500) ? [line] : [line, cosigned];
  return file('note', 'signed head', noteOf(text, random.perMille(500) ? lines : lines.toReversed()));
}

function fileOf(kind: Exclude<FileKind, 'note' | 'vkey' | 'cosignature'>, logs: Logs, random: SeededRandom): Original {
  if (kind === 'checkpoint') {
    const head = noteText(headOf(random.pick(logs.logs), random));
    const checkpoint = file(kind, 'checkpoint', head);
    return random.perMille(700) ? checkpoint : withPrevious(checkpoint, head);
  }
  if (kind === 'proof') return proofFile(logs, random);
  const { leaf } = decisionOf(logs, random);
  if (kind === 'statement') return file(kind, 'statement', leaf);
  const { envelope } = JSON.parse(leaf) as { envelope: unknown };
  return file(kind, 'envelope', Buffer.from(jcs(envelope)).toString());
}

function decisionOf(logs: Logs, random: SeededRandom): { leaf: string } {
  const { entries } = logs.logs[random.below(2)] ?? logs.logs[0];
  const seq = 1 + 3 * random.below(Math.floor(entries.length / 3));
  return { leaf: Buffer.from(entries[seq]?.leaf ?? []).toString() };
}

/** The proof of an entry of a log of its own tenant. */
function proofFile(logs: Logs, random: SeededRandom): Original {
  const log = logs.logs[random.below(2)] ?? logs.logs[0];
  const size = pickSize(random);
  const index = random.below(size);
  const head = log.heads.get(size);
  if (head === undefined) throw new Error('every size has its head');
  const proof = file(
    'proof',
    `proof ${log.name} ${index}/${size}`,
    `${proofHead(log, index, size)}\n\n${noteText(head)}`,
  );
  return random.perMille(800) ? proof : withPrevious(proof, noteText(head));
}

/** What stands in the file of an entry's proof above the signed head (C2SP tlog-proof), without the empty line. */
export function proofHead({ entries, tree }: Log, index: number, size: number): string {
  const leaf = Buffer.from(entries[index]?.leaf ?? []).toString('base64');
  const path = tree.inclusion(index, size).map((hash) => hash.toString('base64'));
  return ['c2sp.org/tlog-proof@v1', `extra ${leaf}`, `index ${index}`, ...path].join('\n');
}

function headOf({ heads }: Log, random: SeededRandom): SignedText {
  const head = heads.get(pickSize(random));
  if (head === undefined) throw new Error('every size has its head');
  return head;
}

function pickSize(random: SeededRandom): number {
  return SIZES[random.below(SIZES.length)] ?? 1;
}

function noteText({ text, line }: SignedText): string {
  return noteOf(text, [line]);
}

function file(kind: FileKind, name: string, text: string): Original {
  return { name, proof: { kind, bytes: Buffer.from(text), trust: 'pinned', previous: null } };
}

function withPrevious({ name, proof }: Original, previous: string): Original {
  return { name: `${name} after one`, proof: { ...proof, previous: Buffer.from(previous) } as Proof };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
