import { z } from 'zod';
import {
  Claim,
  Deadline,
  Decision,
  Escalation,
  ExactJson,
  Finding,
  Instant,
  Outcome,
  Status,
  Tenant,
  Uuid,
  Verdict,
  WellFormedText,
} from '../domain/escalation.ts';
import { InTenant, query } from './base.ts';

/** Saved filters of the queue and the ledger: each has its index (docs/formats/store.md). */
export const ListStatus = z.enum(['active', 'resolved', 'expired', 'all']);
export type ListStatus = z.infer<typeof ListStatus>;
/**
 * Narrows a list further: claimed by the caller, due within the tenant's warning time, flagged text, past (all of what
 * is active only), or by what the evidence is worth.
 */
export const ListView = z.enum(['all', 'claimed', 'due', 'deceptive', 'past', 'failed', 'unchecked', 'verified']);
export type ListView = z.infer<typeof ListView>;
/** `deadline`: soonest first, none last. `oldest`, `newest`: by the record's timestamp. `decided`: newest decision first. */
export const ListSort = z.enum(['deadline', 'oldest', 'newest', 'decided']);
export type ListSort = z.infer<typeof ListSort>;

export const ListInput = z.strictObject({
  tenant: Tenant,
  status: ListStatus.default('active'),
  view: ListView.default('all'),
  /**
   * Left out: deadline for active, decided for resolved and expired, newest else. While searching newest recorded first;
   * another sort only among at most 1,000 hits (`sorted_by` says which it was).
   */
  sort: ListSort.optional(),
  search: WellFormedText.max(500).optional(),
  limit: z.number().int().min(1).max(1000).default(100),
  /** An opaque cursor of an earlier page of the same query. */
  cursor: z.string().max(4096).optional(),
  /** `before` pages backwards from the cursor; rows come in list order either way. Without a cursor: from the end. */
  direction: z.enum(['after', 'before']).default('after'),
  /** Jump: start at the first row at or after this instant of the sort column (sorts by time). */
  from_instant: Instant.optional(),
  /** Whose claims `view: claimed` means. */
  by: Uuid.optional(),
});
export type ListInput = z.infer<typeof ListInput>;

/** One row of a list: what a reviewer reads in a second. All texts but codes are the agent's, not trusted. */
export const QueueRow = z.strictObject({
  id: WellFormedText,
  event: Uuid,
  status: Status,
  timestamp: Instant,
  agent_name: WellFormedText.nullable(),
  action: WellFormedText.nullable(),
  target: WellFormedText.nullable(),
  amount: ExactJson.nullable(),
  policy: WellFormedText.nullable(),
  has_request: z.boolean(),
  deadline: Deadline.nullable(),
  decision: Decision.pick({ outcome: true, source: true, decided_at: true, reviewer: true }).nullable(),
  evidence: z.strictObject({ verdict: Verdict, packets: z.number().int(), detail: z.string() }),
  findings: z.array(Finding),
  claim: Claim.nullable(),
  /** The profile that holds the claim, to tell `You`. */
  claimed_by: Uuid.nullable(),
  /** A decision in its undo hold, and by whom. */
  pending: z.strictObject({ outcome: Outcome, by: WellFormedText, due_at: Instant }).nullable(),
  version: z.string(),
});
export type QueueRow = z.infer<typeof QueueRow>;

/** Counts of one tenant, exact up to 9,999; a larger number is given as 10,000 for the time-dependent ones. */
export const Counts = z.strictObject({
  active: z.number().int(),
  resolved: z.number().int(),
  expired: z.number().int(),
  claimed: z.number().int(),
  due: z.number().int(),
  deceptive: z.number().int(),
  past: z.number().int(),
  /** Active ones whose evidence failed. */
  failed: z.number().int(),
});
export type Counts = z.infer<typeof Counts>;

export const ListOutput = z.strictObject({
  rows: z.array(QueueRow),
  next_cursor: z.string().nullable(),
  previous_cursor: z.string().nullable(),
  /** From the same read as the rows (I10). */
  counts: Counts,
  /** Rows that match the query: exact, or a lower bound (`1,000+` while searching). */
  total: z.strictObject({ n: z.number().int(), exact: z.boolean() }),
  /** While searching: how many hits were looked at before the page's 20 ms ended. */
  looked_at: z.number().int(),
  /** The order that the rows are in: while searching among more than 1,000 hits `newest`, whatever was asked for. */
  sorted_by: ListSort,
  as_of: Instant,
});
export type ListOutput = z.infer<typeof ListOutput>;

export const queueContract = {
  /** A page of escalations by keyset cursor. CANCELLED when the caller went away. */
  list: query(['reviewer', 'auditor'], ['NOT_FOUND']).input(ListInput).output(ListOutput),
  /** The same pages as whole Escalations, for scripts (`desk list`). */
  list_in_full: query(['reviewer', 'auditor'], ['NOT_FOUND'])
    .input(ListInput)
    .output(z.strictObject({ rows: z.array(Escalation), next_cursor: z.string().nullable() })),
  counts: query(['reviewer', 'auditor'], ['NOT_FOUND'])
    .input(InTenant.extend({ by: Uuid.optional() }))
    .output(Counts),
};
