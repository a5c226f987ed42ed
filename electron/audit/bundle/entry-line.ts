import { z } from 'zod';
import { DecimalText, EvidenceKind, Instant, Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import { decodeHex, encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8, encodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { jcsText } from '../../evidence/jcs.ts';
import { readCanonical } from '../canonical.ts';
import { type CommittedField, commitment } from '../leaf.ts';
import { equalBytes } from '../merkle.ts';

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

export const writeEntryLine = (line: EntryLine): string => jcsText(line);

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
      return { name, salt: encodeHex(field.salt), value: decodeUtf8(field.value) ?? '' };
    });
}

/** Whether a value and its salt are what the leaf committed to under the name: opens one redacted field, later. */
export function openField(leaf: Pick<Leaf, 'fields'>, { name, salt, value }: OpenField): boolean {
  const [saltBytes, valueBytes] = [decodeHex(salt), encodeUtf8(value)];
  const committed = Object.hasOwn(leaf.fields, name) ? leaf.fields[name] : undefined;
  if (saltBytes?.length !== 32 || valueBytes === null || committed === undefined) return false;
  return equalBytes(commitment(saltBytes, valueBytes), decodeHex(committed) ?? new Uint8Array());
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
