import { DeskError } from '../../../shared/domain/errors.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import type { CompactRange } from '../log/compact-range.ts';
import {
  type EntryLine,
  envelopeIn,
  evidenceNamedBy,
  type Leaf,
  lineFields,
  readOwnLeaf,
  uncommitted,
  type Withheld,
} from '../log/entry-line.ts';
import { HashList } from '../log/hash-list.ts';
import { leafHash } from '../log/leaf.ts';
import type { BundleEntry, BundleInput } from './bundle-input.ts';

/** The first signed decision of a bundle: what its worked example is made of. */
export interface DecisionExample {
  readonly seq: number;
  readonly leaf: string;
  readonly envelope: unknown;
}

/** What is counted while entries are written, and what later parts of the bundle follow from. */
export class Tally {
  readonly named = new HashList();
  whole = 0;
  hashed = 0;
  signed = 0;
  unsigned = 0;
  example: DecisionExample | null = null;
  readonly withheld: Readonly<Record<Withheld, Record<string, number>>> = { redacted: {}, removed: {} };
  private readonly range: CompactRange;
  private readonly redact: ReadonlySet<string>;

  private readonly tenant: string;

  constructor(range: CompactRange, { tenant, redact }: Pick<BundleInput, 'tenant' | 'redact'>) {
    this.range = range;
    this.tenant = tenant;
    this.redact = new Set(redact);
  }

  /** The head over all entries so far. */
  root(): Uint8Array {
    return this.range.root();
  }

  /** The entry as its line; INTEGRITY_FAILED where the leaf is none, or a field is not what it committed to. */
  lineOf(entry: BundleEntry): EntryLine {
    const seq = this.range.size;
    if ('hash' in entry) {
      this.hashed += 1;
      this.range.append(entry.hash);
      return { seq: String(seq), hash: Buffer.from(entry.hash).toString('hex') };
    }
    const { leaf, text } = leafOf(entry.leaf, seq);
    if (leaf.tenant !== this.tenant) throw damagedLog(`Entry ${seq} of the log is another tenant's.`);
    this.whole += 1;
    this.range.append(leafHash(entry.leaf));
    this.countDecision(seq, text, envelopeIn(leaf));
    for (const sha256 of evidenceNamedBy(leaf)) this.named.add(sha256);
    const other = uncommitted(leaf, entry.fields);
    if (other !== undefined) throw damagedLog(`The field ${other} of entry ${seq} is not what the log committed to.`);
    const fields = lineFields(leaf, entry.fields, this.redact);
    for (const field of fields) if ('withheld' in field) this.countWithheld(field.withheld, field.name);
    return { seq: String(seq), leaf: text, fields };
  }

  private countDecision(seq: number, leaf: string, envelope: unknown): void {
    if (envelope === undefined) return;
    if (envelope === null) {
      this.unsigned += 1;
      return;
    }
    this.signed += 1;
    this.example ??= { seq, leaf, envelope };
  }

  private countWithheld(why: Withheld, name: string): void {
    this.withheld[why][name] = (this.withheld[why][name] ?? 0) + 1;
  }
}

/** A whole entry's event and its text. INTEGRITY_FAILED where the bytes are no event of that place. */
export function leafOf(bytes: Uint8Array, seq: number): { leaf: Leaf; text: string } {
  const text = decodeUtf8(bytes);
  const leaf = text === null ? null : readOwnLeaf(text);
  if (text === null || leaf?.seq !== String(seq))
    throw damagedLog(`Entry ${seq} of the log is no event of that number.`);
  return { leaf, text };
}

export function damagedLog(what: string): DeskError {
  const advice = 'No bundle was written. Verify the log (desk log verify) to see what differs.';
  return new DeskError('INTEGRITY_FAILED', `${what} ${advice}`);
}
