import { z } from 'zod';

/** What the main process and the desk's process say to each other; each end checks what it hears (S10). */

/** The desk's process is started with this where the system has a keyring that really encrypts. */
export const HAS_KEYRING = '--keyring';

const Call = z.number().int().nonnegative();
const Failure = z.strictObject({ code: z.string(), message: z.string() });
/** Secrets cross between these two processes alone, and only keys that boxes are encrypted under: never a private key. */
const Secret = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= 8192, 'is no secret');

export const ToDesk = z.discriminatedUnion('kind', [
  /** A window's port comes along with it. */
  z.strictObject({ kind: z.literal('window'), window: Call }),
  z.strictObject({ kind: z.literal('window-gone'), window: Call }),
  z.strictObject({ kind: z.literal('stage-source'), call: Call, path: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal('stage-target'), call: Call, path: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal('reader-started'), reader: Call, pid: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal('reader-said'), reader: Call, message: z.unknown() }),
  z.strictObject({ kind: z.literal('reader-ended'), reader: Call, code: z.number().int().nullable() }),
  z.strictObject({ kind: z.literal('sealed'), secret: Call, sealed: Secret }),
  z.strictObject({ kind: z.literal('unsealed'), secret: Call, opened: Secret, reseal: z.boolean() }),
  /** The system's keyring did not do it. */
  z.strictObject({ kind: z.literal('keyring-failed'), secret: Call }),
  z.strictObject({ kind: z.literal('count-holds'), call: Call }),
  /** `record`: decisions that wait in their undo holds are recorded first; else they become drafts. */
  z.strictObject({ kind: z.literal('close'), record: z.boolean() }),
]);
export type ToDesk = z.infer<typeof ToDesk>;

export const ToMain = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('failed'), failure: Failure }),
  z.strictObject({
    kind: z.literal('staged'),
    call: Call,
    file: z.strictObject({ staged: z.string(), name: z.string(), bytes: z.number() }),
  }),
  z.strictObject({ kind: z.literal('holds'), call: Call, count: z.number().int().nonnegative() }),
  z.strictObject({ kind: z.literal('refused'), call: Call, failure: Failure }),
  z.strictObject({ kind: z.literal('seal'), secret: Call, bytes: Secret }),
  z.strictObject({ kind: z.literal('unseal'), secret: Call, bytes: Secret }),
  z.strictObject({ kind: z.literal('spawn-reader'), reader: Call }),
  z.strictObject({ kind: z.literal('tell-reader'), reader: Call, message: z.unknown() }),
  z.strictObject({ kind: z.literal('kill-reader'), reader: Call }),
  z.strictObject({ kind: z.literal('closed') }),
]);
export type ToMain = z.infer<typeof ToMain>;

/** A file that the desk has taken in charge, as the page knows it. */
export type Staged = Extract<ToMain, { kind: 'staged' }>['file'];
