import { createHash, hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { openBareReader } from './connection.ts';

const CHUNK_CHARACTERS = 1024 * 1024;

interface EscalationCells {
  readonly escalation_id: number;
  readonly version: number;
  readonly record: Buffer;
  readonly request: Buffer | null;
  readonly deadlines: Buffer;
  readonly findings: Buffer;
  readonly decision: Buffer | null;
}
interface EvidenceCells {
  readonly kind: string;
  readonly role: string;
  readonly size: number;
  readonly body: Buffer;
}

/**
 * The bare program beside an export: reads the same rows of the store, JSON.parses the records and SHA-256s the evidence,
 * and writes the same JSONL, its evidence inline, to a temporary file that it syncs and renames. How many lines.
 */
export function bareExport(store: string, tenant: string, path: string): number {
  const db = openBareReader(store);
  try {
    const evidence = db.prepare<[number], EvidenceCells>(
      `SELECT e.kind, e.role, b.size, b.body FROM evidence e JOIN blobs b ON b.blob_id = e.blob_id
       WHERE e.escalation_id = ? ORDER BY e.evidence_id`,
    );
    const file = new SyncedFile(path);
    let lines = 0;
    for (const row of escalations(db, tenant)) {
      file.write(lineOf(tenant, row, evidence.all(row.escalation_id)));
      lines += 1;
    }
    file.end(lines);
    return lines;
  } finally {
    db.close();
  }
}

function escalations(db: Database.Database, tenant: string): IterableIterator<EscalationCells> {
  return db
    .prepare<[Buffer], EscalationCells>(
      `SELECT e.escalation_id, e.version, e.record, e.request, e.deadlines, e.findings, d.body AS decision
       FROM escalations e LEFT JOIN decisions d ON d.escalation_id = e.escalation_id AND d.n = 0
       WHERE e.tenant_id = (SELECT tenant_id FROM tenants WHERE name_sha256 = ?) ORDER BY e.escalation_id`,
    )
    .iterate(hash('sha256', tenant, 'buffer'));
}

function lineOf(tenant: string, row: EscalationCells, evidence: readonly EvidenceCells[]): string {
  const escalation = {
    tenant,
    record: parsed(row.record),
    request: parsed(row.request),
    decision: parsed(row.decision),
    deadline: { all: parsed(row.deadlines) },
    evidence: evidence.map(({ kind, role, size, body }) => ({
      sha256: hash('sha256', body),
      kind,
      role,
      bytes: size,
      verdict: null,
      base64: body.toString('base64'),
    })),
    findings: parsed(row.findings),
    dissents: [],
    version: String(row.version),
  };
  return `${JSON.stringify(escalation)}\n`;
}

function parsed(body: Buffer | null): unknown {
  return body === null ? null : JSON.parse(body.toString());
}

/** Written in large pieces under another name, hashed, synced, renamed; with its manifest. */
class SyncedFile {
  readonly #path: string;
  readonly #file: number;
  readonly #hash = createHash('sha256');
  #held = '';

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(`${path}.part`, 'w');
  }

  write(text: string): void {
    this.#held += text;
    if (this.#held.length >= CHUNK_CHARACTERS) this.#flush();
  }

  end(records: number): void {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
    renameSync(`${this.#path}.part`, this.#path);
    writeFileSync(`${this.#path}.manifest.json`, JSON.stringify({ sha256: this.#hash.digest('hex'), records }), {
      flush: true,
    });
    const folder = openSync(dirname(this.#path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#held);
    this.#held = '';
    this.#hash.update(bytes);
    writeSync(this.#file, bytes);
  }
}
