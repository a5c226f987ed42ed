import { z } from 'zod';
import {
  DecimalText,
  EvidenceKind,
  EvidenceRole,
  Instant,
  Outcome,
  ReasonCode,
  Sha256Hex,
  Status,
  Uuid,
} from './escalation.ts';
import { KEY_PURPOSES } from './verdict.ts';

/**
 * The closed list of ledger events (docs/formats/ledger-events.md): what a leaf of a tenant's log says, as RFC 8785
 * bytes. No leaf holds free text or personal data. What is such, ids of escalations too, stands in `fields` as
 * SHA-256(0x02 ‖ 32 random bytes ‖ JCS(value)); value and salt lie beside the log and may go while the log still proves.
 * A schema never changes: a kind that has more to say gets another version `v`, and the older ones stay readable.
 */
const fieldsOf = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, Sha256Hex])) as Record<K, typeof Sha256Hex>;
const fields = <K extends string>(...names: readonly K[]) => z.strictObject(fieldsOf(names));

const Placed = {
  seq: DecimalText,
  at: Instant,
  /** The tenant's random uid. */
  tenant: Uuid,
};
const First = { v: z.literal(1), ...Placed };
const Second = { v: z.literal(2), ...Placed };
/** The caller's idempotency key, of what must never be done twice. */
const Keyed = { idempotency_key: Uuid };
const CheckName = z.string().regex(/^[a-z0-9_.-]{1,64}$/);
const AboutEscalation = { event: Uuid, fields: fields('actor', 'escalation_id') };
/** `content` commits to the digests of all that the escalation says from then on. */
const WithContent = { event: Uuid, fields: fields('actor', 'escalation_id', 'content') };
const Given = {
  status: Status,
  timestamp: Instant,
  /** Of a record that came decided. */
  outcome: Outcome.nullable(),
};
const Digests = { evidence: z.array(Sha256Hex) };
/** What was attached, in order; `root` is the packet's, and there where it could be read. */
const Pieces = {
  evidence: z.array(
    z.strictObject({ sha256: Sha256Hex, kind: EvidenceKind, role: EvidenceRole, root: Sha256Hex.exactOptional() }),
  ),
};

const RecordedKind = { kind: z.literal('escalation.recorded') };
const Recorded = z.discriminatedUnion('v', [
  z.strictObject({ ...RecordedKind, ...First, ...AboutEscalation, ...Given, ...Digests, ...Keyed }),
  z.strictObject({ ...RecordedKind, ...Second, ...WithContent, ...Given, ...Pieces, ...Keyed }),
]);
const UpdatedKind = { kind: z.literal('escalation.updated') };
const Updated = z.discriminatedUnion('v', [
  z.strictObject({ ...UpdatedKind, ...First, ...AboutEscalation, ...Given, ...Digests, ...Keyed }),
  z.strictObject({ ...UpdatedKind, ...Second, ...WithContent, ...Given, ...Pieces, ...Keyed }),
]);
const AttachedKind = { kind: z.literal('evidence.attached') };
const Attached = z.discriminatedUnion('v', [
  z.strictObject({
    ...AttachedKind,
    ...First,
    ...AboutEscalation,
    ...Keyed,
    evidence: z.array(z.strictObject({ sha256: Sha256Hex, role: EvidenceRole })),
  }),
  z.strictObject({ ...AttachedKind, ...Second, ...AboutEscalation, ...Keyed, ...Pieces }),
]);
const ClaimTaken = z.strictObject({ kind: z.literal('claim.taken'), ...First, ...AboutEscalation, until: Instant });
const ClaimReleased = z.strictObject({ kind: z.literal('claim.released'), ...First, ...AboutEscalation });

/** A signed statement as it is written (DSSE v1), with its one signature. */
const Base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const Envelope = z.strictObject({
  payloadType: z.string(),
  payload: Base64,
  signatures: z.array(z.strictObject({ keyid: z.string().exactOptional(), sig: Base64 })).length(1),
});
const SignedBy = z.enum(['reviewer', 'desk']);
const DecisionKind = { kind: z.literal('decision.recorded') };
const Decided = {
  ...Keyed,
  event: Uuid,
  outcome: Outcome,
  reason_code: ReasonCode,
  /** The view that the reviewer saw (I9). */
  view_sha256: Sha256Hex,
  resolution: z.strictObject({ event_id: Uuid, vep_hash: Sha256Hex }).nullable(),
  overrides: z.array(CheckName),
  accepted_unchecked: z.array(CheckName),
};
/** The packet that the desk built, and the fingerprint of the key that signed it. */
const Sealed = z.strictObject({ vep_sha256: Sha256Hex, key: Sha256Hex });
const DecisionRecorded = z.discriminatedUnion('v', [
  z.strictObject({
    ...DecisionKind,
    ...First,
    ...Decided,
    ...Digests,
    /** No reviewer's key signed it. */
    unsigned: z.literal(true),
    /** Desks before seals left it out. */
    sealed: Sealed.nullable().optional(),
    fields: fields('actor', 'escalation_id', 'reason', 'reviewer'),
  }),
  z.strictObject({
    ...DecisionKind,
    ...Second,
    ...Decided,
    ...Pieces,
    sealed: Sealed.nullable(),
    /** The statement (docs/formats/decision-v1.schema.json), which names the commitments of this event. */
    envelope: Envelope,
    signed_by: SignedBy,
    fields: fields('actor', 'escalation_id', 'reason', 'reviewer', 'content').extend({
      /** The policy that the request named, where the statement names it. */
      policy: Sha256Hex.exactOptional(),
    }),
  }),
]);
const DissentKind = { kind: z.literal('dissent.recorded') };
const Dissented = { ...Keyed, event: Uuid, outcome: Outcome, source: z.enum(['desk', 'upstream']) };
const DissentRecorded = z.discriminatedUnion('v', [
  z.strictObject({ ...DissentKind, ...First, ...Dissented, fields: fields('actor', 'escalation_id', 'dissent') }),
  z.strictObject({
    ...DissentKind,
    ...Second,
    ...Dissented,
    /** Of a decision that was signed here and came too late; the fields are then those that its statement names. */
    envelope: Envelope.nullable(),
    signed_by: SignedBy.nullable(),
    fields: fields('actor', 'escalation_id', 'dissent').extend({
      reason: Sha256Hex.exactOptional(),
      reviewer: Sha256Hex.exactOptional(),
      policy: Sha256Hex.exactOptional(),
    }),
  }),
]);
const DecisionCorrected = z.strictObject({
  kind: z.literal('decision.corrected'),
  ...First,
  ...Keyed,
  event: Uuid,
  /** The event that recorded or brought the decision. */
  corrects: z.strictObject({ seq: DecimalText, leaf_sha256: Sha256Hex }),
  fields: fields('actor', 'escalation_id', 'reason'),
});
const Transferred = { ...First, job: Uuid, counts: z.record(z.string(), z.number().int()), fields: fields('actor') };
const ImportFinished = z.strictObject({ kind: z.literal('import.finished'), ...Transferred });
const ExportedKind = { kind: z.literal('export.finished') };
const ExportFinished = z.discriminatedUnion('v', [
  z.strictObject({ ...ExportedKind, ...Transferred, sha256: Sha256Hex.nullable() }),
  z.strictObject({
    ...ExportedKind,
    ...Transferred,
    ...Second,
    /** Of the file. */
    sha256: Sha256Hex.nullable(),
    /** Of the manifest beside it; null: it has none. */
    manifest_sha256: Sha256Hex.nullable(),
  }),
]);
const SettingsChanged = z.strictObject({
  kind: z.literal('settings.changed'),
  ...First,
  changed: z.array(z.string().regex(/^[a-z_]{1,64}$/)),
  fields: fields('actor', 'settings'),
});
const LogRestored = z.strictObject({
  kind: z.literal('log.restored'),
  ...First,
  ...Keyed,
  /** The head that was remembered, which this log does not follow on. */
  remembered: z.strictObject({ size: DecimalText, root: Sha256Hex }),
  fields: fields('actor', 'reason'),
});

/** A person accepted a log that a verification found broken: what it found is hidden, how much is not. */
const LogAccepted = z.strictObject({
  kind: z.literal('log.accepted'),
  ...First,
  ...Keyed,
  verified: z.strictObject({ at: Instant, size: DecimalText, root: Sha256Hex }),
  differences: z.number().int().positive(),
  fields: fields('actor', 'reason', 'found'),
});

/** Witnesses said that they saw a head of this log, and no other: the signatures that were added to its checkpoint. */
const CosignatureAdded = z.strictObject({
  kind: z.literal('cosignature.added'),
  ...First,
  ...Keyed,
  size: DecimalText,
  root: Sha256Hex,
  cosignatures: z
    .array(
      z.strictObject({
        /** The fingerprint of the witness's key. */
        key: Sha256Hex,
        cosigned_at: Instant,
        /** SHA-256 of the line's key id and signature, as C2SP signed-note has them before base64. */
        sha256: Sha256Hex,
      }),
    )
    .min(1),
  fields: fields('actor', 'witnesses'),
});

/** An export that the desk makes by itself was ordered or changed, or ended: what is ordered is hidden. */
const OfSchedule = { ...First, ...Keyed, schedule: Uuid };
const ScheduleSet = z.strictObject({
  kind: z.literal('schedule.set'),
  ...OfSchedule,
  format: z.string().regex(/^[a-z-]{1,32}$/),
  every: z.enum(['day', 'week']),
  fields: fields('actor', 'order'),
});
const ScheduleRemoved = z.strictObject({ kind: z.literal('schedule.removed'), ...OfSchedule, fields: fields('actor') });

/** A rule of the tenant's: what is older than `before`, so many days before it acted. */
const Rule = z.strictObject({ days: z.number().int().positive(), before: Instant });
const EvidenceRemoved = z.strictObject({
  kind: z.literal('evidence.removed'),
  ...First,
  ...AboutEscalation,
  job: Uuid,
  rule: Rule,
  /** Pieces whose bytes it has no more, and how many those were. */
  evidence: z
    .array(z.strictObject({ sha256: Sha256Hex, role: EvidenceRole, bytes: z.number().int().nonnegative() }))
    .min(1),
});
const FieldsRemoved = z.strictObject({
  kind: z.literal('fields.removed'),
  ...First,
  job: Uuid,
  rule: Rule,
  /** Events of which nothing is kept beside the log any more, as runs of their numbers, and how many values went. */
  events: z.array(z.strictObject({ from: DecimalText, to: DecimalText })).min(1),
  values: z.number().int().positive(),
  fields: fields('actor'),
});
/** Of one escalation where it names its event, else of the whole tenant. */
const LegalHold = {
  ...First,
  ...Keyed,
  hold: Uuid,
  event: Uuid.exactOptional(),
  fields: fields('actor', 'reason').extend({ escalation_id: Sha256Hex.exactOptional() }),
};
const LegalHoldSet = z.strictObject({ kind: z.literal('hold.legal.set'), ...LegalHold });
const LegalHoldLifted = z.strictObject({ kind: z.literal('hold.legal.lifted'), ...LegalHold });

/** The tenant's log as a backup has it. */
const LogThen = z.strictObject({ size: DecimalText, root: Sha256Hex });
const BackupMade = z.strictObject({
  kind: z.literal('backup.made'),
  ...First,
  /** The backup's file. */
  sha256: Sha256Hex,
  log: LogThen,
  fields: fields('actor'),
});
const StoreRestored = z.strictObject({
  kind: z.literal('store.restored'),
  ...First,
  sha256: Sha256Hex,
  log: LogThen,
  /** The head that was known outside the backup, and how the backup's log stands to it. */
  known: LogThen.nullable(),
  agrees: z.enum(['none-known', 'agrees', 'older', 'forked']),
  fields: fields('actor'),
});

/** A public key, or the aid of a baseline, by its fingerprint; the names people gave it are hidden. */
const AboutTrust = {
  ...Keyed,
  entry: Uuid,
  purpose: z.enum([...KEY_PURPOSES, 'pcrs']),
  fingerprint: Sha256Hex,
  valid_from: Instant.nullable(),
  valid_until: Instant.nullable(),
};
const PinnedKind = { kind: z.literal('trust.pinned') };
const Pinned = {
  ...AboutTrust,
  /** How a person made sure of the fingerprint; `made-here`: the desk made the key itself. */
  confirmed: z.enum(['typed', 'compared', 'command', 'made-here']),
  /** The entry that it takes the place of. */
  replaces: Uuid.nullable(),
};
const TrustPinned = z.discriminatedUnion('v', [
  z.strictObject({ ...PinnedKind, ...First, ...Pinned, fields: fields('actor', 'entry', 'source') }),
  z.strictObject({ ...PinnedKind, ...Second, ...Pinned, fields: fields('actor', 'entry', 'source', 'content') }),
]);
const RetiredKind = { kind: z.literal('trust.retired') };
const TrustRetired = z.discriminatedUnion('v', [
  z.strictObject({ ...RetiredKind, ...First, ...AboutTrust, fields: fields('actor') }),
  z.strictObject({ ...RetiredKind, ...Second, ...AboutTrust, fields: fields('actor', 'content') }),
]);
const RevokedKind = { kind: z.literal('trust.revoked') };
const TrustRevoked = z.discriminatedUnion('v', [
  z.strictObject({ ...RevokedKind, ...First, ...AboutTrust, fields: fields('actor', 'reason') }),
  z.strictObject({ ...RevokedKind, ...Second, ...AboutTrust, fields: fields('actor', 'reason', 'content') }),
]);

export const LedgerEvent = z.discriminatedUnion('kind', [
  Recorded,
  Updated,
  Attached,
  ClaimTaken,
  ClaimReleased,
  DecisionRecorded,
  DissentRecorded,
  DecisionCorrected,
  ImportFinished,
  ExportFinished,
  SettingsChanged,
  LogRestored,
  LogAccepted,
  CosignatureAdded,
  ScheduleSet,
  ScheduleRemoved,
  EvidenceRemoved,
  FieldsRemoved,
  LegalHoldSet,
  LegalHoldLifted,
  BackupMade,
  StoreRestored,
  TrustPinned,
  TrustRetired,
  TrustRevoked,
]);
export type LedgerEvent = z.infer<typeof LedgerEvent>;
export type LedgerEventKind = LedgerEvent['kind'];

/** The version that is written of each kind today. */
export const EVENT_VERSIONS = {
  'escalation.recorded': 2,
  'escalation.updated': 2,
  'evidence.attached': 2,
  'claim.taken': 1,
  'claim.released': 1,
  'decision.recorded': 2,
  'dissent.recorded': 2,
  'decision.corrected': 1,
  'import.finished': 1,
  'export.finished': 2,
  'settings.changed': 1,
  'log.restored': 1,
  'log.accepted': 1,
  'cosignature.added': 1,
  'schedule.set': 1,
  'schedule.removed': 1,
  'evidence.removed': 1,
  'fields.removed': 1,
  'hold.legal.set': 1,
  'hold.legal.lifted': 1,
  'backup.made': 1,
  'store.restored': 1,
  'trust.pinned': 2,
  'trust.retired': 2,
  'trust.revoked': 2,
} as const satisfies Record<LedgerEventKind, number>;

/** An event of a kind as it is written today. */
type Written<K extends LedgerEventKind> = Extract<LedgerEvent, { kind: K; v: (typeof EVENT_VERSIONS)[K] }>;

/** What an event says openly, by kind: all but what the log itself adds to it. */
export type Said<K extends LedgerEventKind = LedgerEventKind> = K extends LedgerEventKind
  ? { readonly kind: K } & Readonly<Omit<Written<K>, 'kind' | 'v' | 'seq' | 'at' | 'tenant' | 'fields'>>
  : never;
/** The values behind an event's commitments, by name. */
export type Hidden<K extends LedgerEventKind> = {
  readonly [F in keyof Written<K>['fields']]: unknown;
};
