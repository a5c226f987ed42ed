import { createHash } from 'node:crypto';
import type {
  LedgerStore,
  NewDecision,
  NewEscalation,
  NewEvidence,
  PageQuery,
  RecordBatch,
  RecordOutcome,
  Write,
} from '../../../electron/store/ledger-store.ts';
import type { Clock, IdSource } from '../../../shared/domain/clock.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import type { EscalationKey, ExactJson, Request } from '../../../shared/domain/escalation.ts';

export const START = Date.parse('2026-11-15T12:00:00Z');
export const MINUTE = 60_000;

/** A clock that moves only when it is told to. */
export class HandClock implements Clock {
  #now = START;
  now(): number {
    return this.#now;
  }
  monotonic(): number {
    return this.#now - START;
  }
  after(): () => void {
    return () => undefined;
  }
  pass(ms: number): void {
    this.#now += ms;
  }
}

/** Ids that are counted, not random: the n-th is the same in every run. */
export class CountedIds implements IdSource {
  #n = 0;
  uuid(): string {
    this.#n += 1;
    return uuid(1_000_000 + this.#n);
  }
  bytes(length: number): Uint8Array {
    this.#n += 1;
    return createHash('shake256', { outputLength: length }).update(String(this.#n)).digest();
  }
}

/** The UUID that stands for a number. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export const ADA = uuid(0xada);
export const BOB = uuid(0xb0b);

let writes = 0;

/** Who writes, when, under a key of its own. */
export function writing(clock: Clock, by: string = ADA, tenant = 'acme'): Write {
  writes += 1;
  return { tenant, by, idempotencyKey: uuid(2_000_000 + writes), inputHash: `input-${writes}`, now: clock.now() };
}

export function deskWriting(clock: Clock, by: string = ADA) {
  const { tenant: _tenant, ...write } = writing(clock, by);
  return write;
}

export function request(parts: Partial<Request> = {}): Request {
  return {
    event_id: uuid(7),
    agent_id: 'agent-7',
    agent_name: 'Payment agent',
    action: 'wire_transfer',
    target: 'ACC-1',
    source_hash: 'ok',
    signed: [],
    raw: '{"amount":9007199254740993}' as ExactJson,
    ...parts,
  };
}

export function evidence(text: string, parts: Partial<NewEvidence> = {}): NewEvidence {
  return { bytes: Buffer.from(text), kind: 'vep', role: 'escalation', ...parts };
}

/** An active escalation as an import brings it. */
export function escalation(
  id: string,
  parts: Partial<NewEscalation> = {},
  record: Partial<NewEscalation['record']> = {},
): NewEscalation {
  return {
    record: {
      escalation_id: id,
      status: 'ESCALATED',
      escalation_event_id: uuid(1),
      timestamp: '2026-11-15T11:00:00.123456789Z',
      ...record,
    },
    request: null,
    deadlines: [],
    decision: null,
    evidence: [],
    findings: [],
    ...parts,
  };
}

export const HASH = 'ab'.repeat(32);

/** The same escalation as upstream gives it back once it is resolved. */
export function resolvedUpstream(
  id: string,
  parts: Partial<NewEscalation> = {},
  record: Partial<NewEscalation['record']> = {},
): NewEscalation {
  return escalation(
    id,
    { decision: { outcome: 'approved', decidedAt: '2026-11-15T11:30:00Z' }, ...parts },
    {
      status: 'RESOLVED',
      timestamp: '2026-11-15T11:30:00Z',
      resolution_event_id: uuid(9),
      resolution_vep_hash: HASH,
      ...record,
    },
  );
}

export function keyOf(row: NewEscalation, tenant = 'acme'): EscalationKey {
  return { tenant, id: row.record.escalation_id, event: row.record.escalation_event_id };
}

/** Records rows as one batch of an import. */
export function importRows(
  store: LedgerStore,
  write: Write,
  rows: readonly NewEscalation[],
  parts: Partial<RecordBatch> = {},
): Promise<RecordOutcome[]> {
  return store.recordBatch({ ...write, rows, sourceRows: [], unattached: [], jobId: null, dryRun: false, ...parts });
}

/** A decision on what the store shows now. */
export async function decisionOn(
  store: LedgerStore,
  key: EscalationKey,
  clock: Clock,
  parts: Partial<NewDecision> = {},
): Promise<NewDecision> {
  const stored = await store.read(key, clock.now());
  return {
    key,
    viewSha256: stored?.escalation.view_sha256 ?? HASH,
    outcome: 'rejected',
    reason: 'The target is not on the list.',
    reasonCode: 'OTHER',
    reviewer: 'Ada',
    resolution: null,
    seal: null,
    sealed: null,
    overrides: [],
    acceptedUnchecked: [],
    statement: null,
    seen: null,
    ...parts,
  };
}

export const approval: Partial<NewDecision> = {
  outcome: 'approved',
  resolution: { eventId: uuid(11), vepHash: HASH, packet: null },
};

export function pageQuery(clock: Clock, parts: Partial<PageQuery> = {}): PageQuery {
  return {
    tenant: 'acme',
    status: 'active',
    view: 'all',
    limit: 100,
    direction: 'after',
    now: clock.now(),
    dueWithinMs: 60 * MINUTE,
    searchBudgetMs: 20,
    ...parts,
  };
}

/** An instant so many minutes after the tests' start. */
export function minutes(n: number): string {
  return instantText(START + n * MINUTE);
}

/** All batches of a stream, and all that is in them in one piece. */
export async function batchesOf<T>(stream: AsyncIterable<T[]>): Promise<T[][]> {
  const batches: T[][] = [];
  for await (const batch of stream) batches.push(batch);
  return batches;
}
export async function flattened<T>(stream: AsyncIterable<T[]>): Promise<T[]> {
  return (await batchesOf(stream)).flat();
}
