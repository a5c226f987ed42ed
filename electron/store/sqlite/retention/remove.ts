import { instantText } from '../../../../shared/domain/clock.ts';
import type { RemovalStep, RetentionRule, RetentionTally, Write } from '../../ledger-store.ts';
import { emptyBlob } from '../base/blobs.ts';
import { hex, text, uuidText } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { settled } from '../escalation/judgement.ts';
import { once } from '../tenant/once.ts';
import type { TenantWrite } from '../tenant/tenant-write.ts';
import {
  type Candidate,
  candidatesAfter,
  type DuePiece,
  duePieces,
  eventsFrom,
  type KeptEvent,
  LOOKED_AT,
  type Standing,
  standingOf,
  usersOf,
} from './due.ts';
import { isTenantHeld } from './legal-holds.ts';
import { FIRST_PLACE, nextPlace, placeText, readPlace } from './place.ts';

/** One transaction removes no more than this: what it zeroes goes through the -wal, and other writers wait for it. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_ESCALATIONS = 100;

export const NOTHING: RetentionTally = { escalations: 0, pieces: 0, bytes: 0, events: 0, values: 0, held: 0 };

/** A rule, and the job that acts by it. */
interface Acting {
  readonly tx: TenantWrite;
  readonly rule: RetentionRule;
  readonly job: string;
}
interface Done {
  readonly removed: RetentionTally;
  readonly next: string | null;
}

/** LedgerStore.removeDue. */
export function removeDue(engine: Engine, write: Write, { jobId: job, rules, after }: RemovalStep): Done {
  return once(engine, write, {}, (tx) => {
    if (isTenantHeld(tx.db, tx.tenant.tenantId)) return { removed: NOTHING, next: null };
    const place = nextPlace(after === null ? FIRST_PLACE : readPlace(after), rules);
    if (place === null) return { removed: NOTHING, next: null };
    if (place.part === 'evidence' && rules.evidence !== null)
      return removeEvidence({ tx, rule: rules.evidence, job }, place.key, place.n);
    if (rules.fields !== null) return removeFields({ tx, rule: rules.fields, job }, place.n);
    return { removed: NOTHING, next: null };
  });
}

function removeEvidence(acting: Acting, key: string, escalationId: number): Done {
  const { tx, rule } = acting;
  const candidates = candidatesAfter(tx.db, tx.tenant.tenantId, rule, { key, escalationId });
  let tally = NOTHING;
  for (const candidate of candidates) {
    if (candidate.has_bytes === 1) tally = plus(tally, removeOf(acting, candidate));
    if (tally.bytes >= MOST_BYTES || tally.escalations >= MOST_ESCALATIONS)
      return { removed: tally, next: evidencePlace(candidate) };
  }
  const last = candidates.at(-1);
  const more = last !== undefined && candidates.length === LOOKED_AT;
  return { removed: tally, next: more ? evidencePlace(last) : placeText({ part: 'fields', key: '', n: 0 }) };
}

function evidencePlace({ decided_key: key, escalation_id: n }: Candidate): string {
  return placeText({ part: 'evidence', key, n });
}

function removeOf({ tx, rule, job }: Acting, candidate: Candidate): RetentionTally {
  const { escalation_id: escalationId } = candidate;
  const standing = standingOf(tx.db, escalationId, rule);
  if (standing !== 'due') return heldTally(standing);
  const pieces = duePieces(tx.db, escalationId);
  const bytes = pieces.reduce((sum, piece) => sum + removePiece(tx, piece), 0);
  tx.db.run(settle, { escalationId, judged: settled(candidate.judged) });
  tx.log(
    {
      kind: 'evidence.removed',
      event: uuidText(candidate.event),
      job,
      rule: said(rule),
      evidence: pieces.map(({ sha256, role, size }) => ({
        sha256: hex(sha256),
        role: role as 'escalation' | 'resolution',
        bytes: size,
      })),
    },
    { escalation_id: text(candidate.id) },
    escalationId,
  );
  tx.changed(escalationId);
  return { ...NOTHING, escalations: 1, pieces: pieces.length, bytes };
}

/** How many bytes went with it: none while another piece has them still. */
function removePiece(tx: TenantWrite, { evidence_id: evidenceId, blob_id: blobId, size }: DuePiece): number {
  tx.db.run(markRemoved, { evidenceId, removedMs: tx.write.now });
  if (usersOf(tx.db, blobId) > 0) return 0;
  emptyBlob(tx.db, blobId);
  return size;
}

function removeFields({ tx, rule, job }: Acting, from: number): Done {
  const { tenantId, logSize } = tx.tenant;
  // Only what was there when the step began: the event that tells of this step has values, too.
  const events = eventsFrom(tx.db, tenantId, from).filter(({ seq }) => seq < logSize);
  const isDue = dueEvents(tx.db, rule);
  const due = events.filter((event) => isDue(event) === 'due');
  for (const { event_id: eventId } of due) tx.db.run(dropFields, { eventId });
  const values = due.reduce((sum, { fields }) => sum + fields, 0);
  if (due.length > 0) tx.log({ kind: 'fields.removed', job, rule: said(rule), events: runsOf(due), values }, {}, null);
  for (const { escalation_id } of due) if (escalation_id !== null) tx.changed(escalation_id);
  const last = events.at(-1);
  const next = last === undefined || events.length < LOOKED_AT ? null : last.seq + 1;
  return {
    removed: { ...NOTHING, events: due.length, values },
    next: next === null ? null : placeText({ part: 'fields', key: '', n: next }),
  };
}

/** How an event with values beside it stands to the rule: by its own time, and by its escalation where it has one. */
export function dueEvents(db: Reader, rule: RetentionRule): (event: KeptEvent) => Standing {
  const known = new Map<number, Standing>();
  return ({ fields, at, escalation_id: id }) => {
    if (fields === 0 || Date.parse(at) >= rule.beforeMs) return 'kept';
    if (id === null) return 'due';
    const standing = known.get(id) ?? standingOf(db, id, rule);
    known.set(id, standing);
    return standing;
  };
}

export function heldTally(standing: Standing): RetentionTally {
  return standing === 'held' ? { ...NOTHING, held: 1 } : NOTHING;
}

export function plus(a: RetentionTally, b: RetentionTally): RetentionTally {
  return {
    escalations: a.escalations + b.escalations,
    pieces: a.pieces + b.pieces,
    bytes: a.bytes + b.bytes,
    events: a.events + b.events,
    values: a.values + b.values,
    held: a.held + b.held,
  };
}

function said({ days, beforeMs }: RetentionRule) {
  return { days, before: instantText(beforeMs) };
}

/** Runs of numbers that follow on one another. */
function runsOf(events: readonly KeptEvent[]): { from: string; to: string }[] {
  const runs: { from: number; to: number }[] = [];
  for (const { seq } of events) {
    const last = runs.at(-1);
    if (last?.to === seq - 1) last.to = seq;
    else runs.push({ from: seq, to: seq });
  }
  return runs.map(({ from, to }) => ({ from: String(from), to: String(to) }));
}

const markRemoved = statement<{ evidenceId: number; removedMs: number }>()((arg) =>
  queries.updateTable('evidence').set({ removed_ms: arg.removedMs }).where('evidence_id', '=', arg.evidenceId),
);
const settle = statement<{ escalationId: number; judged: number }>()((arg) =>
  queries
    .updateTable('escalations')
    .set((eb) => ({ judged: arg.judged, judged_until_ms: null, version: eb('version', '+', 1) }))
    .where('escalation_id', '=', arg.escalationId),
);
const dropFields = statement<{ eventId: number }>()((arg) =>
  queries.deleteFrom('event_fields').where('event_id', '=', arg.eventId),
);
