import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Instant, Tenant, Uuid } from '../domain/escalation.ts';
import { mutation, query, stream, TOPICS } from './base.ts';

/** What changed: names, no rows. Without `tenant` it concerns the whole desk; without `ids` any of the tenant's. */
export const Notice = z.strictObject({
  topics: z.array(z.enum(TOPICS)),
  tenant: Tenant.optional(),
  escalations: z
    .array(z.strictObject({ id: z.string(), event: Uuid }))
    .max(100)
    .optional(),
});
export type Notice = z.infer<typeof Notice>;

export const DeskInfo = z.strictObject({
  version: z.string(),
  /** Which host serves this desk. */
  host: z.enum(['desktop', 'browser', 'cli', 'port']),
  store: z.strictObject({
    place: z.string(),
    state: z.enum(['ok', 'read-only']),
    /** Why it is read-only, in words. */
    reason: z.string().nullable(),
    last_durable_write: Instant.nullable(),
    /** Other programs at work on this store now. */
    others: z.number().int(),
  }),
  /** The desk's clock now: the sample ledger's stands still. */
  now: Instant,
  sample: z.boolean(),
  tenants: z.array(Tenant),
  time_zone: z.string(),
});
export type DeskInfo = z.infer<typeof DeskInfo>;

export const deskContract = {
  info: query([]).input(z.strictObject({})).output(DeskInfo),
  /** Lives until the caller leaves; the first notice (empty topics) says that the stream stands. */
  notices: stream([]).input(z.strictObject({})).output(eventIterator(Notice)),
  /** Opens the sample ledger in a store of its own, under its fixed clock; calls on `sample` work from then on. */
  open_sample: mutation([], ['desk'])
    .input(z.strictObject({ idempotency_key: Uuid }))
    .output(DeskInfo),
  /** Closes the sample for good: its store is removed. */
  close_sample: mutation([], ['desk'])
    .input(z.strictObject({ idempotency_key: Uuid }))
    .output(DeskInfo),
};
