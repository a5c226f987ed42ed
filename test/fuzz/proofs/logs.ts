import { writeCheckpoint } from '../../../electron/audit/head/checkpoint.ts';
import { type NoteKey, noteKey, SIGNATURE_TYPE, signNote, writeNote } from '../../../electron/audit/head/note.ts';
import { desk, makeLog, reviewer, type SyntheticLog } from '../../audit/synthetic-bundle.ts';
import { ORIGIN, type TestKey, testKey } from '../../audit/synthetic-log.ts';
import { uuid } from '../../contract/store/makers.ts';
import { ReferenceTree } from './reference-tree.ts';

/** A log that the desk keeps, and the truth about it. */
export interface Log {
  readonly name: string;
  readonly origin: string;
  readonly entries: SyntheticLog['entries'];
  readonly tree: ReferenceTree;
  /** Every head that the desk signed, by its size. */
  readonly heads: ReadonlyMap<number, SignedText>;
}

/** What somebody signed, and the whole line that says so. */
export interface SignedText {
  readonly text: string;
  readonly line: string;
}

export interface Logs {
  readonly logs: readonly [Log, ...Log[]];
  /** What the witness cosigned: each is the head of one of the logs. */
  readonly cosigned: readonly [SignedText, ...SignedText[]];
}

export const witness = testKey('witness');
export const witnessKey: NoteKey = noteKey('witness.example', witness.publicKey, SIGNATURE_TYPE.cosignature);

const ENTRIES = 300;
/** Every small shape, and what lies around powers of two and around the width of a tile. */
export const SIZES = [
  ...Array.from({ length: 21 }, (_, n) => n + 1),
  31,
  32,
  33,
  63,
  64,
  65,
  127,
  128,
  255,
  256,
  257,
  300,
];
const SHARED = 37;

/** A log; one of the same name that is the same up to its 37th entry; and one of another name with the very entries. */
export function makeLogs(): Logs {
  const own = makeLog(ENTRIES).entries;
  const other = makeLog(ENTRIES, { signer: () => reviewer }).entries;
  const fork = [...own.slice(0, SHARED), ...other.slice(SHARED)];
  const logs: [Log, ...Log[]] = [
    logOf('own', ORIGIN, own),
    logOf('fork', ORIGIN, fork),
    logOf('other tenant', `vex-review-desk/log/${uuid(2)}`, own),
  ];
  // The heads of log and fork are one and the same as long as their entries are.
  const heads = new Map(logs.flatMap((log) => [...log.heads.values()].map((head) => [head.text, head] as const)));
  const [first, ...rest] = [...heads.values()].map(cosign);
  if (first === undefined) throw new Error('there are no heads');
  return { logs, cosigned: [first, ...rest] };
}

function logOf(name: string, origin: string, entries: SyntheticLog['entries']): Log {
  const tree = new ReferenceTree(entries.map(({ leaf }) => leaf));
  const heads = SIZES.map((size) => {
    const text = writeCheckpoint({ origin, size: BigInt(size), root: tree.root(size), extensions: [] });
    return [size, signedBy(desk, text, origin)] as const;
  });
  return { name, origin, entries, tree, heads: new Map(heads) };
}

/** The text signed by a key under a name, as a log signs its heads. */
export function signedBy(key: TestKey, text: string, name: string): SignedText {
  return { text, line: lastLine(signNote(text, noteKey(name, key.publicKey), key.sign)) };
}

/** The head cosigned by the witness, at a time of its own. */
function cosign({ text }: SignedText, n: number): SignedText {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(1_790_000_000n + BigInt(n));
  const signature = witness.sign(Buffer.from(`cosignature/v1\ntime ${1_790_000_000 + n}\n${text}`));
  const { name, id } = witnessKey;
  return { text, line: lastLine(writeNote(text, [{ name, id, signature: Buffer.concat([time, signature]) }])) };
}

function lastLine(note: string): string {
  return note.trimEnd().split('\n').at(-1) ?? '';
}

/** A text and lines below it, as a signed note. */
export function noteOf(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.map((line) => `${line}\n`).join('')}`;
}
