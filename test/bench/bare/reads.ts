import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { openBareReader } from './connection.ts';

const LIMIT = 100;
const COUNTED = 10_000;
const HITS_COUNTED = 1001;

const ROW = `SELECT e.escalation_id, e.id, e.event, e.status, e.version, e.deadline_ms, e.recorded_key, e.decided_key, e.sla_ms,
    e.past_on_arrival, e.claimed_by, e.claim_until_ms, e.packets, e.deadlines, e.findings, e.record, e.request,
    e.verdict, e.judged, e.judged_until_ms, e.judged_at_ms, e.judgement, d.body AS decision, p.profile_id, p.due_at_ms, p.decision AS pending
  FROM escalations e
  LEFT JOIN decisions d ON d.escalation_id = e.escalation_id AND d.n = 0
  LEFT JOIN pending_decisions p ON p.escalation_id = e.escalation_id`;
const OF_QUEUE = `${ROW} WHERE e.tenant_id = +@tenant AND e.status = 'ESCALATED'`;
const IN_ORDER = 'ORDER BY e.deadline_ms, e.escalation_id LIMIT +@limit';

/** The bare program beside the desk's reads: the same SQL written by hand, through prepared statements; rows left as they are. */
export class BareReads {
  readonly #db: Database.Database;
  readonly #tenant: number;
  readonly #word: string;
  readonly #statements: ReturnType<typeof prepared>;

  constructor(path: string, tenant: string) {
    this.#db = openBareReader(path);
    const row = this.#db
      .prepare('SELECT tenant_id, uid FROM tenants WHERE name_sha256 = ?')
      .get(hash('sha256', tenant, 'buffer'));
    const found = row as { tenant_id: number; uid: string };
    this.#tenant = found.tenant_id;
    this.#word = found.uid.replaceAll('-', '');
    this.#statements = prepared(this.#db);
  }

  /** The queue's first page with its counts; how many rows. */
  firstPage(now: number): number {
    return this.#snapshot(() => {
      this.#counts(now);
      return this.#statements.firstPage.all({ tenant: this.#tenant, limit: LIMIT + 1 }).length;
    });
  }

  /** The page from this deadline on. */
  deepPage(now: number, deadlineMs: number): number {
    return this.#snapshot(() => {
      this.#counts(now);
      return this.#statements.deepPage.all({ tenant: this.#tenant, key: deadlineMs, id: -1, limit: LIMIT + 1 }).length;
    });
  }

  counts(now: number): number {
    return this.#snapshot(() => this.#counts(now));
  }

  /** Hits of an FTS5 expression, newest first, with their number up to 1,001 and the counts. */
  search(now: number, expression: string): number {
    return this.#snapshot(() => {
      this.#counts(now);
      const match = `tenant:"${this.#word}" AND text:(${expression})`;
      this.#statements.hits.get({ match, limit: HITS_COUNTED });
      return this.#statements.search.all({ match, limit: LIMIT + 1 }).length;
    });
  }

  /** One escalation with its evidence, decision, dissents and history; how many rows. */
  open(id: string, event: string): number {
    return this.#snapshot(() => {
      const key = {
        tenant: this.#tenant,
        id: hash('sha256', id, 'buffer'),
        event: Buffer.from(event.replaceAll('-', ''), 'hex'),
      };
      const { escalation_id } = this.#statements.escalation.get(key) as { escalation_id: number };
      const of = [
        this.#statements.evidence,
        this.#statements.decisions,
        this.#statements.dissents,
        this.#statements.history,
      ];
      return of.reduce((rows, statement) => rows + statement.all(escalation_id).length, 1);
    });
  }

  /** Keys from all over the ledger, the same ones every time. */
  someKeys(many: number): { id: string; event: string }[] {
    const last = this.#db.prepare('SELECT max(escalation_id) FROM escalations').pluck().get() as number;
    const numbers = Array.from({ length: many }, (_, n) => 1 + Math.floor((n * last) / many));
    return numbers.flatMap((number) => this.#statements.keyOf.all(number).map(toKey));
  }

  /** Keys of active ones, soonest deadline first. */
  activeKeys(many: number): { id: string; event: string }[] {
    return this.#statements.firstPage.all({ tenant: this.#tenant, limit: many }).map(toKey);
  }

  close(): void {
    this.#db.close();
  }

  #counts(now: number): number {
    const tenant = this.#tenant;
    this.#statements.counts.get(tenant);
    this.#statements.claimed.get({ tenant, now, limit: COUNTED });
    for (const [from, to] of [
      [now, now + DUE_WITHIN_MS],
      [0, now - 1],
    ])
      this.#statements.due.get({ tenant, from, to, limit: COUNTED });
    return 4;
  }

  #snapshot(read: () => number): number {
    this.#statements.begin.run();
    const rows = read();
    this.#statements.commit.run();
    return rows;
  }
}

function toKey(row: unknown): { id: string; event: string } {
  const { id, event } = row as { id: Buffer; event: Buffer };
  const uuid = event.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id: id.toString(), event: uuid };
}

/** The usual warning time: what counts as due. */
export const DUE_WITHIN_MS = 240 * 60_000;

function prepared(db: Database.Database) {
  return {
    begin: db.prepare('BEGIN DEFERRED'),
    commit: db.prepare('COMMIT'),
    firstPage: db.prepare(`${OF_QUEUE} ${IN_ORDER}`),
    deepPage: db.prepare(`${OF_QUEUE} AND (e.deadline_ms, e.escalation_id) > (+@key, +@id) ${IN_ORDER}`),
    counts: db.prepare('SELECT active, resolved, expired, deceptive, failed FROM counts WHERE tenant_id = +?'),
    claimed: db.prepare(`SELECT count(*) FROM (SELECT 1 FROM escalations
      WHERE claimed_by IS NOT NULL AND tenant_id = +@tenant AND claim_until_ms > +@now LIMIT +@limit)`),
    due: db.prepare(`SELECT count(*) FROM (SELECT 1 FROM escalations
      WHERE tenant_id = +@tenant AND status = 'ESCALATED' AND deadline_ms BETWEEN +@from AND +@to LIMIT +@limit)`),
    hits: db.prepare('SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH +@match LIMIT +@limit)'),
    search:
      db.prepare(`${ROW} JOIN (SELECT rowid FROM search WHERE search MATCH +@match ORDER BY rowid DESC LIMIT +@limit) s
      ON s.rowid = e.escalation_id ORDER BY e.escalation_id DESC`),
    escalation: db.prepare(
      'SELECT * FROM escalations WHERE tenant_id = +@tenant AND id_sha256 = +@id AND event = +@event',
    ),
    keyOf: db.prepare('SELECT id, event FROM escalations WHERE escalation_id = +?'),
    evidence:
      db.prepare(`SELECT b.sha256, b.size, e.kind, e.role, e.verdict, e.report FROM evidence e JOIN blobs b ON b.blob_id = e.blob_id
      WHERE e.escalation_id = +? ORDER BY e.evidence_id`),
    decisions: db.prepare('SELECT body FROM decisions WHERE escalation_id = +? AND n = 0'),
    dissents: db.prepare('SELECT body FROM dissents WHERE escalation_id = +? ORDER BY n'),
    history: db.prepare(`SELECT e.seq, e.leaf, e.leaf_sha256, f.value FROM ledger_events e
      LEFT JOIN event_fields f ON f.event_id = e.event_id AND f.name = 'actor' WHERE e.escalation_id = +? ORDER BY e.seq`),
  };
}
