import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RetentionRule, RetentionRules, RetentionTally } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { requireTenant } from '../tenant/tenants.ts';
import { type CandidatePlace, candidatesAfter, duePieces, eventsFrom, LOOKED_AT, standingOf, usersOf } from './due.ts';
import { FIRST_PLACE } from './place.ts';
import { dueEvents, heldTally, NOTHING, plus } from './remove.ts';

/** LedgerStore.retentionDue. Others read and write between the steps. */
export async function* retentionDue(
  engine: Engine,
  tenant: string,
  rules: RetentionRules,
): AsyncGenerator<RetentionTally> {
  engine.read((db) => requireTenant(db, tenant));
  let tally = NOTHING;
  for await (const found of allDue(engine, tenant, rules)) {
    tally = plus(tally, found);
    yield tally;
  }
}

async function* allDue(
  engine: Engine,
  tenant: string,
  { evidence, fields }: RetentionRules,
): AsyncGenerator<RetentionTally> {
  if (evidence !== null) yield* evidenceDue(engine, tenant, evidence);
  if (fields !== null) yield* fieldsDue(engine, tenant, fields);
}

async function* evidenceDue(engine: Engine, tenant: string, rule: RetentionRule): AsyncGenerator<RetentionTally> {
  const shared = new SharedBytes();
  let place: CandidatePlace | null = { key: FIRST_PLACE.key, escalationId: FIRST_PLACE.n };
  while (place !== null) {
    const from: CandidatePlace = place;
    const { tally, next } = engine.read((db) => evidenceStep(db, { tenant, rule, from, shared }));
    yield tally;
    place = next;
    await nextTurn();
  }
}

interface Step {
  readonly tenant: string;
  readonly rule: RetentionRule;
  readonly from: CandidatePlace;
  readonly shared: SharedBytes;
}

function evidenceStep(
  db: Reader,
  { tenant, rule, from, shared }: Step,
): { tally: RetentionTally; next: CandidatePlace | null } {
  const candidates = candidatesAfter(db, requireTenant(db, tenant).tenantId, rule, from);
  let tally = NOTHING;
  for (const { escalation_id } of candidates.filter(({ has_bytes }) => has_bytes === 1)) {
    const standing = standingOf(db, escalation_id, rule);
    if (standing !== 'due') {
      tally = plus(tally, heldTally(standing));
      continue;
    }
    const pieces = duePieces(db, escalation_id);
    const bytes = pieces.reduce((sum, { blob_id, size }) => sum + shared.freed(db, blob_id, size), 0);
    tally = plus(tally, { ...NOTHING, escalations: 1, pieces: pieces.length, bytes });
  }
  const last = candidates.at(-1);
  const more = last !== undefined && candidates.length === LOOKED_AT;
  return { tally, next: more ? { key: last.decided_key, escalationId: last.escalation_id } : null };
}

/** Bytes that several pieces have go with the last of them. Memory: one entry for each such piece of bytes. */
class SharedBytes {
  readonly #left = new Map<number, number>();

  freed(db: Reader, blobId: number, size: number): number {
    const left = (this.#left.get(blobId) ?? usersOf(db, blobId)) - 1;
    if (left > 0) this.#left.set(blobId, left);
    else this.#left.delete(blobId);
    return left > 0 ? 0 : size;
  }
}

async function* fieldsDue(engine: Engine, tenant: string, rule: RetentionRule): AsyncGenerator<RetentionTally> {
  for (let from: number | null = 0; from !== null; ) {
    const at: number = from;
    const { tally, next } = engine.read((db) => fieldsStep(db, tenant, rule, at));
    yield tally;
    from = next;
    await nextTurn();
  }
}

function fieldsStep(
  db: Reader,
  tenant: string,
  rule: RetentionRule,
  from: number,
): { tally: RetentionTally; next: number | null } {
  const events = eventsFrom(db, requireTenant(db, tenant).tenantId, from);
  const isDue = dueEvents(db, rule);
  const due = events.filter((event) => isDue(event) === 'due');
  const values = due.reduce((sum, { fields }) => sum + fields, 0);
  const last = events.at(-1);
  const next = last === undefined || events.length < LOOKED_AT ? null : last.seq + 1;
  return { tally: { ...NOTHING, events: due.length, values }, next };
}
