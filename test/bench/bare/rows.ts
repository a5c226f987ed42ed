import { hash, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { inserter } from './connection.ts';

export interface SourceCells {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly createdAt: number;
  readonly updatedAt: number;
}

interface RecordJson {
  readonly escalation_id: string;
  readonly escalation_event_id: string;
  readonly status: 'ESCALATED' | 'RESOLVED' | 'EXPIRED';
  readonly timestamp: string;
  readonly continuation_token?: { readonly payload: { readonly exp: number; readonly source_capsule_root: string } };
  readonly resolution_event_id?: string;
  readonly resolution_vep_hash?: string;
}
interface EventJson {
  readonly agent_id: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly respond_by?: string; readonly decision?: string };
}

const NEVER_MS = Number.MAX_SAFE_INTEGER;
const ACTOR = Buffer.from('{"name":"bench","profile":"bench"}');

/** Writes what one import writes into a new store, row by row, with values at hand: no rule, no check, no second look. */
export class BareRows {
  readonly #tenantId: number;
  readonly #uid = randomUUID();
  readonly #put: ReturnType<typeof prepared>;
  readonly #key = randomUUID();
  readonly #counted = { ESCALATED: 0, RESOLVED: 0, EXPIRED: 0 };
  #seq = 0;

  constructor(db: Database.Database, tenant: string) {
    this.#put = prepared(db);
    const name = Buffer.from(tenant);
    this.#tenantId = this.#put.tenant({ name, name_sha256: digest(name), uid: this.#uid });
    this.#put.counts({ tenant_id: this.#tenantId });
  }

  source({ key, value, createdAt, updatedAt }: SourceCells): void {
    const when = { created_at: String(createdAt), updated_at: String(updatedAt) };
    this.#put.sourceRow({ tenant_id: this.#tenantId, key_sha256: digest(key), key, value, ...when });
  }

  record(value: Buffer, eventOf: (id: string) => Buffer | null): void {
    const record = JSON.parse(value.toString()) as RecordJson;
    const asked = eventOf(record.escalation_event_id);
    const decided = record.resolution_event_id === undefined ? null : eventOf(record.resolution_event_id);
    const event = asked === null ? null : (JSON.parse(asked.toString()) as EventJson);
    const outcome =
      decided === null ? 'unknown' : ((JSON.parse(decided.toString()) as EventJson).data.decision ?? 'unknown');
    const escalationId = this.#escalation(record, event);
    const evidence = [this.#evidence(escalationId, value, 'source-row', 'escalation')];
    if (record.continuation_token !== undefined) {
      const token = Buffer.from(JSON.stringify(record.continuation_token));
      evidence.push(this.#evidence(escalationId, token, 'token', 'escalation'));
    }
    if (asked !== null) evidence.push(this.#evidence(escalationId, asked, 'source-row', 'escalation'));
    if (decided !== null) evidence.push(this.#evidence(escalationId, decided, 'source-row', 'resolution'));
    if (record.status !== 'ESCALATED') this.#decision(escalationId, record, outcome);
    this.#search(escalationId, record, event);
    this.#event(escalationId, record, evidence);
    this.#counted[record.status] += 1;
  }

  /** What each batch leaves besides its rows. */
  endBatch(): void {
    const tenant = this.#tenantId;
    const { ESCALATED, RESOLVED, EXPIRED } = this.#counted;
    this.#put.setCounts.run(ESCALATED, RESOLVED, EXPIRED, tenant);
    this.#put.setLogSize.run(this.#seq, tenant);
    this.#put.change({ tenant_id: tenant, topic: 'queue', escalation_id: null });
    const key = randomUUID();
    this.#put.idempotency({
      tenant_id: tenant,
      key,
      input_hash: key,
      answer: Buffer.alloc(60_000, 'x'),
      drop_at_ms: NEVER_MS,
    });
  }

  #escalation(record: RecordJson, event: EventJson | null): number {
    const id = Buffer.from(record.escalation_id);
    const exp = record.continuation_token?.payload.exp;
    const until = event?.data.respond_by;
    const ends = [
      ...(exp === undefined ? [] : [{ at: new Date(exp * 1000).toISOString(), source: 'token' }]),
      ...(until === undefined ? [] : [{ at: until, source: 'agent' }]),
    ];
    const deadline = Math.min(NEVER_MS, ...ends.map(({ at }) => Date.parse(at)));
    const root = record.continuation_token?.payload.source_capsule_root;
    return this.#put.escalation({
      tenant_id: this.#tenantId,
      id_sha256: digest(id),
      event: uuidBytes(record.escalation_event_id),
      status: record.status,
      version: 1,
      deadline_ms: deadline,
      recorded_key: record.timestamp,
      decided_key: record.status === 'ESCALATED' ? '' : record.timestamp,
      list_epoch: 1,
      list_position: this.#seq,
      fixed_deadline_ms: deadline,
      sla_ms: null,
      escalated_ms: record.status === 'ESCALATED' ? Date.parse(record.timestamp) : null,
      past_on_arrival: 0,
      claimed_by: null,
      claim_until_ms: null,
      deceptive: 0,
      packets: 0,
      token_root: root === undefined ? null : Buffer.from(root, 'hex'),
      id,
      deadlines: Buffer.from(JSON.stringify(ends)),
      findings: Buffer.from('[]'),
      record: Buffer.from(JSON.stringify({ ...record, continuation_token: JSON.stringify(record.continuation_token) })),
      request: event === null ? null : requestBody(record, event),
    });
  }

  #evidence(escalationId: number, bytes: Buffer, kind: string, role: string): string {
    const sha256 = digest(bytes);
    const blobId = this.#put.blob({ sha256, size: bytes.length, body: bytes });
    const link = { tenant_id: this.#tenantId, escalation_id: escalationId, blob_id: blobId };
    this.#put.evidence({ ...link, kind, role, root: null });
    return sha256.toString('hex');
  }

  #decision(escalationId: number, record: RecordJson, outcome: string): void {
    const body = { outcome, source: 'upstream', decided_at: record.timestamp, sealed: false, signed: false };
    const rest = { vep_hash: record.resolution_vep_hash, overrides: [], accepted_unchecked: [] };
    this.#put.decision({ escalation_id: escalationId, n: 0, body: Buffer.from(JSON.stringify({ ...body, ...rest })) });
  }

  #search(escalationId: number, record: RecordJson, event: EventJson | null): void {
    const { agent_name, action, target, policy, policy_text, reference, explanation } = event?.data ?? {};
    const texts = [
      record.escalation_id,
      agent_name,
      event?.agent_id,
      action,
      target,
      policy,
      policy_text,
      reference,
      explanation,
    ];
    this.#put.search({ rowid: escalationId, tenant: this.#uid.replaceAll('-', ''), text: texts.join('\n') });
  }

  #event(escalationId: number, record: RecordJson, evidence: readonly string[]): void {
    const { escalation_event_id: event, status, timestamp } = record;
    const shown = evidence[0] ?? '';
    const said = {
      at: timestamp,
      event,
      evidence,
      fields: { actor: shown, escalation_id: shown },
      idempotency_key: this.#key,
    };
    const rest = {
      kind: 'escalation.recorded',
      outcome: null,
      seq: String(this.#seq),
      status,
      tenant: this.#uid,
      timestamp,
      v: 1,
    };
    const leaf = Buffer.from(JSON.stringify({ ...said, ...rest }));
    const log = { tenant_id: this.#tenantId, seq: this.#seq, escalation_id: escalationId };
    const eventId = this.#put.ledgerEvent({ ...log, leaf, leaf_sha256: digest(leaf) });
    const id = Buffer.from(JSON.stringify(record.escalation_id));
    this.#put.eventField({ event_id: eventId, name: 'actor', salt: randomBytes(32), value: ACTOR });
    this.#put.eventField({ event_id: eventId, name: 'escalation_id', salt: randomBytes(32), value: id });
    this.#seq += 1;
  }
}

function requestBody(record: RecordJson, { agent_id, data }: EventJson): Buffer {
  const { intent, escalation_id, amount, ...read } = data;
  const exact = { amount: JSON.stringify(amount), raw: JSON.stringify(data) };
  const about = { event_id: record.escalation_event_id, agent_id, source_hash: 'ok', signed: [] };
  return Buffer.from(JSON.stringify({ ...about, ...read, ...exact }));
}

function digest(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function prepared(db: Database.Database) {
  return {
    tenant: inserter(db, 'tenants', ['name', 'name_sha256', 'uid']),
    counts: inserter(db, 'counts', ['tenant_id']),
    escalation: inserter(db, 'escalations', [
      'tenant_id',
      'id_sha256',
      'event',
      'status',
      'version',
      'deadline_ms',
      'recorded_key',
      'decided_key',
      'list_epoch',
      'list_position',
      'fixed_deadline_ms',
      'sla_ms',
      'escalated_ms',
      'past_on_arrival',
      'claimed_by',
      'claim_until_ms',
      'deceptive',
      'packets',
      'token_root',
      'id',
      'deadlines',
      'findings',
      'record',
      'request',
    ]),
    blob: inserter(db, 'blobs', ['sha256', 'size', 'body']),
    evidence: inserter(db, 'evidence', ['tenant_id', 'escalation_id', 'blob_id', 'kind', 'role', 'root']),
    decision: inserter(db, 'decisions', ['escalation_id', 'n', 'body']),
    ledgerEvent: inserter(db, 'ledger_events', ['tenant_id', 'seq', 'escalation_id', 'leaf', 'leaf_sha256']),
    eventField: inserter(db, 'event_fields', ['event_id', 'name', 'salt', 'value']),
    sourceRow: inserter(db, 'source_rows', ['tenant_id', 'key_sha256', 'key', 'value', 'created_at', 'updated_at']),
    search: inserter(db, 'search', ['rowid', 'tenant', 'text']),
    change: inserter(db, 'changes', ['tenant_id', 'topic', 'escalation_id']),
    idempotency: inserter(db, 'idempotency', ['tenant_id', 'key', 'input_hash', 'answer', 'drop_at_ms']),
    setCounts: db.prepare<[number, number, number, number]>(
      'UPDATE counts SET active = ?, resolved = ?, expired = ? WHERE tenant_id = ?',
    ),
    setLogSize: db.prepare<[number, number]>('UPDATE tenants SET log_size = ? WHERE tenant_id = ?'),
  };
}
