import type { Draft } from '../../shared/contract/decision.ts';
import type { Judgement, PendingDecision } from '../../shared/contract/escalation.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { OwnKey, StoredTrust } from '../../shared/contract/keys.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { Counts, ListInput, ListSort, QueueRow } from '../../shared/contract/queue.ts';
import type { ScheduledRun, ScheduleOrder } from '../../shared/contract/schedule.ts';
import type { TenantSettings } from '../../shared/contract/settings.ts';
import type { CarriedStatement } from '../../shared/domain/carried-statement.ts';
import type { ErrorCode } from '../../shared/domain/errors.ts';
import type {
  DeadlinePart,
  Dissent,
  Escalation,
  EscalationInFull,
  EscalationKey,
  EvidenceKind,
  EvidenceRole,
  Finding,
  Outcome,
  Request,
  Verdict,
  WireRecord,
} from '../../shared/domain/escalation.ts';
import type { TrustEntry } from '../../shared/domain/trust.ts';
import type { EvidenceReport } from '../../shared/domain/verdict.ts';
import type { NoteSignature } from '../audit/head/note.ts';
import type { Envelope } from '../audit/statement/dsse.ts';

/** A job with what tells its callers apart: which desk runs it, and the input that its key was used with. */
export interface StoredJob {
  readonly job: Job;
  readonly owner: string;
  readonly inputHash: string;
}

/**
 * The coordination store as whole operations: one conformance suite (test/contract/store), two engines. Each write is
 * one transaction that reads its own preconditions and writes record, evidence, decision and ledger event together
 * (I2); it answers only after the commit is durable (I1). Every operation names its tenant and touches no other (I5).
 * Failures are DeskError: STORE_BUSY, STORE_READ_ONLY, STORE_TOO_NEW, and what the operation names.
 */
export interface LedgerStore {
  // ── reading ──────────────────────────────────────────────────────────────────────────────────────────────
  tenants(): Promise<string[]>;
  /** A page of the list with the tenant's counts, from one snapshot (I10). INVALID_INPUT for a cursor of another query. */
  page(query: PageQuery): Promise<StorePage>;
  counts(query: { tenant: string; now: number; by?: string | undefined; dueWithinMs: number }): Promise<Counts>;
  /** All escalations of an id, oldest first; empty when there is none. */
  find(tenant: string, id: string): Promise<{ key: EscalationKey; status: string }[]>;
  /** The escalation with its history and view digest; null when there is none. */
  read(key: EscalationKey, now: number): Promise<StoredEscalation | null>;
  /**
   * Whole escalations in batches for export, in order of recording, each batch from a short snapshot; flat memory. With
   * `statements` each with the one that its decision is signed by.
   */
  exportBatches(query: ExportRange & { statements?: boolean }): AsyncIterable<ExportedEscalation[]>;
  countRange(query: ExportRange): Promise<{ records: number; exact: boolean }>;
  /** Ids of the active escalations in the order of recording (VEX's active list), in batches. */
  activeIds(tenant: string): AsyncIterable<string[]>;
  /** The source's own audit rows of a tenant as they came, byte for byte, in their order, in batches. */
  sourceRows(tenant: string): AsyncIterable<SourceRow[]>;
  /** Exact bytes of one piece of the tenant's evidence; null when the tenant has none of that digest. */
  evidenceBytes(tenant: string, sha256: string): Promise<Uint8Array | null>;
  /** The same of many pieces, in the order of their digests as they are given, some at a time. */
  evidencePieces(tenant: string, sha256s: Iterable<string>): AsyncIterable<EvidencePiece[]>;
  /** Which of the tenant's escalations a loose packet belongs to (docs/guide, "Loose packets"). */
  matchPacket(tenant: string, match: { root: string | null; escalationId: string | null }): Promise<EscalationKey[]>;

  // ── counting ─────────────────────────────────────────────────────────────────────────────────────────────
  /** What a report counts of each decision of a time, in its order, in batches from short snapshots. NOT_FOUND (tenant). */
  decided(query: TimeSpan & { now: number }): AsyncIterable<DecidedRow[]>;
  /** How many are active whose deadline lies in the time; the sum of the steps, each from a short snapshot. NOT_FOUND (tenant). */
  overdue(query: TimeSpan): AsyncIterable<number>;
  /** What an export's preview counts of each record of a range, in batches from short snapshots. NOT_FOUND (tenant). */
  contents(query: ExportRange): AsyncIterable<ContentRow[]>;

  // ── judging: verdicts are derived from bytes and keys, so that they are no events of the log ─────────────────────
  /**
   * Escalations whose judgement is not current, in batches from a cursor: new evidence, other keys, or a lifetime that
   * began or ended by `now`. With `all`, every one that has evidence to verify, too. A batch may name fewer than `limit`,
   * even none; the end is where `next` is null. NOT_FOUND (tenant).
   */
  toJudge(query: ToJudge): Promise<{ keys: EscalationKey[]; next: string | null }>;
  /** How many those are, counted up to 10,000. */
  countToJudge(tenant: string, now: number): Promise<number>;
  /** What an escalation is judged by, with exact bytes; null when there is none such, or its judgement is current and `force` is not set. */
  judgeSubject(key: EscalationKey, now: number, force?: boolean): Promise<JudgeSubject | null>;
  /**
   * Keeps what was found, up to 1,000 in one transaction (LIMIT_EXCEEDED); one whose evidence, request or keys changed
   * since its subject was read is left out. Answers those that were judged before and whose verdict is another now.
   */
  saveJudgements(tenant: string, judgements: readonly NewJudgement[], now: number): Promise<JudgedAnew[]>;

  // ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────
  /** The tenant's trust store, oldest entry first, empty for an unknown tenant; `epoch` is another whenever what evidence is judged by is another. */
  trust(tenant: string): Promise<{ epoch: number; entries: StoredTrust[] }>;
  /**
   * Keeps entries as offered; the same entry twice is one, and one that is pinned already stays so. Makes the tenant
   * where it is new, as pinning and an own key do: keys come before escalations.
   */
  offerTrust(write: Write, offer: { source: string; entries: readonly TrustEntry[] }): Promise<void>;
  /**
   * Pins entries, offered ones too; the same entry pinned already is left as it is. `replaces` is retired in the same
   * transaction. NOT_FOUND where there is no such; CONFLICT for a key or baseline that was revoked here.
   */
  pinTrust(write: Write, pins: readonly NewPin[], replaces?: string): Promise<void>;
  /** NOT_FOUND unless it is offered. */
  dropOffer(write: Write, entryId: string): Promise<void>;
  /** Retires a pinned entry, or revokes its key: then no entry of that key is trusted in the tenant. NOT_FOUND. */
  endTrust(write: Write, end: TrustEnd): Promise<void>;
  /** Every own key of the desk, oldest first, private parts as they lie encrypted. */
  ownKeys(): Promise<StoredOwnKey[]>;
  /**
   * Keeps a new key and pins its public part in the tenant; `replaces` is rotated, and its pin there retired, in the same
   * transaction. ALREADY_EXISTS for a known key, and for a second one in use that is the desk's own; CONFLICT for a
   * revoked one, and where `replaces` is not in use; NOT_FOUND.
   */
  addOwnKey(write: Write, key: StoredOwnKey, replaces?: string): Promise<void>;
  /**
   * Changes how an own key is protected or that it was backed up; with `revoked` its private part is forgotten, and its
   * pins are revoked in every tenant. NOT_FOUND; CONFLICT for one that is revoked.
   */
  updateOwnKey(write: Write, keyId: string, change: OwnKeyChange): Promise<void>;

  // ── the audit log ────────────────────────────────────────────────────────────────────────────────────────
  /** The tenant's uid, and the size and root of its log. NOT_FOUND. */
  logHead(tenant: string): Promise<{ uid: string; size: number; root: Uint8Array }>;
  /** The root over the first `size` events. */
  logRoot(tenant: string, size: number): Promise<Uint8Array>;
  /** A page of the timeline, newest first; `kinds` narrows it by index. */
  logRows(query: { tenant: string; kinds?: readonly string[]; before?: number; limit: number }): Promise<LoggedRow[]>;
  /** null where there is no such event. */
  logEvent(tenant: string, seq: number): Promise<LoggedEvent | null>;
  /** The events from `from` to before `to` in order, all or those of a kind, in batches, each from a short snapshot. */
  logRange(tenant: string, from: number, to: number, kind?: string): AsyncIterable<LogEntry[]>;
  inclusionProof(tenant: string, seq: number, size: number): Promise<Uint8Array[]>;
  consistencyProof(tenant: string, older: number, size: number): Promise<Uint8Array[]>;
  /** The event that recorded (or brought) the escalation's decision; null while there is none. */
  decisionEvent(key: EscalationKey): Promise<number | null>;
  /** Signed heads, newest first. */
  checkpoints(tenant: string, limit: number): Promise<StoredCheckpoint[]>;
  /** Keeps a signed head; one of the same size is replaced by the one with more signatures. */
  saveCheckpoint(tenant: string, checkpoint: StoredCheckpoint): Promise<void>;
  /** As `saveCheckpoint`, once for the caller's key: the head that the first call kept. */
  keepCheckpoint(write: Write, checkpoint: StoredCheckpoint): Promise<StoredCheckpoint>;
  /** Adds lines of witnesses to the signed head of a size, and records those that are new; the head as it is then. NOT_FOUND. */
  addCosignatures(
    write: Write,
    added: { size: number; cosignatures: readonly AddedCosignature[] },
  ): Promise<StoredCheckpoint>;
  /**
   * Recomputes the log from its events and compares it with the tiles, the checkpoints and every table, in short steps;
   * each says how far it is and what it found to differ.
   */
  checkLog(tenant: string): AsyncIterable<{ done: number; total: number; failures: LogFailure[] }>;
  /** Keeps what a verification of the tenant's whole log found; `full`: there may be more than it names. NOT_FOUND (tenant). */
  saveLogVerdict(tenant: string, found: Omit<LogVerdict, 'accepted'>, full: boolean): Promise<void>;
  /** The last one; null while there is none. NOT_FOUND (tenant). */
  logVerdict(tenant: string): Promise<LogVerdict | null>;
  /** Records that a log was accepted which is not the remembered one, or does not hold as it was verified last. */
  acceptLog(write: Write, accepted: AcceptedLog): Promise<void>;

  // ── keeping: what rules remove, what legal holds keep, and copies of the whole ──────────────────────────────
  /** What the rules would remove now, in short steps, each with all that was counted so far. NOT_FOUND (tenant). */
  retentionDue(tenant: string, rules: RetentionRules): AsyncIterable<RetentionTally>;
  /**
   * Removes the next of what is due, in one transaction with the events that say so, after the place where the last step
   * ended; `next` is null at the end. A hold that was set meanwhile is kept to. NOT_FOUND (tenant).
   */
  removeDue(write: Write, step: RemovalStep): Promise<{ removed: RetentionTally; next: string | null }>;
  /**
   * Gives pages that were freed back to the system, some of them in one call; `left` is 0 when all are, and bytes of evidence
   * that were removed are in no part of the store any more. STORE_BUSY while another reads what was.
   */
  reclaim(): Promise<{ left: number }>;
  /**
   * Writes a store of at most `mostBytes` anew (null: of any size), so that all room is given back, and no copy is left of
   * values that were removed from beside the log. Others wait meanwhile. False where it is larger, or that cannot be now.
   */
  compact(mostBytes: number | null): Promise<boolean>;
  /** Legal holds in force, oldest first. NOT_FOUND (tenant). */
  legalHolds(tenant: string): Promise<LegalHold[]>;
  /** Holds one escalation, else the whole tenant; what is held is not removed by any rule. NOT_FOUND. */
  setLegalHold(write: Write, hold: { key: EscalationKey | null; reason: string }): Promise<void>;
  /** NOT_FOUND unless it is in force. */
  liftLegalHold(write: Write, lift: { holdId: string; reason: string }): Promise<void>;
  /**
   * Copies the whole store, as it is at one moment, to a new file: first under another name, and under its own once it is
   * verified and on the disk (S43). Others read and write meanwhile. ALREADY_EXISTS; INTEGRITY_FAILED for a copy that is
   * damaged or whose logs are not those of their tiles; CANCELLED. Nothing is left behind then.
   */
  backUp(target: string, watch: BackupWatch): Promise<BackupFacts>;
  /** Records in the tenant's log that a backup was made. NOT_FOUND (tenant). */
  recordBackup(write: Write, backup: Pick<BackupRecord, 'sha256' | 'log'>): Promise<void>;
  /**
   * What is in a backup, which is verified and never written to or beside; of the tenants whose uids are named also the
   * root of their logs at that size. INTEGRITY_FAILED; INVALID_INPUT for what is no store; STORE_TOO_NEW; CANCELLED.
   */
  readBackup(path: string, watch: BackupWatch, sizes?: ReadonlyMap<string, number>): Promise<BackupFacts>;
  /**
   * Makes a store of a backup at a path where there is none, verified, each tenant's log with the event that says so.
   * ALREADY_EXISTS, and as `readBackup`. Nothing is left behind then.
   */
  restoreBackup(order: RestoreOrder, watch: BackupWatch): Promise<BackupFacts>;

  // ── writing: each with the caller's idempotency key ──────────────────────────────────────────────────────
  /** Up to 1,000 whole records in one transaction; each row answers for itself, none is lost in silence. */
  recordBatch(batch: RecordBatch): Promise<RecordOutcome[]>;
  /** Records one by hand. ALREADY_EXISTS. */
  record(write: Write, row: NewEscalation): Promise<Escalation>;
  /** Takes or renews a claim. NOT_FOUND, CONFLICT (another holds it; expect_version), ALREADY_DECIDED. */
  claim(write: Write, target: Guarded & { untilMs: number }): Promise<Escalation>;
  release(write: Write, target: Guarded): Promise<Escalation>;
  attach(write: Write, target: Guarded & { evidence: NewEvidence[] }): Promise<Escalation>;
  /**
   * Commits a decision. NOT_FOUND; CONFLICT (view no longer current, expect_version, claimed by another); INVALID_INPUT
   * while its packet is still to be sealed; INTEGRITY_FAILED in a log that was found broken, and for a sealed packet that is
   * not the one that was signed;
   * ALREADY_DECIDED: the decision is kept as a dissent in the same transaction (I8).
   */
  decide(write: Write, decision: NewDecision): Promise<Escalation>;
  correct(write: Write, target: Guarded & { reason: string }): Promise<Escalation>;

  /** Stores a decision in its undo hold; preconditions as `decide`. Pending decisions of a dead owner become drafts. */
  hold(write: Write, pending: NewPending): Promise<PendingDecision>;
  /** Takes the hold back and keeps its form as a draft; NOT_FOUND when it was recorded meanwhile. */
  cancelHold(write: Write, pendingId: string, because: Draft['saved_because']): Promise<Draft>;
  pending(tenant: string): Promise<StoredPending[]>;
  readPending(tenant: string, pendingId: string): Promise<StoredPending | null>;
  /** All holds whose owner is not among the living become drafts; answers how many. */
  releaseOrphanedHolds(alive: (owner: string) => boolean, now: number): Promise<number>;

  draft(key: EscalationKey, profileId: string): Promise<Draft | null>;
  saveDraft(write: Write, key: EscalationKey, draft: Draft | null): Promise<void>;

  profiles(): Promise<Profile[]>;
  /** ALREADY_EXISTS for a name that is taken. */
  makeProfile(write: DeskWrite, profile: Profile): Promise<Profile>;
  updateProfile(write: DeskWrite, profile: Profile): Promise<Profile>;
  rolesOf(profileId: string, tenant: string): Promise<readonly ('reviewer' | 'auditor' | 'operator')[]>;

  /** NOT_FOUND for an unknown tenant. */
  settings(tenant: string): Promise<TenantSettings>;
  /**
   * Answers when the deadlines of all that is active follow a new limit. They do so in short steps: meanwhile each
   * escalation has the one limit or the other, everywhere alike, and one that comes has the new. A store that is closed or
   * killed before goes on when it is opened.
   */
  saveSettings(write: Write, settings: TenantSettings): Promise<TenantSettings>;

  // ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────
  /** Stores a job's state (not in the audit log); the last call before a crash is what is found after it. */
  saveJob(stored: StoredJob): Promise<void>;
  job(jobId: string): Promise<StoredJob | null>;
  jobs(kind?: Job['kind']): Promise<Job[]>;
  /** Appends rows to a job's report; refused rows carry their text. */
  addReport(jobId: string, rows: ReportEntry[]): Promise<void>;
  report(query: { jobId: string; severity?: string; after: number; limit: number }): Promise<StoredReportEntry[]>;
  /** Records that an import or export ended, as a ledger event of each tenant that it touched. */
  recordTransfer(write: Write, transfer: TransferEvent): Promise<void>;

  // ── scheduled exports ────────────────────────────────────────────────────────────────────────────────────
  /** The tenant's, oldest first; null: of all tenants. NOT_FOUND (tenant). */
  schedules(tenant: string | null): Promise<StoredSchedule[]>;
  /** Keeps a new one (LIMIT_EXCEEDED beyond 50), or changes one: NOT_FOUND. */
  saveSchedule(write: Write, schedule: StoredSchedule, isNew: boolean): Promise<void>;
  /** NOT_FOUND. */
  removeSchedule(write: Write, scheduleId: string): Promise<void>;
  /** Keeps how far it has come, only where it is still as it was read: false where another was first, or it is gone. */
  moveSchedule(scheduleId: string, from: ScheduleState, to: ScheduleState): Promise<boolean>;

  // ── several processes ────────────────────────────────────────────────────────────────────────────────────
  /** Changes that this or another process committed since `cursor`; `overflow` when they are too many to name. */
  changesSince(cursor: string | null): Promise<{ changes: Change[]; cursor: string; overflow: boolean }>;
  /** True at most when another connection has committed since the last call (SQLite: PRAGMA data_version). Cheap. */
  movedElsewhere(): boolean;
  /** Takes or renews the named lease for `owner`; false while another holds it. */
  lease(name: string, owner: string, now: number, untilMs: number): Promise<boolean>;
  /** How many leases whose name begins with `prefix` have not run out. */
  countLeases(prefix: string, now: number): Promise<number>;
  state(): Promise<StoreState>;
  close(): Promise<void>;
}

/** Who writes, when, and under which key; `inputHash` is the SHA-256 of the call's canonical input. */
export interface Write extends DeskWrite {
  readonly tenant: string;
}
export interface DeskWrite {
  readonly by: string;
  readonly idempotencyKey: string;
  readonly inputHash: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Guarded {
  readonly key: EscalationKey;
  readonly expectVersion?: string;
}

export interface NewEvidence {
  readonly bytes: Uint8Array;
  readonly kind: EvidenceKind;
  readonly role: EvidenceRole;
  /** The packet's root, lower-case hex, where it could be read; lets loose packets find their escalation. */
  readonly root?: string;
  /** What it was judged as, where that was done before it was stored (a resolution's packet). */
  readonly report?: EvidenceReport;
  /** The epoch of the keys that `report` rests on (`trust`); another one today, and it does not count. */
  readonly reportEpoch?: number;
}

export interface ToJudge {
  readonly tenant: string;
  readonly now: number;
  readonly all: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** `mark` names the state of evidence and request that the subject shows. A source row is there without its bytes. */
export interface JudgeSubject {
  readonly key: EscalationKey;
  readonly request: Request | null;
  readonly pieces: readonly {
    readonly sha256: string;
    readonly kind: EvidenceKind;
    readonly role: EvidenceRole;
    readonly bytes: Uint8Array;
  }[];
  readonly mark: string;
  readonly epoch: number;
}

export interface NewJudgement {
  readonly key: EscalationKey;
  readonly mark: string;
  readonly epoch: number;
  /** In the order of the subject's pieces; null for a source row. */
  readonly reports: readonly (EvidenceReport | null)[];
  readonly verdict: Verdict;
  readonly detail: string;
  /** Members of the request that are signed, and what is odd about it beside the packet. */
  readonly signed: readonly string[];
  readonly findings: readonly Finding[];
  /** Epoch milliseconds until which it holds: a token's lifetime begins or ends then; null: for good. */
  readonly holdsUntilMs: number | null;
}

export interface JudgedAnew {
  readonly key: EscalationKey;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly detail: string;
}

export interface NewPin {
  readonly source: string;
  readonly entry: TrustEntry;
  readonly confirmed: 'typed' | 'compared' | 'command' | 'made-here';
}

export type TrustEnd =
  | { readonly entryId: string; readonly status: 'retired'; readonly validUntil: string }
  | { readonly entryId: string; readonly status: 'revoked'; readonly reason: string };

/** An own key as it lies in the store; `sealed` is its private part, encrypted, null once it is revoked. */
export interface StoredOwnKey
  extends Pick<
    OwnKey,
    | 'key_id'
    | 'profile_id'
    | 'name'
    | 'purpose'
    | 'public_hex'
    | 'status'
    | 'protection'
    | 'made_at'
    | 'ended_at'
    | 'reason'
    | 'backed_up_at'
  > {
  readonly sealed: Uint8Array | null;
}
export interface OwnKeyChange {
  readonly sealed?: Uint8Array;
  readonly protection?: OwnKey['protection'];
  readonly backedUpAt?: string;
  readonly revoked?: { readonly reason: string };
}

/** A decision that a record brought along: from upstream, or of a desk whose lossless export is read again. */
export interface UpstreamDecision {
  readonly outcome: Outcome;
  readonly decidedAt: string;
  readonly reason?: string;
  readonly vepHash?: string;
  /** Of a desk's own export only, so that jsonl stays exact; left out: `upstream`, and nothing of the rest. */
  readonly source?: 'desk' | 'upstream';
  readonly reviewer?: string;
  readonly reasonCode?: string;
  readonly sealed?: boolean;
  readonly signed?: boolean;
  readonly overrides?: readonly string[];
  readonly acceptedUnchecked?: readonly string[];
  /** The statement that it is signed by, which was checked; kept with it. */
  readonly statement?: CarriedStatement;
}

export interface NewEscalation {
  readonly record: WireRecord;
  readonly request: Request | null;
  /** From the token and the agent; the tenant's own limit (sla) is the store's to add. */
  readonly deadlines: readonly DeadlinePart[];
  readonly decision: UpstreamDecision | null;
  readonly evidence: readonly NewEvidence[];
  readonly findings: readonly Finding[];
  /** Of a desk's own export: the dissents that it names, and whether the deadline was past when it was first recorded. */
  readonly dissents?: readonly Dissent[];
  readonly pastOnArrival?: boolean;
  /** Source_capsule_root of the record's token, for loose packets. */
  readonly tokenRoot?: string;
  /** Position in the source's active list; orders what one batch brings and what is exported again. */
  readonly listPosition?: number;
}

export interface RecordBatch extends Write {
  readonly rows: readonly NewEscalation[];
  /** The source's own audit rows, kept byte for byte (a newer value of a known key replaces the older). */
  readonly sourceRows: readonly SourceRow[];
  /** Packets that belong to no escalation (NO_ESCALATION, AMBIGUOUS_ESCALATION): kept, listed. */
  readonly unattached: readonly NewEvidence[];
  readonly jobId: string | null;
  /** Nothing is written; outcomes are what they would be. */
  readonly dryRun: boolean;
}

/** A piece of a tenant's own evidence; null: it has none of that digest, or its bytes were removed. */
export interface EvidencePiece {
  readonly sha256: string;
  readonly bytes: Uint8Array | null;
}

export interface SourceRow {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly createdAt: bigint | null;
  readonly updatedAt: bigint | null;
}

/** `newEvidence` counts the packets (VEP, capsule) that are new to the escalation; a source row or token is none. */
export type RecordOutcome =
  | { readonly result: 'imported' | 'updated' | 'unchanged'; readonly idReused: boolean; readonly newEvidence: number }
  /** Decided on both sides differently: kept as a dissent and shown (I8). */
  | { readonly result: 'conflict'; readonly idReused: boolean; readonly newEvidence: number };

export interface NewDecision extends Guarded {
  readonly viewSha256: string;
  readonly outcome: Exclude<Outcome, 'unknown'>;
  readonly reason: string;
  readonly reasonCode: string;
  readonly reviewer: string;
  /** Of an approval: both are there (I4); of one that is to be sealed, from the commit on. */
  readonly resolution: {
    readonly eventId: string;
    readonly vepHash: string;
    readonly packet: NewEvidence | null;
  } | null;
  /** The packet is to be built and signed when the decision is committed; only a hold may hold such an order. */
  readonly seal: SealOrder | null;
  /** The packet that the desk built and signed: of an approval also its resolution's. */
  readonly sealed: { readonly packet: NewEvidence; readonly vepSha256: string; readonly key: string } | null;
  readonly overrides: readonly string[];
  readonly acceptedUnchecked: readonly string[] | null;
  /** Those of them that nobody named: the tenant waived them when the decision was made. A hold keeps them apart. */
  readonly waived?: readonly string[];
  /** The signed statement, from the commit on; null while it waits. */
  readonly statement: SignedStatement | null;
  /** What the window said of how the view was read. */
  readonly seen: SeenView | null;
  readonly pendingId?: string;
}

/**
 * A decision's statement as it stands in the leaf. `salts` are those of the commitments that it names, by the field's
 * name in the event: the leaf must have the same.
 */
export interface SignedStatement {
  readonly envelope: Envelope;
  readonly signedBy: 'reviewer' | 'desk';
  readonly salts: Readonly<Record<string, Uint8Array>>;
}
export interface SeenView {
  readonly shown_at: string;
  readonly opened: readonly { readonly sha256: string; readonly ms: number }[];
}

/** One event of the log as the timeline shows it. */
export interface LoggedRow {
  readonly seq: number;
  readonly leaf: Uint8Array;
  readonly leafSha256: Uint8Array;
  /** What stands beside the log of it; null: removed, or it names none. */
  readonly escalationId: string | null;
  readonly actor: string | null;
}
/** One event with what is kept of its fields, as a range of the log gives it. */
export interface LogEntry {
  readonly seq: number;
  readonly leaf: Uint8Array;
  readonly leafSha256: Uint8Array;
  readonly fields: readonly { readonly name: string; readonly salt: Uint8Array; readonly value: Uint8Array }[];
  /** The escalation that it is about; null where it is about none. */
  readonly key: EscalationKey | null;
}
/** One event whole; of a field that was removed the value is null. */
export interface LoggedEvent extends LoggedRow {
  readonly fields: readonly {
    readonly name: string;
    readonly salt: Uint8Array | null;
    readonly value: Uint8Array | null;
  }[];
  readonly key: EscalationKey | null;
}
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  /** The signed note. */
  readonly note: string;
  readonly madeAt: string;
}
/** A witness's line on a signed head, which holds. */
export interface AddedCosignature {
  readonly line: NoteSignature;
  /** The name that the witness was pinned under, and the fingerprint of its key. */
  readonly name: string;
  readonly key: string;
  readonly at: string;
}
/**
 * What a verification of a tenant's whole log found. While it names failures and nobody has accepted them, decide, correct
 * and saveCheckpoint are INTEGRITY_FAILED.
 */
export interface LogVerdict {
  readonly at: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly root: string;
  readonly failures: readonly LogFailure[];
  /** The event by which a person accepted them; null: nobody has. */
  readonly accepted: string | null;
}
export interface AcceptedLog {
  readonly reason: string;
  /** The head that the log does not follow on; null where it does. */
  readonly remembered: { readonly size: number; readonly root: string } | null;
}
/** `place`: `event 131`, `decisions of event 99ec…`, `tile 0/3`, `checkpoint 277`. */
export interface LogFailure {
  readonly place: string;
  readonly code: string;
  readonly detail: string;
}

/** So many whole days are kept; what is older than `beforeMs`, epoch milliseconds, may go. */
export interface RetentionRule {
  readonly days: number;
  readonly beforeMs: number;
}
/** null: that is kept. */
export interface RetentionRules {
  /** Of bytes of packets, capsules and tokens of decided escalations. */
  readonly evidence: RetentionRule | null;
  /** Of what is kept beside the log. */
  readonly fields: RetentionRule | null;
}
export interface RetentionTally {
  readonly escalations: number;
  readonly pieces: number;
  /** Bytes that nothing needs any more; what another escalation has too stays. */
  readonly bytes: number;
  /** Events that lose their values, and how many those are. */
  readonly events: number;
  readonly values: number;
  /** Escalations that would have been due, and are held. */
  readonly held: number;
}
export interface RemovalStep {
  readonly jobId: string;
  readonly rules: RetentionRules;
  /** What the step before answered; null for the first. */
  readonly after: string | null;
}
export interface LegalHold {
  readonly hold_id: string;
  /** null: the whole tenant. */
  readonly key: EscalationKey | null;
  readonly set_at: string;
  /** null: removed from beside the log. */
  readonly reason: string | null;
  readonly by: string | null;
}
export interface BackupWatch {
  /** Parts of the work done, of how many. */
  progress(done: number, total: number): void;
  readonly signal: AbortSignal;
}
export interface BackupFacts {
  /** Of the backup's file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly tenants: readonly BackedUpTenant[];
}
/** A tenant as it is in a backup. */
export interface BackedUpTenant extends BackedUpLog {
  readonly tenant: string;
  readonly uid: string;
  readonly counts: { readonly active: number; readonly resolved: number; readonly expired: number };
  /** When its newest event was recorded; null while it has none. */
  readonly newest: string | null;
  /** The root at the size that was asked for; null where none was, or the log is shorter. */
  readonly rootAt: Uint8Array | null;
}
export interface BackedUpLog {
  readonly size: number;
  readonly root: Uint8Array;
}
/** The head that is known outside of a backup, and how the backup's log stands to it. */
export interface KnownHead {
  readonly known: { readonly size: number; readonly root: string } | null;
  readonly agrees: 'none-known' | 'agrees' | 'older' | 'forked';
}
export interface BackupRecord extends KnownHead {
  readonly sha256: string;
  readonly log: BackedUpLog;
}
export interface RestoreOrder {
  readonly backup: string;
  readonly target: string;
  /** Which of the backup's profiles restores; what it throws ends the restore. */
  by(profiles: readonly Profile[]): string;
  readonly now: number;
  /** What is known of a log outside of the backup; `rootAt` answers the backup's root at a size that it has. */
  known(tenant: BackedUpTenant, rootAt: (size: number) => Promise<Uint8Array>): Promise<KnownHead>;
  /**
   * A person's reason to accept each log that does not go on from what is known of it, and who is told of the head of one that
   * was accepted, all its events in it; left out: nobody accepts one yet.
   */
  readonly accept?: { readonly reason: string; told(tenant: BackedUpTenant, head: BackedUpLog): void };
}

/** `eventId`: of an approval, the resolution's event. */
export interface SealOrder {
  readonly keyId: string;
  readonly eventId: string | null;
}

export interface NewPending {
  readonly pendingId: string;
  readonly owner: string;
  readonly dueAtMs: number;
  readonly decision: NewDecision;
  readonly draft: Draft;
}
export interface StoredPending extends PendingDecision {
  readonly owner: string;
  readonly decision: NewDecision;
}

export interface PageQuery extends ListInput {
  readonly now: number;
  /** The tenant's warning time: what `due` means. */
  readonly dueWithinMs: number;
  /** A page while searching stops after this long and answers a cursor; on the store's monotonic clock. */
  readonly searchBudgetMs: number;
}
export interface StorePage {
  readonly rows: QueueRow[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  readonly counts: Counts;
  readonly total: { n: number; exact: boolean };
  /** While searching: how many hits were looked at. */
  readonly lookedAt: number;
  /** The order of the rows; while searching `newest` (recorded first) where another was asked for among too many hits. */
  readonly sortedBy: ListSort;
}

export interface StoredEscalation {
  readonly escalation: EscalationInFull;
  /** The view as JCS bytes (RFC 8785); their SHA-256 is `escalation.view_sha256`. */
  readonly view: Uint8Array;
  readonly claimedBy: string | null;
  readonly judgement: Judgement;
  /** Of each piece in the order of the evidence; null for a source row and for what is not judged with the present keys. */
  readonly reports: readonly (EvidenceReport | null)[];
  /** That its decision was imported with; null for one that was decided here. */
  readonly statement: CarriedStatement | null;
}

/** A time of a tenant in epoch milliseconds, without its end. */
export interface TimeSpan {
  readonly tenant: string;
  readonly fromMs: number;
  readonly toMs: number;
}
/** A decision as a report counts it. */
export interface DecidedRow {
  readonly decidedMs: number;
  /** When it was asked for; null where it came decided. */
  readonly escalatedMs: number | null;
  /** null: it had none. */
  readonly deadlineMs: number | null;
  readonly outcome: Outcome;
  readonly reviewer: string | null;
  readonly reasonCode: string | null;
  readonly overrides: readonly string[];
  readonly acceptedUnchecked: readonly string[];
  /** Of its packets, by today's keys; null: it has none. */
  readonly verdict: Verdict | null;
}

export interface ExportRange {
  readonly tenant: string;
  readonly status: 'active' | 'resolved' | 'expired' | 'all';
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
  readonly now: number;
}
/** A record as the preview of an export counts it. */
export interface ContentRow {
  /** As it was decided here; `came`: it came decided; null: it is open. */
  readonly outcome: Outcome | 'came' | null;
  /** Of its packets, by today's keys; null: it has none. */
  readonly verdict: Verdict | null;
  /** Of the log, about it. */
  readonly events: number;
  /** Its pieces whose bytes are kept; those of one `blob` have the same bytes. */
  readonly evidence: readonly { readonly blob: number; readonly bytes: number }[];
}
export interface ExportedEscalation {
  readonly escalation: Escalation;
  /** null: it has none, its salts were removed from beside the log, or it was not asked for. */
  readonly statement: CarriedStatement | null;
  /** Token roots and the like are derived again on import; evidence bytes are fetched by digest while writing. */
  readonly listPosition: number;
}

export interface ReportEntry {
  readonly source: string;
  readonly locator: string;
  readonly escalationId?: string;
  readonly severity: 'refused' | 'finding' | 'info';
  readonly code: string;
  readonly message: string;
  readonly text: string | null;
}
export interface StoredReportEntry extends ReportEntry {
  readonly n: number;
}

export interface TransferEvent {
  readonly kind: 'import' | 'export';
  readonly jobId: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Of an export: the digests of its file and of its manifest, where it has one. */
  readonly sha256?: string;
  readonly manifestSha256?: string;
}

/** A scheduled export as it was ordered; `folder` is a path. */
export interface ScheduleBody extends ScheduleOrder {
  readonly folder: string;
  readonly by: string;
  readonly madeAt: string;
}
export interface StoredSchedule extends ScheduleBody {
  readonly scheduleId: string;
  readonly tenant: string;
  readonly state: ScheduleState;
}
export interface ScheduleState {
  /** The day before which all is in its files, by the clocks of its zone. */
  readonly coveredUntil: string;
  /** The turn at work: its job, the day before which it covers all, and how many turns it makes up for. */
  readonly running: { readonly jobId: string; readonly until: string; readonly madeUp: number } | null;
  readonly last: ScheduledRun | null;
  /** When the last try failed, epoch milliseconds; null: it did not. */
  readonly failedAtMs: number | null;
  /** The files that are kept in number, oldest first. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** Of bundles: the checkpoint of the last one, a signed note, from which the next one proves that the log goes on. */
  readonly head?: string;
}

export interface Change {
  readonly tenant: string | null;
  readonly topic: 'queue' | 'escalation' | 'job' | 'profile' | 'settings' | 'hold' | 'keys';
  readonly key?: { id: string; event: string };
}

export interface StoreState {
  readonly place: string;
  readonly readOnly: { code: ErrorCode; reason: string } | null;
  readonly lastDurableWrite: number | null;
}
