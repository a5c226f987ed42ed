import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { commitment, leafHash } from '../../electron/audit/log/leaf.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { openEngine } from '../../electron/store/sqlite/file/open-engine.ts';
import { MIGRATIONS } from '../../electron/store/sqlite/migrations/index.ts';
import type { Clock, IdSource } from '../../shared/domain/clock.ts';
import { HASH, request, uuid } from '../contract/store/makers.ts';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest();
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** What an older desk kept, in the tenant acme: one that is active, has a packet, and is held, and one that it decided. */
export const OLD = {
  active: { tenant: 'acme', id: 'old-active', event: uuid(1) },
  decided: { tenant: 'acme', id: 'old-decided', event: uuid(1) },
  pendingId: uuid(50),
  jobId: uuid(80),
} as const;

const TIMESTAMP = '2026-11-15T11:00:00Z';
const WHY = { reviewer: 'Ada', reason_code: 'OTHER', reason: 'Fine.' };
const DECISION = { outcome: 'approved', source: 'desk', decided_at: TIMESTAMP, ...WHY, vep_hash: HASH };
const MADE = { sealed: false, signed: false, overrides: [], accepted_unchecked: [] };

/**
 * Makes a store of the form `version` (1 to 3) with rows in it, each written as the desk of that form wrote it: nothing
 * of today's code could any more.
 */
export function makeOldStore(path: string, version: number, { clock, ids }: { clock: Clock; ids: IdSource }): void {
  openEngine({ path, clock, ids, migrations: MIGRATIONS.slice(0, version) }).close();
  const db = new Database(path);
  db.pragma('foreign_keys = ON');
  db.transaction(() => fill(db, ids))();
  db.close();
}

/** Adds a tenant with a log of so many events to a store of the form that `makeOldStore` left. */
export function addOldLog(path: string, tenant: string, count: number): void {
  const db = new Database(path);
  db.transaction(() => {
    const row = { name: Buffer.from(tenant), name_sha256: sha256(tenant), uid: uuid(4), log_size: count };
    const tenantId = insert(db, 'tenants', row);
    insert(db, 'counts', { tenant_id: tenantId });
    for (let seq = 0; seq < count; seq += 1) {
      const said = { kind: 'import.finished', v: 1, seq: String(seq), at: TIMESTAMP, tenant: uuid(4), job: uuid(5) };
      const leaf = jcs({ ...said, counts: { imported: seq }, fields: { actor: HASH } });
      insert(db, 'ledger_events', { tenant_id: tenantId, seq, leaf, leaf_sha256: leafHash(leaf) });
    }
  })();
  db.close();
}

function fill(db: Database.Database, ids: IdSource): void {
  insert(db, 'tenants', {
    tenant_id: 1,
    name: Buffer.from('acme'),
    name_sha256: sha256('acme'),
    uid: uuid(3),
    log_size: 3,
  });
  insert(db, 'counts', { tenant_id: 1, active: 1, resolved: 1, expired: 0, deceptive: 0 });
  escalation(db, 1, OLD.active.id, 'ESCALATED');
  escalation(db, 2, OLD.decided.id, 'RESOLVED');
  insert(db, 'decisions', { escalation_id: 2, n: 0, body: json({ ...DECISION, ...MADE }) });
  insert(db, 'blobs', { blob_id: 1, sha256: sha256('packet'), size: 6, body: Buffer.from('packet') });
  insert(db, 'evidence', { tenant_id: 1, escalation_id: 1, blob_id: 1, kind: 'vep', role: 'escalation', root: null });
  hold(db);
  insert(db, 'jobs', {
    job_id: OLD.jobId,
    made: 1,
    kind: 'import',
    owner: 'desk-1',
    body: json({ job_id: OLD.jobId, input_hash: HASH }),
  });
  const packet = { evidence: [sha256('packet').toString('hex')] };
  event(db, ids, { seq: 0, escalationId: 1 }, { ...RECORDED, ...packet }, { escalation_id: OLD.active.id });
  event(db, ids, { seq: 1, escalationId: 2 }, RECORDED, { escalation_id: OLD.decided.id });
  const { reason, reviewer } = WHY;
  event(db, ids, { seq: 2, escalationId: 2 }, DECIDED, { escalation_id: OLD.decided.id, reason, reviewer });
}

/** An undo hold as it was kept before there were seals. */
function hold(db: Database.Database): void {
  const decision = {
    key: OLD.active,
    viewSha256: HASH,
    outcome: 'approved',
    reason: 'Fine.',
    reasonCode: 'OTHER',
    reviewer: 'Ada',
    resolution: { eventId: uuid(11), vepHash: HASH, packet: { bytes: 'cGFja2V0', kind: 'vep', role: 'resolution' } },
    overrides: [],
    acceptedUnchecked: [],
  };
  const draft = { outcome: 'approved', reason: 'Fine.', reason_code: 'OTHER', vep_hash: HASH, event_id: uuid(11) };
  insert(db, 'pending_decisions', {
    pending_id: OLD.pendingId,
    tenant_id: 1,
    escalation_id: 1,
    owner: 'desk-1',
    profile_id: uuid(0xada),
    started_at_ms: 0,
    due_at_ms: 10_000,
    decision: json(decision),
    draft: json({ ...draft, saved_because: 'typing' }),
  });
}

const OF_ALL = { event: uuid(1), idempotency_key: uuid(5) };
const RECORDED = {
  kind: 'escalation.recorded',
  ...OF_ALL,
  status: 'ESCALATED',
  timestamp: TIMESTAMP,
  outcome: null,
  evidence: [],
};
const DECIDED = {
  kind: 'decision.recorded',
  ...OF_ALL,
  outcome: 'approved',
  reason_code: 'OTHER',
  view_sha256: HASH,
  unsigned: true,
  resolution: { event_id: uuid(9), vep_hash: HASH },
  overrides: [],
  accepted_unchecked: [],
  evidence: [],
};

function event(
  db: Database.Database,
  ids: IdSource,
  { seq, escalationId }: { seq: number; escalationId: number },
  said: object,
  about: Readonly<Record<string, string>>,
): void {
  const hidden = { actor: { name: 'Ada', profile: uuid(0xada) }, ...about };
  const kept = Object.entries(hidden).map(([name, value]) => ({ name, salt: ids.bytes(32), value: jcs(value) }));
  const fields = Object.fromEntries(
    kept.map(({ name, salt, value }) => [name, Buffer.from(commitment(salt, value)).toString('hex')]),
  );
  const leaf = jcs({ ...said, v: 1, seq: String(seq), at: TIMESTAMP, tenant: uuid(3), fields });
  const row = { tenant_id: 1, seq, escalation_id: escalationId, leaf, leaf_sha256: leafHash(leaf) };
  const eventId = insert(db, 'ledger_events', row);
  for (const field of kept) insert(db, 'event_fields', { event_id: eventId, ...field });
}

function escalation(db: Database.Database, number: number, id: string, status: 'ESCALATED' | 'RESOLVED'): void {
  const resolution = { resolution_event_id: uuid(9), resolution_vep_hash: HASH };
  const record = { escalation_id: id, status, escalation_event_id: uuid(1), timestamp: TIMESTAMP };
  insert(db, 'escalations', {
    escalation_id: number,
    tenant_id: 1,
    id_sha256: sha256(id),
    event: Buffer.from(uuid(1).replaceAll('-', ''), 'hex'),
    status,
    version: 1,
    deadline_ms: Number.MAX_SAFE_INTEGER,
    recorded_key: '2026-11-15T11:00:00.000000000Z',
    decided_key: status === 'RESOLVED' ? '2026-11-15T11:00:00.000000000Z' : '',
    list_epoch: 1,
    list_position: number,
    fixed_deadline_ms: Number.MAX_SAFE_INTEGER,
    sla_ms: null,
    escalated_ms: Date.parse(TIMESTAMP),
    past_on_arrival: 0,
    deceptive: 0,
    packets: 2 - number,
    id: Buffer.from(id),
    deadlines: json([]),
    findings: json([]),
    record: json(status === 'RESOLVED' ? { ...record, ...resolution } : record),
    request: json(request()),
  });
  insert(db, 'search', { rowid: number, tenant: uuid(3).replaceAll('-', ''), text: id });
}

function insert(db: Database.Database, table: string, row: object): number {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  const { lastInsertRowid } = db
    .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
    .run(...Object.values(row));
  return Number(lastInsertRowid);
}
