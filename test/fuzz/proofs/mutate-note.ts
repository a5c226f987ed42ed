import { noteKey } from '../../../electron/audit/head/note.ts';
import { desk, reviewer, stranger } from '../../audit/synthetic-bundle.ts';
import type { SeededRandom } from '../../bench/random.ts';
import { signedBy } from './logs.ts';

/** The signed text, or what stands above one, with something changed in its lines; `other` is one to take lines from. */
export function mutateNote(text: string, other: string, random: SeededRandom): string {
  return random.pick(CHANGES)(text, other, random);
}

type Change = (text: string, other: string, random: SeededRandom) => string;

const inLines = (change: (lines: string[], other: readonly string[], random: SeededRandom) => void): Change => {
  return (text, other, random) => {
    const lines = text.split('\n');
    change(lines, other.split('\n'), random);
    return lines.join('\n');
  };
};

/** Changes one line that fits; the text as it was where none does. */
const inLine = (fits: RegExp, change: (line: string, random: SeededRandom) => string): Change =>
  inLines((lines, _, random) => {
    const fitting = [...lines.keys()].filter((n) => fits.test(lines[n] ?? ''));
    const at = fitting[random.below(fitting.length)];
    if (at !== undefined) lines[at] = change(lines[at] ?? '', random);
  });

const BASE64_END = /[A-Za-z0-9+/]{6}=*$/;
const SIGNATURE = /^\u2014 /;

const CHANGES: readonly [Change, ...Change[]] = [
  inLines((lines, _, random) => lines.splice(random.below(lines.length), 1)),
  inLines((lines, _, random) => lines.splice(random.below(lines.length), 0, lines[random.below(lines.length)] ?? '')),
  inLines((lines, other, random) =>
    lines.splice(random.below(lines.length), 0, other[random.below(other.length)] ?? ''),
  ),
  inLines((lines, other, random) => {
    const at = random.below(lines.length);
    lines[at] = other[at] ?? '';
  }),
  inLines((lines, _, random) => {
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  }),
  inLine(/\d/, otherNumbers),
  inLine(BASE64_END, otherBase64),
  inLine(SIGNATURE, otherName),
  inLine(SIGNATURE, otherBlob),
  inLine(/./, (line, random) =>
    random.pick([
      ` ${line}`,
      `${line} `,
      `${line}\r`,
      `${line}\t`,
      `\ufeff${line}`,
      line.toUpperCase(),
      `${line}\u0000`,
      line.normalize('NFD'),
      `${line}/`,
      line.replace('a', '\u0430'),
    ]),
  ),
  // The head of one with the signatures of the other.
  (text, other) => above(text) + below(other),
  (text, other) => above(other) + below(text),
  (text, _, random) => resigned(text, random),
  (text, other, random) => resigned(random.perMille(500) ? above(other) : mutateNote(text, other, random), random),
  (text, _, random) => `${above(text)}${random.pick(['extension line', 'x', '', ' '])}\n${below(text)}`,
];

/** The text that is signed, with its newline; below it an empty line and the signatures. */
function above(note: string): string {
  return note.slice(0, note.lastIndexOf('\n\n') + 1);
}

function below(note: string): string {
  return note.slice(note.lastIndexOf('\n\n') + 1);
}

/** Signed by one who may not, under a name and key id of one who may, or under their own; in place of the others or beside. */
function resigned(note: string, random: SeededRandom): string {
  const head = above(note).lastIndexOf('\n\n');
  const text = above(note).slice(head === -1 ? 0 : head + 2);
  const name = random.perMille(700) ? (text.split('\n')[0] ?? '') : 'stranger.example';
  if (name === '' || /[\s+]/u.test(name)) return note;
  const { line } = signedBy(random.perMille(700) ? stranger : reviewer, text, name);
  const own = Buffer.from(line.split(' ').at(-1) ?? '', 'base64').subarray(4);
  const blob = Buffer.concat([noteKey(name, desk.publicKey).id, own]).toString('base64');
  const made = random.perMille(500) ? line : `\u2014 ${name} ${blob}`;
  const others = random.perMille(500) ? below(note).slice(1) : '';
  return `${above(note)}\n${random.perMille(500) ? `${made}\n${others}` : `${others}${made}\n`}`;
}

function otherNumbers(line: string, random: SeededRandom): string {
  const written = (digits: string): string =>
    random.pick([
      String(BigInt(digits) + 1n),
      String(BigInt(digits) - 1n),
      `0${digits}`,
      `+${digits}`,
      `-${digits}`,
      `${digits}.0`,
      `${digits}0`,
      String(BigInt(digits) + 2n ** 64n),
      '9223372036854775808',
      String(random.below(301)),
      `0x${digits}`,
      `${digits}e0`,
      digits.replace(/\d/, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    ]);
  return line.replace(/\d+/, written);
}

/** The same bytes, or nearly, in base64 of another spelling. */
export function otherBase64(line: string, random: SeededRandom): string {
  const padding = /=*$/.exec(line)?.[0] ?? '';
  const body = line.slice(0, line.length - padding.length);
  const last = ALPHABET.indexOf(body.at(-1) ?? '');
  const at = Math.max(0, body.length - 1 - random.below(40));
  return random.pick([
    // Bits that belong to no byte.
    `${body.slice(0, -1)}${ALPHABET[(last & 0x3c) | ((last + 1) & 3)] ?? ''}${padding}`,
    `${body.slice(0, -1)}${ALPHABET[(last & 0x30) | ((last + 1) & 15)] ?? ''}${padding}`,
    body,
    `${line}=`,
    `${line}====`,
    `${body.slice(0, at)}=${body.slice(at)}${padding}`,
    `${body.slice(0, at)} ${body.slice(at)}${padding}`,
    `${body.slice(0, at)}\n${body.slice(at)}${padding}`,
    line.replaceAll('+', '-').replaceAll('/', '_'),
    `${body.slice(0, at)}${ALPHABET[random.below(64)]}${body.slice(at + 1)}${padding}`,
    `${body}AAAA${padding}`,
    `${body.slice(0, -4)}${padding}`,
  ]);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function otherName(line: string, random: SeededRandom): string {
  const [dash, name = '', blob = ''] = line.split(' ');
  const names: readonly [string, ...string[]] = [
    `${name}x`,
    name.slice(1),
    name.toUpperCase(),
    `${name}\u00a0`,
    `${name}+`,
    'witness.example',
    `${name}\u200b`,
    '',
  ];
  const dashes: readonly [string, ...string[]] = ['-', '\u2013', '\u2014\u2014', '', '\u2014 '];
  return random.perMille(700) ? `${dash} ${random.pick(names)} ${blob}` : `${random.pick(dashes)} ${name} ${blob}`;
}

/** 2^252 + 27742317777372353535851937790883648493. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Another key id, another or a malleable signature, another time of a cosignature. */
function otherBlob(line: string, random: SeededRandom): string {
  const start = line.lastIndexOf(' ') + 1;
  const blob = Buffer.from(line.slice(start), 'base64');
  const at = random.below(blob.length);
  const scalar = BigInt(`0x${Buffer.from(blob.subarray(-32)).reverse().toString('hex').padStart(2, '0')}`);
  const wrapped = Buffer.from((scalar + ORDER).toString(16).padStart(64, '0').slice(-64), 'hex').reverse();
  const changed = random.pick([
    () => Buffer.concat([blob.subarray(0, -32), wrapped]),
    () => Buffer.concat([Buffer.from(random.hex(8), 'hex'), blob.subarray(4)]),
    () => Buffer.concat([blob.subarray(0, at), Buffer.from([random.below(256)]), blob.subarray(at + 1)]),
    () => Buffer.concat([blob.subarray(0, 4), Buffer.alloc(Math.max(0, blob.length - 4))]),
    () => Buffer.concat([blob.subarray(0, 4), Buffer.from('01'.padEnd(64, '0') + '0'.repeat(64), 'hex')]),
    () => blob.subarray(0, at),
    () => Buffer.concat([blob, Buffer.from([0])]),
  ])();
  return `${line.slice(0, start)}${changed.toString('base64')}`;
}
