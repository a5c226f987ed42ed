import { z } from 'zod';
import { Instant, Tenant, Uuid, WellFormedText } from '../domain/escalation.ts';
import { isDay, isZone } from '../domain/zone-days.ts';
import { Acting, ErrorCodeSchema, InTenant, mutation, query, StagedId } from './base.ts';
import { ExportQuery } from './transfer.ts';

const Day = z.string().refine(isDay, 'is no day');

/** The formats that feed other systems, and the one that proves itself. */
export const SCHEDULED_FORMATS = ['csv', 'jsonl', 'cloudevents', 'bundle'] as const;

/** What is exported at each turn; the turn gives its time. */
export const ScheduledQuery = ExportQuery.omit({ from: true, to: true }).extend({
  format: z.enum(SCHEDULED_FORMATS),
});
export type ScheduledQuery = z.infer<typeof ScheduledQuery>;

/** When it is, by the clocks of a zone: each day, or each week on a day from 1, Monday, to 7. */
export const ScheduledTurn = z.strictObject({
  every: z.enum(['day', 'week']),
  /** Not looked at where it is each day. */
  weekday: z.number().int().min(1).max(7),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day'),
  zone: z.string().max(64).refine(isZone, 'is no time zone that is known here'),
});
export type ScheduledTurn = z.infer<typeof ScheduledTurn>;

const orderMembers = {
  query: ScheduledQuery,
  /** `period`: records of the days since the turn before; `all`: all records until then. */
  covers: z.enum(['period', 'all']),
  turn: ScheduledTurn,
  /** So many of its files are kept, the newest; null: all. */
  keep: z.number().int().min(1).max(1000).nullable(),
};
export const ScheduleOrder = z.strictObject(orderMembers);
export type ScheduleOrder = z.infer<typeof ScheduleOrder>;

/** How a turn ended. */
export const ScheduledRun = z.strictObject({
  at: Instant,
  /** null: no job was begun. */
  job_id: Uuid.nullable(),
  /** The file that was written; null: none. */
  file: WellFormedText.nullable(),
  /** Turns before it that did not come about and that it made up for. */
  made_up: z.number().int().nonnegative(),
  error: z.strictObject({ code: ErrorCodeSchema, message: z.string() }).nullable(),
});
export type ScheduledRun = z.infer<typeof ScheduledRun>;

export const Schedule = z.strictObject({
  schedule_id: Uuid,
  ...orderMembers,
  /** Where it writes, a path of the machine that the desk runs on. */
  folder: WellFormedText,
  /** The profile that ordered it, in whose name it exports. */
  by: Uuid,
  made_at: Instant,
  /** All days before this one are in its files. */
  covered_until: Day,
  /** The next turn; one that has passed is due now, or is tried again soon after it failed. */
  next_at: Instant,
  /** The job at work for it now. */
  running: Uuid.nullable(),
  last: ScheduledRun.nullable(),
  /** How many of its files it knows of and keeps in number. */
  files: z.number().int().nonnegative(),
});
export type Schedule = z.infer<typeof Schedule>;

/** A folder that the person chose in the host's dialog, or where the host has none, the path that they typed. */
export const FolderChoice = z.union([
  z.strictObject({ staged: StagedId }),
  z.strictObject({ path: WellFormedText.min(1).max(4096) }),
]);
export type FolderChoice = z.infer<typeof FolderChoice>;

export const scheduleContract = {
  /** The tenant's, oldest first. */
  list: query(['auditor', 'operator'], ['NOT_FOUND']).input(InTenant).output(z.array(Schedule)),
  /**
   * Orders an export at each turn, or with `schedule_id` changes one: what it covered and wrote stays, and what failed is
   * tried again. Without `folder` the one it has. INVALID_INPUT for a folder that is not there or cannot be written to;
   * NOT_FOUND for a schedule, a staged folder; LIMIT_EXCEEDED beyond 50 in a tenant.
   */
  set: mutation(['operator'], ['transfer'], ['NOT_FOUND'])
    .input(Acting.extend({ ...orderMembers, schedule_id: Uuid.optional(), folder: FolderChoice.optional() }))
    .output(Schedule),
  /** Ends it; its files stay. NOT_FOUND. */
  remove: mutation(['operator'], ['transfer'], ['NOT_FOUND'])
    .input(Acting.extend({ tenant: Tenant, schedule_id: Uuid }))
    .output(z.strictObject({})),
};
