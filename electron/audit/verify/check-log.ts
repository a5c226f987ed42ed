import { decodeHex } from '../../../shared/domain/hex.ts';
import { jcsText } from '../../evidence/json/jcs.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { entriesShard, SHARD } from '../bundle/layout.ts';
import { type Manifest, rangeOf } from '../bundle/manifest.ts';
import type { KnownRoot } from '../head/check-consistency.ts';
import { CompactRange } from '../log/compact-range.ts';
import {
  type EntryLine,
  envelopeIn,
  evidenceNamedBy,
  type Leaf,
  type LineField,
  opensReadField,
  readEntryLine,
  readLeaf,
  writeStatementLine,
} from '../log/entry-line.ts';
import { HashList, LineHash } from '../log/hash-list.ts';
import { leafHash } from '../log/leaf.ts';
import { judgeStatement, type StatementAnswer } from '../statement/check-statement.ts';
import { indexLines, shardLines } from './check-files.ts';

/** Something that does not hold, and where. */
export interface Fault {
  readonly code: string;
  readonly detail: string;
}

/** What reading all the entries of a bundle has shown. */
export interface ReadLog {
  /** An entry that is none, or not in its place: nothing after it was read. */
  readonly unreadable: Fault | null;
  readonly root: Uint8Array | null;
  /** The head at the size that was asked for, where it lies inside the range. */
  readonly rootAt: KnownRoot | null;
  readonly whole: number;
  readonly hashed: number;
  readonly signed: number;
  readonly unsigned: number;
  readonly opened: number;
  readonly withheld: Manifest['withheld'];
  /** The first field that does not open its commitment. */
  readonly field: Fault | null;
  /** The first statement that failed, and the first that could not be checked, with its entry. */
  readonly failed: Fault | null;
  readonly unchecked: Fault | null;
  /** SHA-256 of each shard of statements, as the entries give them. */
  readonly statementShards: readonly string[];
  readonly named: HashList;
}

export interface LogQuestion {
  readonly archive: Archive;
  readonly manifest: Manifest;
  readonly left: readonly Uint8Array[];
  readonly trust: TrustStore;
  /** The size of a head that is to be computed on the way. */
  readonly watch: number | null;
}

/** Reads every entry once, in order, and judges what it holds. */
export async function readLog(question: LogQuestion): Promise<ReadLog> {
  const { archive, manifest, left } = question;
  const { from, to } = rangeOf(manifest);
  const reading = new LogReading(question, CompactRange.of(from, left));
  for (let at = from; at < to && reading.unreadable === null; at += SHARD) {
    const lines = shardLines(archive, entriesShard((at - from) / SHARD), Math.min(SHARD, to - at), readEntryLine);
    for await (const line of lines) if (!reading.entry(line)) break;
  }
  reading.end();
  return reading;
}

/** The evidence of the index against what the whole entries name: null where both are the same. */
export async function evidenceFault(archive: Archive, manifest: Manifest, named: HashList): Promise<Fault | null> {
  const expected = named.ascending().hexes;
  for await (const line of indexLines(archive, manifest)) {
    if (line === null || line.sha256 !== expected.next().value) return EVIDENCE_OTHER;
  }
  return expected.next().done === true ? null : EVIDENCE_OTHER;
}

const EVIDENCE_OTHER: Fault = {
  code: 'EVIDENCE_OTHER',
  detail: 'The index of evidence does not have just what the whole entries name.',
};

class LogReading implements ReadLog {
  readonly named = new HashList();
  readonly withheld: { redacted: Record<string, number>; removed: Record<string, number> } = {
    redacted: {},
    removed: {},
  };
  readonly statementShards: string[] = [];
  unreadable: Fault | null = null;
  root: Uint8Array | null = null;
  rootAt: KnownRoot | null = null;
  whole = 0;
  hashed = 0;
  signed = 0;
  unsigned = 0;
  opened = 0;
  field: Fault | null = null;
  failed: Fault | null = null;
  unchecked: Fault | null = null;
  private readonly range: CompactRange | null;
  private readonly question: LogQuestion;
  private shard = new LineHash();

  constructor(question: LogQuestion, range: CompactRange | null) {
    this.question = question;
    this.range = range;
    if (range === null)
      this.unreadable = {
        code: 'RANGE_FORM',
        detail: 'The hashes left of the range are not as many as its start has.',
      };
    else this.look(range);
  }

  /** Takes the next entry; false where nothing after it can be read. */
  entry(line: EntryLine | null): boolean {
    const { range } = this;
    if (range === null) return false;
    const fault = line === null ? NO_ENTRY : this.take(line, range);
    if (fault !== null) this.unreadable = { ...fault, detail: `Entry ${range.size}: ${fault.detail}` };
    else this.look(range);
    return fault === null;
  }

  private take(line: EntryLine, range: CompactRange): Fault | null {
    if (line.seq !== String(range.size)) return { code: 'ENTRY_PLACE', detail: 'its number is not that of its place.' };
    if ('hash' in line) {
      this.hashed += 1;
      range.append(decodeHex(line.hash) ?? new Uint8Array());
      return null;
    }
    const leaf = readLeaf(line.leaf);
    if (leaf === null) return NO_ENTRY;
    if (leaf.seq !== line.seq || leaf.tenant !== this.question.manifest.tenant) {
      return { code: 'ENTRY_PLACE', detail: 'its event is of another number or tenant.' };
    }
    this.whole += 1;
    this.fields(leaf, line.fields);
    this.decision(leaf);
    for (const sha256 of evidenceNamedBy(leaf)) this.named.add(sha256);
    range.append(leafHash(Buffer.from(line.leaf)));
    return null;
  }

  private look(range: CompactRange): void {
    if (range.size === this.question.watch) this.rootAt = { size: BigInt(range.size), root: range.root() };
  }

  private fields(leaf: Leaf, fields: readonly LineField[]): void {
    const names = Object.keys(leaf.fields).sort();
    const fits = names.length === fields.length && names.every((name, n) => fields[n]?.name === name);
    if (!fits)
      this.field ??= {
        code: 'FIELDS_OTHER',
        detail: `Entry ${leaf.seq} does not have just the fields that it commits to.`,
      };
    for (const field of fields) {
      if ('withheld' in field) {
        const counts = this.withheld[field.withheld];
        counts[field.name] = (counts[field.name] ?? 0) + 1;
      } else if (opensReadField(leaf, field)) this.opened += 1;
      else
        this.field ??= {
          code: 'FIELD_DIFFERS',
          detail: `A field of entry ${leaf.seq} is not what the log committed to.`,
        };
    }
  }

  private decision(leaf: Leaf): void {
    const envelope = envelopeIn(leaf);
    if (envelope === undefined) return;
    if (envelope === null) {
      this.unsigned += 1;
      this.unchecked ??= { code: 'UNSIGNED', detail: `Entry ${leaf.seq}: recorded before decisions were signed.` };
      return;
    }
    this.signed += 1;
    this.shard.add(writeStatementLine(Number(leaf.seq), envelope));
    if (this.signed % SHARD === 0) this.closeShard();
    this.statement(leaf, judgeStatement(leaf, this.question.trust));
  }

  private statement({ seq }: Leaf, { verdict, code, detail }: StatementAnswer): void {
    const fault = { code, detail: `Entry ${seq}: ${detail}` };
    if (verdict === 'failed') this.failed ??= fault;
    if (verdict === 'unchecked') this.unchecked ??= fault;
  }

  private closeShard(): void {
    this.statementShards.push(this.shard.hex());
    this.shard = new LineHash();
  }

  end(): void {
    if (this.signed % SHARD !== 0) this.closeShard();
    if (this.unreadable === null) this.root = this.range?.root() ?? null;
  }
}

const NO_ENTRY: Fault = { code: 'ENTRY_FORM', detail: 'it is no entry in canonical form.' };

/** Whether the manifest counts as the entries do. */
export function countsAgree(manifest: Manifest, log: ReadLog): boolean {
  const { entries, decisions } = manifest;
  return (
    entries.whole === log.whole &&
    entries.hashed === log.hashed &&
    decisions.signed === log.signed &&
    decisions.unsigned === log.unsigned
  );
}

export function withheldAgrees(manifest: Manifest, log: ReadLog): boolean {
  return jcsText(manifest.withheld) === jcsText(log.withheld);
}
