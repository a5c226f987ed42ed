import { z } from 'zod';
import { DecimalText, Instant, Sha256Hex, Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { daysBetween, isDay, isZone } from '../domain/zone-days.ts';
import { Acting, mutation, query, StagedId } from './base.ts';

export const Day = z.string().refine(isDay, 'is no day');
export const Zone = z.string().max(64).refine(isZone, 'is no time zone that is known here');

/** A report has a row a day; a longer time is several reports. */
export const LONGEST_DAYS = 366;

const periodMembers = {
  tenant: Tenant,
  /** The first and the last day, both in it. */
  from: Day,
  to: Day,
  zone: Zone,
};
const isPeriod = ({ from, to }: { from: string; to: string }): boolean => {
  const days = daysBetween(from, to);
  return days >= 0 && days < LONGEST_DAYS;
};
export const ReportPeriod = z.strictObject(periodMembers);
export type ReportPeriod = z.infer<typeof ReportPeriod>;

const Count = z.number().int().nonnegative();
/** Decisions by their outcome; `unknown` are those that came decided and nothing says how. */
export const Tally = z.strictObject({
  approved: Count,
  rejected: Count,
  withdrawn: Count,
  expired: Count,
  unknown: Count,
});
export type Tally = z.infer<typeof Tally>;

/** Up to so many names have a row each; whatever more there are is counted together. */
export const NAMED_AT_MOST = 1000;
const named = <T extends z.ZodType>(counted: T) =>
  z.strictObject({
    /** The most frequent first; null: no name was given, as of what came decided. */
    rows: z.array(z.strictObject({ name: WellFormedText.nullable(), n: counted })).max(NAMED_AT_MOST),
    /** Of all others, where there are more names than can be listed, or longer ones than 512 characters. */
    rest: counted,
  });

/** The counted decisions of a period, each table adding up to the same. */
export const ReportNumbers = z.strictObject({
  decisions: Tally,
  /** Every day of the period, the empty ones too. */
  days: z.array(z.strictObject({ day: Day, n: Tally })),
  reviewers: named(Tally),
  reasons: named(Tally),
  time: z.strictObject({
    /** From the request to the decision: less than `below_s` seconds, and no less than the one before; null: no limit. */
    steps: z.array(z.strictObject({ below_s: Count.nullable(), n: Tally })),
    /** Not known when it was asked for: it came decided. */
    unknown: Tally,
  }),
  overrides: z.strictObject({
    /** Decisions that overrode a failed check. */
    decisions: Count,
    /** By the name of the check: failed and overridden, and accepted unchecked. */
    checks: named(z.strictObject({ overridden: Count, accepted: Count })),
  }),
  deadlines: z.strictObject({
    in_time: Tally,
    late: Tally,
    none: Tally,
    /** Not decided, though the deadline fell into the period and has passed. */
    open: Count,
  }),
  /** What the escalation's packets are worth by the keys that are pinned now; `none`: it has no packet. */
  evidence: z.strictObject({ verified: Tally, failed: Tally, unchecked: Tally, none: Tally }),
});
export type ReportNumbers = z.infer<typeof ReportNumbers>;

export const Report = z.strictObject({
  ...periodMembers,
  /** The period in UTC, without its end. */
  span: z.strictObject({ from: Instant, to: Instant }),
  counted_at: Instant,
  generator: z.string(),
  sample: z.boolean(),
  /** The log when the counting began, and how many events came while it went on: with none the numbers are of one moment. */
  log: z.strictObject({ size: DecimalText, root: Sha256Hex, meanwhile: Count }),
  numbers: ReportNumbers,
});
export type Report = z.infer<typeof Report>;

/** How a report is getting on: it is counted in short steps, one call after another. */
export const ReportProgress = z.strictObject({
  /** To be named in the next call, and when the report is exported. */
  run: Uuid,
  /** Days that are counted, of how many; and decisions that were found so far. */
  days: Count,
  of: Count,
  found: Count,
  /** Once all is counted, with the SHA-256 of its RFC 8785 form, which is what an export as JSON has in it. */
  report: Report.nullable(),
  sha256: Sha256Hex.nullable(),
});
export type ReportProgress = z.infer<typeof ReportProgress>;

export const ReportFormat = z.enum(['json', 'csv']);
export type ReportFormat = z.infer<typeof ReportFormat>;

export const reportContract = {
  /**
   * Counts on for a short while and says how far it is. Without `run` it begins anew; the desk keeps the last few. NOT_FOUND
   * for a tenant, and for a run that is no longer kept.
   */
  read: query(['auditor'], ['NOT_FOUND'])
    .input(
      z
        .strictObject({ ...periodMembers, run: Uuid.optional() })
        .refine(isPeriod, `is no period of 1 to ${LONGEST_DAYS} days`),
    )
    .output(ReportProgress),
  /** Writes a counted report, the very numbers that `read` answered, to a staged target; an event of the tenant's log. */
  export: mutation(['auditor'], ['log'], ['NOT_FOUND', 'ALREADY_EXISTS'])
    .input(Acting.extend({ tenant: Tenant, run: Uuid, format: ReportFormat, target: StagedId }))
    .output(z.strictObject({ file: WellFormedText, sha256: Sha256Hex, bytes: Count })),
};
