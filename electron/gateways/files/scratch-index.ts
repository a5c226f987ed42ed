import Database from 'better-sqlite3';

/** An audit event's place in its tenant's chain, as it says itself; hashes as JSON texts. */
export interface ChainLink {
  readonly hash: string | null;
  readonly previous: string | null;
  readonly sequence: number | null;
}

/** Where an audit event stands under: its own id, the escalation it asks about, the escalation it decides. */
export type EventLink = 'id' | 'escalation' | 'resolves';

export type ListedState = 'unknown' | 'active' | 'decided';

const LINKS: Readonly<Record<EventLink, number>> = { id: 0, escalation: 1, resolves: 2 };
const STATES: readonly ListedState[] = ['unknown', 'active', 'decided'];

const SCHEMA = `
  CREATE TABLE listed(tenant TEXT, id BLOB, position INTEGER, times INTEGER DEFAULT 1, state INTEGER DEFAULT 0,
    PRIMARY KEY(tenant, id)) WITHOUT ROWID;
  CREATE TABLE events(tenant TEXT, link INTEGER, id BLOB, row INTEGER, PRIMARY KEY(tenant, link, id)) WITHOUT ROWID;
  CREATE TABLE links(tenant TEXT, id TEXT, hash TEXT, previous TEXT, sequence INTEGER, PRIMARY KEY(tenant, id))
    WITHOUT ROWID;`;

/**
 * What a ledger's rows need to know of each other while they are read: positions in the active lists, where the
 * audit events lie and how they are chained. On disk, so that memory stays flat however long the ledger is.
 */
export class ScratchIndex {
  private readonly db: Database.Database;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(path: string) {
    this.db = new Database(path);
    for (const pragma of [
      'journal_mode = MEMORY',
      'synchronous = OFF',
      'locking_mode = EXCLUSIVE',
      'cache_size = -65536',
    ]) {
      this.db.pragma(pragma);
    }
    this.db.exec(SCHEMA);
    this.statements = prepare(this.db);
    this.db.exec('BEGIN');
  }

  addListed(tenant: string, id: string, position: number): void {
    this.statements.addListed.run(tenant, Buffer.from(id), position);
  }

  /** The position in the tenant's active list, if it is there; remembers the record's state. */
  seeRecord(tenant: string, id: string, state: 'active' | 'decided'): number | null {
    const found = this.statements.seeListed.get(STATES.indexOf(state), tenant, Buffer.from(id));
    return found?.position ?? null;
  }

  /** Every id of the tenant's active list that needs a word, in its order. */
  *oddListed(tenant: string): Iterable<{ id: string; times: number; state: ListedState }> {
    for (const { id, times, state } of this.statements.oddListed.iterate(tenant)) {
      yield { id: id.toString(), times, state: STATES[state] ?? 'unknown' };
    }
  }

  /** A later event under the same link takes the earlier one's place. */
  addEvent(tenant: string, link: EventLink, id: string, row: bigint): void {
    this.statements.addEvent.run(tenant, LINKS[link], Buffer.from(id), row);
  }

  eventRow(tenant: string, link: EventLink, id: string): bigint | null {
    return this.statements.findEvent.get(tenant, LINKS[link], Buffer.from(id))?.row ?? null;
  }

  addLink(
    tenant: string,
    id: string,
    link: { hash: string | null; previousHash: string | null; sequence: bigint | null },
  ): void {
    this.statements.addLink.run(tenant, id, link.hash, link.previousHash, link.sequence);
  }

  link(tenant: string, id: string): ChainLink | null {
    return this.statements.findLink.get(tenant, id) ?? null;
  }

  countLinks(tenant: string): number {
    return this.statements.countLinks.get(tenant) ?? 0;
  }

  /** Whether there is an event of this place after the event with this hash. */
  follows(tenant: string, sequence: number, previous: string | null): boolean {
    return this.statements.follows.get(tenant, sequence, previous) !== undefined;
  }

  close(): void {
    this.db.close();
  }
}

function prepare(db: Database.Database) {
  return {
    addListed: db.prepare<[string, Buffer, number]>(
      'INSERT INTO listed(tenant, id, position) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + 1',
    ),
    seeListed: db.prepare<[number, string, Buffer], { position: number }>(
      'UPDATE listed SET state = ? WHERE tenant = ? AND id = ? RETURNING position',
    ),
    oddListed: db.prepare<[string], { id: Buffer; times: number; state: number }>(
      'SELECT id, times, state FROM listed WHERE tenant = ? AND (times > 1 OR state <> 1) ORDER BY position',
    ),
    addEvent: db.prepare<[string, number, Buffer, bigint]>(
      'INSERT INTO events VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET row = excluded.row',
    ),
    findEvent: db
      .prepare<[string, number, Buffer], { row: bigint }>(
        'SELECT row FROM events WHERE tenant = ? AND link = ? AND id = ?',
      )
      .safeIntegers(),
    addLink: db.prepare<[string, string, string | null, string | null, bigint | null]>(
      'INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)',
    ),
    findLink: db.prepare<[string, string], ChainLink>(
      'SELECT hash, previous, sequence FROM links WHERE tenant = ? AND id = ?',
    ),
    countLinks: db.prepare<[string], number>('SELECT count(*) FROM links WHERE tenant = ?').pluck(),
    follows: db
      .prepare<[string, number, string | null], number>(
        'SELECT 1 FROM links WHERE tenant = ? AND sequence = ? AND previous IS ?',
      )
      .pluck(),
  };
}
