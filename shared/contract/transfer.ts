import { z } from 'zod';
import { DecimalText, Instant, Sha256Hex, Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { Acting, mutation, query, StagedId } from './base.ts';
import { ListStatus } from './queue.ts';

export const ImportFinding = z.strictObject({
  source: WellFormedText,
  /** The row's key in a vex.db, the line in JSONL, the index in an array. */
  locator: WellFormedText,
  escalation_id: WellFormedText.optional(),
  severity: z.enum(['refused', 'finding', 'info']),
  code: z.string(),
  message: z.string(),
});
export type ImportFinding = z.infer<typeof ImportFinding>;

/** The first seven count escalations (evidence: packets); `rows` counts what was read, by kind of row. */
export const ImportSummary = z.strictObject({
  read: z.number().int(),
  imported: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  conflicts: z.number().int(),
  refused: z.number().int(),
  evidence: z.number().int(),
  rows: z.record(z.string(), z.number().int()),
});
export type ImportSummary = z.infer<typeof ImportSummary>;
export const ImportResult = ImportSummary.extend({
  /** At most 1,000; the rest is in `findings_file`. */
  findings: z.array(ImportFinding),
  findings_total: z.number().int(),
  findings_file: WellFormedText.optional(),
  tenants: z.array(Tenant),
  /** Packets and capsules that no escalation took. */
  unattached: z.number().int(),
  dry_run: z.boolean(),
});
export type ImportResult = z.infer<typeof ImportResult>;

export const ExportFormat = z.enum(['vex-json', 'vex-db', 'jsonl', 'csv', 'cloudevents', 'bundle', 'pdf']);
export type ExportFormat = z.infer<typeof ExportFormat>;
/** What an export can leave out: the log's fields that people wrote or that name them, and what the agents explained. */
export const REDACTABLE = [
  'actor',
  'escalation_id',
  'reason',
  'reviewer',
  'policy',
  'dissent',
  'settings',
  'explanation',
] as const;
export const Redactable = z.enum(REDACTABLE);
export type Redactable = z.infer<typeof Redactable>;
export const ExportQuery = z.strictObject({
  tenant: Tenant,
  format: ExportFormat,
  status: ListStatus.default('all'),
  /** Records with `from <= timestamp < to`. */
  from: Instant.optional(),
  to: Instant.optional(),
  search: WellFormedText.max(500).optional(),
  /** Of a bundle: whether it has the evidence or its hashes alone; `bytes` where it is left out. */
  evidence: z.enum(['bytes', 'hashes']).optional(),
  /** Of a bundle and of a report: what stays out of it. Who leaves a reviewer out leaves out all that names them. */
  redact: z.array(Redactable).max(REDACTABLE.length).optional(),
});
export type ExportQuery = z.infer<typeof ExportQuery>;

export const Manifest = z.strictObject({
  file: WellFormedText,
  sha256: Sha256Hex,
  bytes: z.number().int(),
  records: z.number().int(),
  query: ExportQuery.extend({
    sample: z.boolean().optional(),
    /** Of a log that is not the one remembered, or was found broken; left out of any other. */
    log: z.enum(['rolled-back', 'forked', 'broken']).optional(),
  }),
  generator: z.string(),
  /** The head of the log that was signed for it; an export whose log cannot be signed has none. */
  checkpoint: z.strictObject({ size: DecimalText, root: Sha256Hex, note: z.string() }).optional(),
});
export type Manifest = z.infer<typeof Manifest>;

export const ReportRow = ImportFinding.extend({ n: z.number().int(), text: WellFormedText.nullable() });
export type ReportRow = z.infer<typeof ReportRow>;

const Count = z.number().int().nonnegative();
/** What an export would hold. */
export const ExportContents = z.strictObject({
  records: Count,
  /** Of the tenant's records, those that the query leaves out. */
  left_out: Count,
  /** As they were decided here; `came` decided: VEX sets RESOLVED for rejections too. */
  outcomes: z.strictObject({
    approved: Count,
    rejected: Count,
    withdrawn: Count,
    expired: Count,
    came: Count,
    open: Count,
  }),
  /** What each record's packets are worth by the keys that are pinned now; `none`: it has no packet. */
  verdicts: z.strictObject({ verified: Count, failed: Count, unchecked: Count, none: Count }),
  /** Pieces that are kept, each counted once however many records have it, and their bytes. */
  evidence: z.strictObject({ pieces: Count, bytes: Count }),
  /** Entries of the log about these records. */
  events: Count,
});
export type ExportContents = z.infer<typeof ExportContents>;

/** How the counting of contents is getting on: it goes in short steps, one call after another. */
export const ContentsProgress = z.strictObject({
  /** To be named in the next call. */
  run: Uuid,
  /** Records that were found so far. */
  found: Count,
  /** Once all is counted. */
  contents: ExportContents.nullable(),
});
export type ContentsProgress = z.infer<typeof ContentsProgress>;

export const transferContract = {
  /** Starts an import of staged files as a job; the job's result is an ImportResult. */
  import: mutation(['operator'], ['job', 'transfer'], ['NOT_FOUND'])
    .input(
      Acting.extend({
        sources: z.array(StagedId).min(1).max(10_000),
        /** Only these tenants are taken; empty: all that the files name. */
        tenants: z.array(Tenant).max(1000).default([]),
        dry_run: z.boolean().default(false),
      }),
    )
    .output(z.strictObject({ job_id: Uuid })),
  /** A page of an import's report, refused rows first; refused rows carry the row as text, whole up to 1 MiB. */
  report: query(['operator'], ['NOT_FOUND'])
    .input(
      z.strictObject({
        job_id: Uuid,
        severity: z.enum(['refused', 'finding', 'info']).optional(),
        after: z.number().int().default(0),
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.strictObject({ rows: z.array(ReportRow), next_after: z.number().int().nullable() })),
  /** How many records an export would have now, at once: exact where a kept count says it, else up to 10,000. */
  preview: query(['auditor'], ['NOT_FOUND'])
    .input(ExportQuery)
    .output(z.strictObject({ records: z.number().int(), exact: z.boolean() })),
  /**
   * Counts on for a short while what an export would hold now, and says how far it is. Without `run` it begins anew; the
   * desk keeps the last few. NOT_FOUND for a tenant, and for a run that is no longer kept.
   */
  contents: query(['auditor'], ['NOT_FOUND'])
    .input(ExportQuery.extend({ run: Uuid.optional() }))
    .output(ContentsProgress),
  /**
   * Starts an export to a staged target as a job; the job's result is a Manifest. ALREADY_EXISTS comes from staging.
   * `previous`: of a bundle, the checkpoint that its reader has from before; the bundle begins there. `continues` names
   * instead the job of an earlier export, whose checkpoint is meant.
   */
  export: mutation(['auditor'], ['job', 'transfer', 'log'], ['NOT_FOUND', 'ALREADY_EXISTS'])
    .input(
      Acting.extend({
        query: ExportQuery,
        target: StagedId,
        previous: StagedId.optional(),
        continues: Uuid.optional(),
      }),
    )
    .output(z.strictObject({ job_id: Uuid })),
};
