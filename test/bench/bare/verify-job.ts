import { createPublicKey, hash, verify } from 'node:crypto';
import type Database from 'better-sqlite3';
import { openBare } from './connection.ts';

const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
/** As many in a transaction as the desk's job takes. */
const IN_A_TRANSACTION = 50;
const ROOT_AT = 36;
const SIGNATURE_HEAD = Buffer.from([6, 0, 0, 0, 64]);

/** A bare program that reads each packet, hashes it, verifies its signature, and writes a verdict and a report beside it. */
export class BareVerification {
  readonly #db: Database.Database;
  readonly #publicKey: Buffer;

  constructor(path: string, publicHex: string) {
    this.#db = openBare(path);
    this.#publicKey = Buffer.concat([SPKI_HEAD, Buffer.from(publicHex, 'hex')]);
  }

  /** How many packets have the key's signature over the root that they name. */
  verifyAll(): number {
    const key = createPublicKey({ key: this.#publicKey, format: 'der', type: 'spki' });
    const next = this.#db.prepare<[number, number], { evidence_id: number; escalation_id: number; body: Buffer }>(
      `SELECT e.evidence_id, e.escalation_id, b.body FROM evidence e JOIN blobs b ON b.blob_id = e.blob_id
       WHERE e.evidence_id > ? AND e.kind = 'vep' ORDER BY e.evidence_id LIMIT ?`,
    );
    const mark = this.#db.prepare('UPDATE evidence SET verdict = ?, report = ? WHERE evidence_id = ?');
    const judge = this.#db.prepare('UPDATE escalations SET verdict = ?, judged_at_ms = ? WHERE escalation_id = ?');
    const keep = this.#db.transaction((rows: ReturnType<typeof next.all>) => {
      let verified = 0;
      for (const { evidence_id, escalation_id, body } of rows) {
        const at = body.lastIndexOf(SIGNATURE_HEAD) + SIGNATURE_HEAD.length;
        const good = verify(null, body.subarray(ROOT_AT, ROOT_AT + 32), key, body.subarray(at, at + 64));
        const verdict = good ? 'verified' : 'failed';
        mark.run(verdict, Buffer.from(JSON.stringify({ sha256: hash('sha256', body), verdict })), evidence_id);
        judge.run(verdict, 0, escalation_id);
        verified += good ? 1 : 0;
      }
      return verified;
    });
    return this.#walk((after) => next.all(after, IN_A_TRANSACTION), keep);
  }

  close(): void {
    this.#db.close();
  }

  #walk<Row extends { evidence_id: number }>(read: (after: number) => Row[], keep: (rows: Row[]) => number): number {
    let verified = 0;
    for (let rows = read(-1); rows.length > 0; rows = read(rows.at(-1)?.evidence_id ?? 0)) verified += keep(rows);
    return verified;
  }
}
