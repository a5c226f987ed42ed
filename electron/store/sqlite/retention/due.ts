import { sql } from 'kysely';
import { instantText } from '../../../../shared/domain/clock.ts';
import type { RetentionRule } from '../../ledger-store.ts';
import type { Reader } from '../base/connection.ts';
import { queries, statement } from '../base/statement.ts';
import { keyOf } from '../escalation/insert-escalation.ts';
import { isHeld } from './legal-holds.ts';

/** What a rule is about: packets, capsules and tokens. A source's row is the record's own text and goes with it. */
const OF_RECORD = 'source-row';
/** Rows that are looked at in one step. */
export const LOOKED_AT = 500;
/** Events that begin no new period: they say what the keeping itself did. */
const IS_OF_KEEPING = sql<boolean>`kind IN ('evidence.removed', 'fields.removed', 'hold.legal.set', 'hold.legal.lifted')`;

/** How an escalation stands to a rule. */
export type Standing = 'due' | 'held' | 'kept';

/** A decided escalation in the order in which decisions were taken. */
export interface Candidate {
  readonly escalation_id: number;
  readonly decided_key: string;
  readonly event: Uint8Array;
  readonly id: Uint8Array;
  readonly judged: number;
  /** It has bytes that a rule may remove. */
  readonly has_bytes: number;
}

export interface CandidatePlace {
  readonly key: string;
  readonly escalationId: number;
}

/** The next decided escalations of the tenant that were decided before the rule's limit, at most 500. */
export function candidatesAfter(db: Reader, tenantId: number, rule: RetentionRule, from: CandidatePlace): Candidate[] {
  return db.all(decidedBefore, { tenantId, before: keyOf(instantText(rule.beforeMs)), ...from });
}

/**
 * An escalation is due once it is decided and as long ago as the rule says nothing happened to it any more: a correction,
 * evidence that came later, or its own coming when it came decided, begin the period anew.
 */
export function standingOf(db: Reader, escalationId: number, { beforeMs }: RetentionRule): Standing {
  const row = db.get(statusOf, { escalationId });
  if (row === undefined || row.status === 'ESCALATED') return 'kept';
  const last = db.get(lastEvent, { escalationId });
  if (last === undefined || Date.parse(last.at) >= beforeMs) return 'kept';
  return isHeld(db, escalationId) ? 'held' : 'due';
}

/** A piece whose bytes a rule may remove. */
export interface DuePiece {
  readonly evidence_id: number;
  readonly blob_id: number;
  readonly sha256: Uint8Array;
  readonly role: string;
  readonly size: number;
}

export function duePieces(db: Reader, escalationId: number): DuePiece[] {
  return db.all(piecesOf, { escalationId });
}

/** How many pieces, of whatever tenant and escalation, have the blob's bytes still. */
export function usersOf(db: Reader, blobId: number): number {
  return db.get(users, { blobId })?.n ?? 0;
}

export interface KeptEvent {
  readonly event_id: number;
  readonly seq: number;
  readonly escalation_id: number | null;
  readonly at: string;
  /** Values that are kept beside it. */
  readonly fields: number;
}

/** The next events of the tenant's log from `seq` on, at most 500. */
export function eventsFrom(db: Reader, tenantId: number, seq: number): KeptEvent[] {
  return db.all(keptFrom, { tenantId, seq });
}

export const decidedBefore = statement<CandidatePlace & { tenantId: number; before: string }>()((arg) =>
  queries
    .selectFrom('escalations')
    .select(['escalation_id', 'decided_key', 'event', 'id', 'judged'])
    .select(
      sql<number>`EXISTS (SELECT 1 FROM evidence v WHERE v.escalation_id = escalations.escalation_id
        AND v.kind <> ${sql.lit(OF_RECORD)} AND v.removed_ms IS NULL)`.as('has_bytes'),
    )
    .where('tenant_id', '=', arg.tenantId)
    .where(sql<boolean>`(decided_key, escalation_id) > (${arg.key}, ${arg.escalationId})`)
    .where('decided_key', '<', arg.before)
    .orderBy('decided_key')
    .orderBy('escalation_id')
    .limit(sql.lit(LOOKED_AT)),
);
const statusOf = statement<{ escalationId: number }>()((arg) =>
  queries.selectFrom('escalations').select('status').where('escalation_id', '=', arg.escalationId),
);
const at = sql<string>`CAST(leaf AS TEXT) ->> '$.at'`.as('at');
export const lastEvent = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select(at)
    .where('escalation_id', '=', arg.escalationId)
    .where(({ not }) => not(IS_OF_KEEPING))
    .orderBy('seq', 'desc')
    .limit(1),
);
export const piecesOf = statement<{ escalationId: number }>()((arg) =>
  queries
    .selectFrom('evidence as e')
    .innerJoin('blobs as b', 'b.blob_id', 'e.blob_id')
    .select(['e.evidence_id', 'e.blob_id', 'e.role', 'b.sha256', 'b.size'])
    .where('e.escalation_id', '=', arg.escalationId)
    .where('e.kind', '<>', sql.lit(OF_RECORD))
    .where('e.removed_ms', 'is', null)
    .orderBy('e.evidence_id'),
);
/**
 * Tenant by tenant, since that is how evidence is indexed, and the cross join keeps the planner to it; no row of another
 * tenant is told of.
 */
export const users = statement<{ blobId: number }>()((arg) =>
  queries
    .selectFrom('tenants as t')
    .crossJoin('evidence as e')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .whereRef('e.tenant_id', '=', 't.tenant_id')
    .where('e.blob_id', '=', arg.blobId)
    .where('e.removed_ms', 'is', null),
);
export const keptFrom = statement<{ tenantId: number; seq: number }>()((arg) =>
  queries
    .selectFrom('ledger_events')
    .select(['event_id', 'seq', 'escalation_id'])
    .select(at)
    .select(sql<number>`(SELECT count(*) FROM event_fields f WHERE f.event_id = ledger_events.event_id)`.as('fields'))
    .where('tenant_id', '=', arg.tenantId)
    .where('seq', '>=', arg.seq)
    .orderBy('seq')
    .limit(sql.lit(LOOKED_AT)),
);
