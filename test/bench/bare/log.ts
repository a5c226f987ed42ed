import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { openBareReader } from './connection.ts';

const AT_ONCE = 256;
/** What stands before a leaf, two nodes and a committed value when they are hashed. */
const [LEAF, NODE, COMMITMENT] = [Buffer.of(0), Buffer.of(1), Buffer.of(2)];

type Row = Readonly<Record<string, Buffer | null>>;

/** A bare program that reads what a log is made of and hashes it; it compares nothing. */
export class BareLog {
  readonly #db: Database.Database;

  constructor(path: string) {
    this.#db = openBareReader(path);
  }

  /** Reads each leaf once; the root of the tree over them. */
  root(): Buffer {
    const tree = new Tree();
    this.#walk('ledger_events', 'seq', LEAVES, ({ leaf }) => tree.append(leaf ?? LEAF));
    return tree.root();
  }

  /** The same, and beside it everything else that events commit to, read and hashed once; how many rows that were. */
  hashAll(): number {
    let hashed = 0;
    const each = (row: Row) => {
      for (const bytes of Object.values(row)) if (bytes !== null) hash('sha256', bytes);
      hashed += 1;
    };
    this.root();
    this.#walk('event_fields', 'event_id', 'SELECT salt, value FROM event_fields WHERE', ({ salt, value }) =>
      each({ value: Buffer.concat([COMMITMENT, salt ?? LEAF, value ?? LEAF]) }),
    );
    this.#walk('evidence', 'evidence_id', 'SELECT body FROM evidence JOIN blobs USING (blob_id) WHERE', each);
    this.#walk('escalations', 'escalation_id', CONTENT, each);
    return hashed;
  }

  close(): void {
    this.#db.close();
  }

  /** All rows of the table in the order of their number, page by page. */
  #walk(table: string, number: string, select: string, each: (row: Row) => void): void {
    const last = this.#db.prepare(`SELECT max(${number}) FROM ${table}`).pluck().get() as number;
    const page = this.#db.prepare<[number, number], Row>(`${select} ${number} BETWEEN ? AND ? ORDER BY ${number}`);
    for (let from = 0; from <= last; from += AT_ONCE) for (const row of page.all(from, from + AT_ONCE - 1)) each(row);
  }
}

/** Of the only tenant that a made log has. */
const LEAVES = 'SELECT leaf FROM ledger_events WHERE tenant_id = (SELECT tenant_id FROM tenants) AND';
const CONTENT = `SELECT record, request, findings, deadlines, body AS decision FROM escalations
  LEFT JOIN decisions USING (escalation_id) WHERE`;

/** The tree of RFC 6962, as the roots of its complete subtrees. */
class Tree {
  readonly #roots: Buffer[] = [];
  #size = 0;

  append(leaf: Buffer): void {
    let node = sha256(LEAF, leaf);
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2)
      node = sha256(NODE, this.#roots.pop() ?? NODE, node);
    this.#roots.push(node);
    this.#size += 1;
  }

  root(): Buffer {
    return this.#roots.reduceRight((right, left) => sha256(NODE, left, right));
  }
}

/** By way of its digits, as the desk does: that is the faster one. */
function sha256(...parts: readonly Buffer[]): Buffer {
  return Buffer.from(hash('sha256', Buffer.concat(parts)), 'hex');
}
