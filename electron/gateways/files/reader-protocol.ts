import { z } from 'zod';
import { CarriedStatement } from '../../../shared/domain/carried-statement.ts';
import {
  DeadlinePart,
  Dissent,
  EvidenceKind,
  EvidenceRole,
  Finding,
  Instant,
  Outcome,
  Request,
  Sha256Hex,
  Tenant,
  WellFormedText,
  WireRecord,
} from '../../../shared/domain/escalation.ts';

/**
 * What the desk and its reader process say to each other. The reader is not believed: every message is checked here
 * before the desk uses it. After each batch or packet the reader waits for `next`, which the desk sends when it begins
 * to write it: while one batch is written one more is made, and never more, however large the source is.
 */

export const MAX_BATCH_RECORDS = 1000;
export const MAX_BATCH_FINDINGS = 1000;
/** A record comes with a few audit rows. */
export const MAX_BATCH_SOURCE_ROWS = 4000;
/** A batch closes at this size; a single row may be larger. */
export const MAX_BATCH_BYTES = 8 * 1024 * 1024;

export interface ReadOrder {
  readonly type: 'read';
  /** Files and folders, with the names to print for them. */
  readonly sources: readonly { readonly path: string; readonly name: string }[];
  /** Only these tenants; empty: all that the files name. */
  readonly tenants: readonly string[];
  /** When the import began, in milliseconds since 1970. */
  readonly now: number;
  /** A private folder of the reader's own; the desk removes it afterwards. */
  readonly folder: string;
}

export type DeskMessage = ReadOrder | { readonly type: 'next' };

const Bytes = z.instanceof(Uint8Array<ArrayBufferLike>);
const Count = z.number().int().nonnegative();
const Int64 = z.bigint().nullable();

const ReaderFinding = z.strictObject({
  source: WellFormedText,
  locator: WellFormedText,
  escalationId: WellFormedText.exactOptional(),
  severity: z.enum(['refused', 'finding', 'info']),
  code: z.string(),
  message: z.string(),
  /** A refused row's own text, up to 1 MiB. */
  text: WellFormedText.nullable(),
});
export type ReaderFinding = z.infer<typeof ReaderFinding>;

const UpstreamDecision = z.strictObject({
  outcome: Outcome,
  decidedAt: Instant,
  reason: WellFormedText.exactOptional(),
  vepHash: WellFormedText.exactOptional(),
  source: z.enum(['desk', 'upstream']).exactOptional(),
  reviewer: WellFormedText.exactOptional(),
  reasonCode: z.string().exactOptional(),
  overrides: z.array(z.string()).exactOptional(),
  acceptedUnchecked: z.array(z.string()).exactOptional(),
});

const NewEscalation = z.strictObject({
  record: WireRecord,
  request: Request.nullable(),
  deadlines: z.array(DeadlinePart),
  decision: UpstreamDecision.nullable(),
  evidence: z.array(
    z.strictObject({ bytes: Bytes, kind: EvidenceKind, role: EvidenceRole, root: Sha256Hex.exactOptional() }),
  ),
  findings: z.array(Finding),
  tokenRoot: Sha256Hex.exactOptional(),
  listPosition: Count.exactOptional(),
  dissents: z.array(Dissent).exactOptional(),
  pastOnArrival: z.boolean().exactOptional(),
});

/** What an exported line says of its decision that only a check can tell, and what to check it by. */
const DecisionClaim = z.strictObject({
  signed: z.boolean(),
  sealed: z.boolean(),
  /** `other-form`: there is something in its place that is none. */
  statement: z.union([CarriedStatement, z.literal('other-form')]).nullable(),
  /** SHA-256 of the kept row that the request was read from; null: of none. */
  requestRow: Sha256Hex.nullable(),
});
export type DecisionClaim = z.infer<typeof DecisionClaim>;

/** A whole record of a source, and where it stands there. */
const ReaderRecord = z.strictObject({
  source: WellFormedText,
  locator: WellFormedText,
  row: NewEscalation,
  claim: DecisionClaim.exactOptional(),
});
export type ReaderRecord = z.infer<typeof ReaderRecord>;

const SourceRow = z.strictObject({ key: Bytes, value: Bytes, createdAt: Int64, updatedAt: Int64 });

const Batch = z.strictObject({
  type: z.literal('batch'),
  tenant: Tenant,
  records: z.array(ReaderRecord).max(MAX_BATCH_RECORDS),
  sourceRows: z.array(SourceRow).max(MAX_BATCH_SOURCE_ROWS),
});
export type ReaderBatch = z.infer<typeof Batch>;

const Packet = z.strictObject({
  type: z.literal('packet'),
  source: WellFormedText,
  /** Whose it may be; where none was asked for, besides those of the bundles that came before it. */
  tenants: z.array(Tenant),
  bytes: Bytes,
  kind: z.enum(['vep', 'capsule']),
  root: Sha256Hex.nullable(),
  escalationId: WellFormedText.nullable(),
});
export type ReaderPacket = z.infer<typeof Packet>;

/** An audit bundle among the sources: the desk, which knows its form, reads it by itself when the reader names it. */
const Bundle = z.strictObject({
  type: z.literal('bundle'),
  source: WellFormedText,
  path: z.string(),
  /** No other file was given: when it is refused, so is the call. */
  alone: z.boolean(),
  /** It was named by itself, not found in a folder. */
  named: z.boolean(),
});
export type ReaderBundle = z.infer<typeof Bundle>;

const Progress = z.strictObject({
  type: z.literal('progress'),
  done: Count,
  total: Count.nullable(),
  unit: z.string(),
});

export const ReaderMessage = z.discriminatedUnion('type', [
  Batch,
  Packet,
  Bundle,
  z.strictObject({ type: z.literal('findings'), findings: z.array(ReaderFinding).max(2 * MAX_BATCH_FINDINGS) }),
  Progress,
  /** A long step without progress begins, over this many bytes. */
  z.strictObject({ type: z.literal('checking'), bytes: Count }),
  /** `refused` counts records, `rows` what was read by kind, `tenants` whose rows were taken. */
  z.strictObject({
    type: z.literal('end'),
    refused: Count,
    rows: z.record(z.string(), Count),
    tenants: z.array(Tenant),
  }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.enum(['INVALID_INPUT', 'NOT_FOUND', 'SOURCE_BUSY', 'LIMIT_EXCEEDED', 'INTERNAL']),
    message: z.string(),
  }),
]);
export type ReaderMessage = z.infer<typeof ReaderMessage>;
