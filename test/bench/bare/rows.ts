import { hash, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { prepared } from './prepared.ts';

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
const TILE_HASHES = 256;
const ACTOR = Buffer.from('{"name":"bench","profile":"bench"}');

/** Writes what one import writes into a new store, row by row, with values at hand: no rule, no check, no second look. */
export class BareRows {
  readonly #tenantId: number;
  readonly #uid = randomUUID();
  readonly #put: ReturnType<typeof prepared>;
  readonly #key = randomUUID();
  readonly #counted = { ESCALATED: 0, RESOLVED: 0, EXPIRED: 0 };
  #seq = 0;
  /** Leaf hashes of the tile that grows; those of full ones are written when they are full. */
  #tile: Buffer[] = [];

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
    this.#event(escalationId, record, evidence, this.#content(value, asked));
    this.#counted[record.status] += 1;
  }

  /** What each batch leaves besides its rows. */
  endBatch(): void {
    const tenant = this.#tenantId;
    const { ESCALATED, RESOLVED, EXPIRED } = this.#counted;
    this.#put.setCounts(ESCALATED, RESOLVED, EXPIRED, tenant);
    this.#put.setLogSize(this.#seq, tenant);
    if (this.#tile.length > 0) this.#putTile();
    // One hash for each full tile stands a level higher; what it is costs the bare program nothing.
    const full = Math.floor(this.#seq / TILE_HASHES);
    if (full > 0) this.#put.setTile(tenant, 1, 0, Buffer.alloc(32 * Math.min(full, TILE_HASHES)));
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

  #evidence(escalationId: number, bytes: Buffer, kind: string, role: string): Piece {
    const sha256 = digest(bytes);
    const blobId = this.#put.blob({ sha256, size: bytes.length, body: bytes });
    const link = { tenant_id: this.#tenantId, escalation_id: escalationId, blob_id: blobId };
    this.#put.evidence({ ...link, kind, role, root: null });
    return { sha256: sha256.toString('hex'), kind, role };
  }

  /** What the event commits to of the row: a digest over those of its columns, the source's bytes for their like. */
  #content(value: Buffer, asked: Buffer | null): Buffer {
    const columns = [value, asked].map((bytes) => (bytes === null ? null : digest(bytes).toString('hex')));
    return Buffer.from(JSON.stringify(digest(Buffer.from(columns.join())).toString('hex')));
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

  #event(escalationId: number, record: RecordJson, evidence: readonly Piece[], content: Buffer): void {
    const { escalation_event_id: event, status, timestamp } = record;
    const shown = evidence[0]?.sha256 ?? '';
    const said = {
      at: timestamp,
      event,
      evidence,
      fields: { actor: shown, content: shown, escalation_id: shown },
      idempotency_key: this.#key,
    };
    const rest = {
      kind: 'escalation.recorded',
      outcome: null,
      seq: String(this.#seq),
      status,
      tenant: this.#uid,
      timestamp,
      v: 2,
    };
    const leaf = Buffer.from(JSON.stringify({ ...said, ...rest }));
    const leafSha256 = digest(leaf);
    const log = { tenant_id: this.#tenantId, seq: this.#seq, escalation_id: escalationId, kind: 'escalation.recorded' };
    const eventId = this.#put.ledgerEvent({ ...log, leaf, leaf_sha256: leafSha256 });
    const id = Buffer.from(JSON.stringify(record.escalation_id));
    this.#put.eventField({ event_id: eventId, name: 'actor', salt: randomBytes(32), value: ACTOR });
    this.#put.eventField({ event_id: eventId, name: 'escalation_id', salt: randomBytes(32), value: id });
    this.#put.eventField({ event_id: eventId, name: 'content', salt: randomBytes(32), value: content });
    this.#seq += 1;
    this.#tile.push(leafSha256);
    if (this.#tile.length < TILE_HASHES) return;
    this.#putTile();
    this.#tile = [];
  }

  #putTile(): void {
    const index = Math.ceil(this.#seq / TILE_HASHES) - 1;
    this.#put.setTile(this.#tenantId, 0, index, Buffer.concat(this.#tile));
  }
}

interface Piece {
  readonly sha256: string;
  readonly kind: string;
  readonly role: string;
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
