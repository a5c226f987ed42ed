import { z } from 'zod';
import { DecimalText, EvidenceKind, Instant, Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import { decodeUtf8, encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { jcsText } from '../../evidence/json/jcs.ts';
import { readCanonical } from './canonical.ts';
import { type CommittedField, commitment } from './leaf.ts';

const Withheld = z.enum(['redacted', 'removed']);
export type Withheld = z.infer<typeof Withheld>;

const OpenField = z.strictObject({ name: z.string(), salt: Sha256Hex, value: z.string() });
const ClosedField = z.strictObject({ name: z.string(), withheld: Withheld });
export type OpenField = z.infer<typeof OpenField>;
export type LineField = OpenField | z.infer<typeof ClosedField>;

const WholeLine = z.strictObject({
  seq: DecimalText,
  leaf: z.string(),
  fields: z.array(z.union([OpenField, ClosedField])),
});
const HashedLine = z.strictObject({ seq: DecimalText, hash: Sha256Hex });
/** One entry of the log in a shard: whole, with the values that open its commitments, or as its leaf's hash alone. */
export type EntryLine = z.infer<typeof WholeLine> | z.infer<typeof HashedLine>;

const AnyLine = z.union([WholeLine, HashedLine]);

/** The line in RFC 8785 form; what it is made of is well-formed text. */
export function writeEntryLine(line: EntryLine): string {
  // Members in the order of their names are already in canonical form, and a million leaves are long.
  if ('hash' in line) return JSON.stringify({ hash: line.hash, seq: line.seq });
  const fields = line.fields.map((field) =>
    'withheld' in field
      ? { name: field.name, withheld: field.withheld }
      : { name: field.name, salt: field.salt, value: field.value },
  );
  return JSON.stringify({ fields, leaf: line.leaf, seq: line.seq });
}

/** The entry that a line is; null where it is none in canonical form. */
export function readEntryLine(line: Uint8Array | null): EntryLine | null {
  const read = AnyLine.safeParse(line === null ? undefined : readCanonical(decodeUtf8(line)));
  return read.success ? read.data : null;
}

/** What every event of the log says, of whatever kind and version (docs/formats/ledger-events.md). */
const Leaf = z.looseObject({
  kind: z.string(),
  seq: DecimalText,
  at: Instant,
  tenant: Uuid,
  fields: z.record(z.string(), Sha256Hex),
  evidence: z.unknown().optional(),
  envelope: z.unknown().optional(),
});
export type Leaf = z.infer<typeof Leaf>;

/** The event that a leaf's text is; null where it is none in canonical form. */
export function readLeaf(text: string): Leaf | null {
  const leaf = Leaf.safeParse(readCanonical(text));
  return leaf.success ? leaf.data : null;
}

/** The event that a leaf from the desk's own log is: its form was settled when it was appended. */
export function readOwnLeaf(text: string): Leaf | null {
  try {
    const leaf = Leaf.safeParse(JSON.parse(text));
    return leaf.success ? leaf.data : null;
  } catch {
    return null;
  }
}

/** Kinds whose member `evidence` names what came with them. */
const NAMING = ['escalation.recorded', 'escalation.updated', 'evidence.attached', 'decision.recorded'];
const Named = z.array(z.union([Sha256Hex, z.looseObject({ sha256: Sha256Hex }).transform(({ sha256 }) => sha256)]));

/** The evidence that the event brought, by SHA-256. */
export function evidenceNamedBy(leaf: Leaf): string[] {
  const named = NAMING.includes(leaf.kind) ? Named.safeParse(leaf.evidence) : null;
  return named?.success === true ? named.data : [];
}

/** A decision's envelope as it stands in its leaf; null in older ones, undefined where the event is no decision. */
export function envelopeIn(leaf: Leaf): unknown {
  if (leaf.kind !== 'decision.recorded') return undefined;
  return leaf.envelope ?? null;
}

export function writeStatementLine(seq: number, envelope: unknown): string {
  return jcsText({ seq: String(seq), envelope });
}

/** The fields of an entry by name, those of `redact` and those that the desk no longer has as withheld. */
export function lineFields(leaf: Leaf, kept: readonly CommittedField[], redact: ReadonlySet<string>): LineField[] {
  return Object.keys(leaf.fields)
    .sort()
    .map((name) => {
      const field = kept.find((one) => one.name === name);
      if (field === undefined) return { name, withheld: 'removed' };
      if (redact.has(name)) return { name, withheld: 'redacted' };
      return { name, salt: hexOf(field.salt), value: decodeUtf8(field.value) ?? '' };
    });
}

/** The first of the fields that is not what the leaf committed to; undefined where all are. */
export function uncommitted(leaf: Leaf, kept: readonly CommittedField[]): string | undefined {
  return kept.find(({ name, salt, value }) => hexOf(commitment(salt, value)) !== leaf.fields[name])?.name;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Whether a value and its salt are what the leaf committed to under the name: opens one redacted field, later. */
export function openField(leaf: Pick<Leaf, 'fields'>, field: OpenField): boolean {
  const read = OpenField.safeParse(field);
  const value = read.success ? encodeUtf8(read.data.value) : null;
  if (value === null || !Object.hasOwn(leaf.fields, field.name)) return false;
  return opens(leaf, field, value);
}

/** The same of a field that was read from a line. */
export function opensReadField(leaf: Leaf, field: OpenField): boolean {
  return Object.hasOwn(leaf.fields, field.name) && opens(leaf, field, Buffer.from(field.value));
}

function opens({ fields }: Pick<Leaf, 'fields'>, { name, salt }: OpenField, value: Uint8Array): boolean {
  return hexOf(commitment(Buffer.from(salt, 'hex'), value)) === fields[name];
}

const KeptEvidence = z.strictObject({
  sha256: Sha256Hex,
  kept: z.enum(['file', 'hash']),
  kind: EvidenceKind,
  bytes: z.number().int().nonnegative(),
});
const RemovedEvidence = z.strictObject({ sha256: Sha256Hex, kept: z.literal('removed') });
/** One piece of evidence in the index: here as a file, by its hash alone by choice, or gone from the desk. */
export type EvidenceLine = z.infer<typeof KeptEvidence> | z.infer<typeof RemovedEvidence>;
const AnyEvidence = z.union([KeptEvidence, RemovedEvidence]);

export const writeEvidenceLine = (line: EvidenceLine): string => jcsText(line);

/** The piece of evidence that a line of the index is; null where it is none in canonical form. */
export function readEvidenceLine(line: Uint8Array | null): EvidenceLine | null {
  const read = AnyEvidence.safeParse(line === null ? undefined : readCanonical(decodeUtf8(line)));
  return read.success ? read.data : null;
}
