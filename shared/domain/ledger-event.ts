import { z } from 'zod';
import { DecimalText, EvidenceRole, Instant, Outcome, ReasonCode, Sha256Hex, Status, Uuid } from './escalation.ts';
import { KEY_PURPOSES } from './verdict.ts';

/**
 * The closed list of ledger events (docs/formats/ledger-events.md): what a leaf of a tenant's log says, as RFC 8785
 * bytes. No leaf holds free text or personal data. What is such, ids of escalations too, stands in `fields` as
 * SHA-256(0x02 ‖ 32 random bytes ‖ JCS(value)); value and salt lie beside the log and may go while the log still proves.
 */
const fields = <K extends string>(...names: readonly K[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, Sha256Hex])) as Record<K, typeof Sha256Hex>);

const Every = {
  v: z.literal(1),
  seq: DecimalText,
  at: Instant,
  /** The tenant's random uid. */
  tenant: Uuid,
};
/** The caller's idempotency key, of what must never be done twice. */
const Keyed = { idempotency_key: Uuid };
const CheckName = z.string().regex(/^[a-z0-9_.-]{1,64}$/);
const AboutEscalation = { event: Uuid, fields: fields('actor', 'escalation_id') };
const Given = {
  status: Status,
  timestamp: Instant,
  /** Of a record that came decided. */
  outcome: Outcome.nullable(),
  evidence: z.array(Sha256Hex),
};

const Recorded = z.strictObject({
  kind: z.literal('escalation.recorded'),
  ...Every,
  ...AboutEscalation,
  ...Given,
  ...Keyed,
});
const Updated = z.strictObject({
  kind: z.literal('escalation.updated'),
  ...Every,
  ...AboutEscalation,
  ...Given,
  ...Keyed,
});
const Attached = z.strictObject({
  kind: z.literal('evidence.attached'),
  ...Every,
  ...AboutEscalation,
  ...Keyed,
  evidence: z.array(z.strictObject({ sha256: Sha256Hex, role: EvidenceRole })),
});
const ClaimTaken = z.strictObject({ kind: z.literal('claim.taken'), ...Every, ...AboutEscalation, until: Instant });
const ClaimReleased = z.strictObject({ kind: z.literal('claim.released'), ...Every, ...AboutEscalation });
const DecisionRecorded = z.strictObject({
  kind: z.literal('decision.recorded'),
  ...Every,
  ...Keyed,
  event: Uuid,
  outcome: Outcome,
  reason_code: ReasonCode,
  /** The view that the reviewer saw (I9). */
  view_sha256: Sha256Hex,
  /** No reviewer's key signed it. */
  unsigned: z.literal(true),
  resolution: z.strictObject({ event_id: Uuid, vep_hash: Sha256Hex }).nullable(),
  overrides: z.array(CheckName),
  accepted_unchecked: z.array(CheckName),
  evidence: z.array(Sha256Hex),
  /** The packet that the desk built, and the fingerprint of the key that signed it; null for none. Desks before seals left it out. */
  sealed: z.strictObject({ vep_sha256: Sha256Hex, key: Sha256Hex }).nullable().optional(),
  fields: fields('actor', 'escalation_id', 'reason', 'reviewer'),
});
const DissentRecorded = z.strictObject({
  kind: z.literal('dissent.recorded'),
  ...Every,
  ...Keyed,
  event: Uuid,
  outcome: Outcome,
  source: z.enum(['desk', 'upstream']),
  fields: fields('actor', 'escalation_id', 'dissent'),
});
const DecisionCorrected = z.strictObject({
  kind: z.literal('decision.corrected'),
  ...Every,
  ...Keyed,
  event: Uuid,
  /** The event that recorded or brought the decision. */
  corrects: z.strictObject({ seq: DecimalText, leaf_sha256: Sha256Hex }),
  fields: fields('actor', 'escalation_id', 'reason'),
});
const Transferred = { ...Every, job: Uuid, counts: z.record(z.string(), z.number().int()), fields: fields('actor') };
const ImportFinished = z.strictObject({ kind: z.literal('import.finished'), ...Transferred });
const ExportFinished = z.strictObject({
  kind: z.literal('export.finished'),
  ...Transferred,
  sha256: Sha256Hex.nullable(),
});
const SettingsChanged = z.strictObject({
  kind: z.literal('settings.changed'),
  ...Every,
  changed: z.array(z.string().regex(/^[a-z_]{1,64}$/)),
  fields: fields('actor', 'settings'),
});

/** A public key, or the aid of a baseline, by its fingerprint; the names people gave it are hidden. */
const AboutTrust = {
  entry: Uuid,
  purpose: z.enum([...KEY_PURPOSES, 'pcrs']),
  fingerprint: Sha256Hex,
  valid_from: Instant.nullable(),
  valid_until: Instant.nullable(),
};
const TrustPinned = z.strictObject({
  kind: z.literal('trust.pinned'),
  ...Every,
  ...Keyed,
  ...AboutTrust,
  /** How a person made sure of the fingerprint; `made-here`: the desk made the key itself. */
  confirmed: z.enum(['typed', 'compared', 'command', 'made-here']),
  /** The entry that it takes the place of. */
  replaces: Uuid.nullable(),
  fields: fields('actor', 'entry', 'source'),
});
const TrustRetired = z.strictObject({
  kind: z.literal('trust.retired'),
  ...Every,
  ...Keyed,
  ...AboutTrust,
  fields: fields('actor'),
});
const TrustRevoked = z.strictObject({
  kind: z.literal('trust.revoked'),
  ...Every,
  ...Keyed,
  ...AboutTrust,
  fields: fields('actor', 'reason'),
});

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
  TrustPinned,
  TrustRetired,
  TrustRevoked,
]);
export type LedgerEvent = z.infer<typeof LedgerEvent>;
export type LedgerEventKind = LedgerEvent['kind'];

/** What an event says openly, by kind: all but what the log itself adds to it. */
export type Said<K extends LedgerEventKind = LedgerEventKind> = K extends LedgerEventKind
  ? { readonly kind: K } & Readonly<
      Omit<Extract<LedgerEvent, { kind: K }>, 'kind' | 'v' | 'seq' | 'at' | 'tenant' | 'fields'>
    >
  : never;
/** The values behind an event's commitments, by name. */
export type Hidden<K extends LedgerEventKind> = Readonly<
  Record<keyof Extract<LedgerEvent, { kind: K }>['fields'], unknown>
>;
