import { type ExactValue, membersOf } from '../exact-json.ts';
import type { Log, Logs, SignedText } from './logs.ts';
import { proofHead, VKEYS } from './originals.ts';
import { unambiguous } from './plain-json.ts';
import type { FileKind, ProofFile } from './proof.ts';

/** Tells whether files say what was signed, from what was signed alone, without any part of the verifiers. */
export class FilesTruth {
  /** The logs of the tenant that their entries name: of another tenant's, no entry is proven. */
  private readonly own: readonly Log[];
  /** A text that the desk signed, to its line below; the same of the witness. */
  private readonly signed: ReadonlyMap<string, string>;
  private readonly cosigned: ReadonlyMap<string, string>;
  /** Type and payload of an envelope, to the signature over both. */
  private readonly payloads: ReadonlyMap<string, string>;
  /** Type, payload and signature of a decision's envelope, to the leaf that it stands in. */
  private readonly statements: ReadonlyMap<string, Plain>;

  constructor({ logs, cosigned }: Logs) {
    this.own = logs.slice(0, 2);
    this.signed = byText(logs.flatMap(({ heads }) => [...heads.values()]));
    this.cosigned = byText(cosigned);
    const leaves = logs.flatMap(({ entries }) => entries.map(({ leaf }) => JSON.parse(textOf(leaf)) as Plain));
    const decisions = leaves.filter(({ envelope }) => envelope !== undefined);
    this.payloads = new Map(decisions.map(({ envelope }) => signedPayload(envelope as PlainEnvelope)));
    this.statements = new Map(decisions.map((leaf) => [envelopeText(leaf.envelope), leaf]));
  }

  /** Whether all that the file says was signed as it is said, by those whom its reader trusts. */
  isSaid(file: ProofFile): boolean {
    const text = file.bytes.toString();
    const isUtf8 = Buffer.from(text).equals(file.bytes);
    return file.trust === 'pinned' && isUtf8 && this.says[file.kind](text, file.previous?.toString() ?? null);
  }

  private readonly says: Readonly<Record<FileKind, (text: string, previous: string | null) => boolean>> = {
    note: (text) => noteText(text, this.signed) !== null,
    cosignature: (text) => noteText(text, this.cosigned) !== null,
    checkpoint: (text, previous) => noteText(text, this.signed) !== null && this.isSameHead(text, previous),
    proof: (text, previous) => this.isProven(text, previous),
    envelope: (text) => this.isEnvelope(text),
    statement: (text) => this.isStatement(text),
    vkey: (text) => VKEYS.includes(text),
  };

  /** A head kept from before proves a file that goes with it only where it is the same: these files have no other path. */
  private isSameHead(text: string, previous: string | null): boolean {
    return previous === null || noteText(text, this.signed) === noteText(previous, this.signed);
  }

  /** All above the signed head is, byte for byte, what proves that entry under that very head. */
  private isProven(text: string, previous: string | null): boolean {
    const end = text.indexOf('\n\n');
    const [head, note] = [text.slice(0, end), text.slice(end + 2)];
    const signed = noteText(note, this.signed);
    const index = Number(/^index (\d{1,15})$/m.exec(head)?.[1] ?? -1);
    const size = Number(signed?.split('\n')[1]);
    const log = this.own.find(({ heads }) => heads.get(size)?.text === signed);
    if (end === -1 || log === undefined || index < 0 || index >= size) return false;
    return proofHead(log, index, size) === head && this.isSameHead(note, previous);
  }

  /** All readers of JSON find type and payload, and one of the signatures that were made over just these. */
  private isEnvelope(text: string): boolean {
    const envelope = membersOf(unambiguous(text));
    const sig = this.payloads.get(payloadText(envelope?.payloadType, envelope?.payload));
    const signatures = Array.isArray(envelope?.signatures) ? envelope.signatures : [];
    return sig !== undefined && signatures.some((one) => standardBase64(membersOf(one)?.sig) === sig);
  }

  private isStatement(text: string): boolean {
    const leaf = membersOf(unambiguous(text)) === null ? null : (JSON.parse(text) as Plain);
    const original = this.statements.get(envelopeText(leaf?.envelope));
    return leaf !== null && original !== undefined && saidBy(leaf, original) === saidBy(original);
  }
}

type Plain = Record<string, unknown>;
interface PlainEnvelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly sig: string }[];
}

function byText(signed: readonly SignedText[]): ReadonlyMap<string, string> {
  return new Map(signed.map(({ text, line }) => [text, line]));
}

/** The text above the last empty line, where the line that was signed over it stands, whole, below; null else. */
function noteText(note: string, signed: ReadonlyMap<string, string>): string | null {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const line = signed.get(text);
  return line !== undefined &&
    note
      .slice(split + 2)
      .split('\n')
      .includes(line)
    ? text
    : null;
}

function signedPayload({ payloadType, payload, signatures }: PlainEnvelope): [string, string] {
  return [payloadText(payloadType, payload), signatures[0]?.sig ?? ''];
}

/** `keyid` is a hint that nobody signs. */
function envelopeText(envelope: unknown): string {
  const { payloadType, payload, signatures } = (envelope ?? {}) as Partial<PlainEnvelope>;
  const [one, ...others] = Array.isArray(signatures) ? (signatures as PlainEnvelope['signatures']) : [];
  return JSON.stringify([payloadType, payload, one?.sig, others.length]);
}

function payloadText(type: ExactValue | undefined, payload: ExactValue | undefined): string {
  return JSON.stringify([type, standardBase64(payload)]);
}

/** The base64 with the letters of the standard alphabet: both are read, and nothing else about it is free. */
function standardBase64(text: ExactValue | undefined): string | null {
  return typeof text === 'string' ? text.replaceAll('-', '+').replaceAll('_', '/') : null;
}

const IN_BOTH = [
  'tenant',
  'event',
  'outcome',
  'reason_code',
  'view_sha256',
  'overrides',
  'accepted_unchecked',
  'signed_by',
];
const COMMITTED = ['escalation_id', 'reason', 'reviewer'];

/** What leaf and statement of a decision both say, as the leaf has it; of policy and packet it may say nothing. */
function saidBy(leaf: Plain, original = leaf): string {
  const fields = (leaf.fields ?? {}) as Plain;
  const { policy } = { ...((original.fields ?? {}) as Plain), ...fields };
  const { vep_hash } = (leaf.resolution === undefined ? original.resolution : (leaf.resolution ?? {})) as Plain;
  const committed = COMMITTED.map((name) => fields[name]);
  return JSON.stringify([...IN_BOTH.map((name) => leaf[name]), ...committed, policy, vep_hash]);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
