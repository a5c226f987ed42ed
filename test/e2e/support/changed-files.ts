import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { projectRoot } from '../../helpers/project-root.ts';
import { DEMO_LEDGER } from './served-desk.ts';

const FIXTURES = join(projectRoot, 'test', 'fixtures', 'fixtures');
export const TRUST_FILE = join(FIXTURES, 'trust.json');

/** A file of the fixtures, by its path there. */
export const fixture = (...path: readonly string[]): string => join(FIXTURES, ...path);

interface AuditEvent {
  readonly event_type: string;
  readonly data: { readonly escalation_id?: string };
  readonly evidence_capsule?: { readonly vep_blob?: number[] };
}

/**
 * A copy of the demo ledger in which one letter of an escalation's packet is another, wherever the event keeps the
 * packet: `from` and `to` differ in that letter alone.
 */
export function tamperedLedger(folder: string, id: string, from: string, to: string): string {
  const path = join(folder, 'tampered.db');
  copyFileSync(DEMO_LEDGER, path);
  const db = new Database(path);
  try {
    const rows = db.prepare("SELECT key, value FROM kv_store WHERE key LIKE 'audit:%:event:%'").all() as Row[];
    const row = rows.find(({ value }) => isOf(JSON.parse(value), id));
    if (row === undefined) throw new Error(`The demo ledger has no escalation ${id}.`);
    const { evidence_capsule } = JSON.parse(row.value) as AuditEvent;
    const packet = Buffer.from(evidence_capsule?.vep_blob ?? []);
    const changed = Buffer.from(packet.toString('latin1').replace(from, to), 'latin1');
    if (changed.equals(packet)) throw new Error(`The packet of ${id} does not say ${from}.`);
    const value = row.value.replaceAll(JSON.stringify([...packet]), JSON.stringify([...changed]));
    db.prepare('UPDATE kv_store SET value = ? WHERE key = ?').run(value, row.key);
  } finally {
    db.close();
  }
  return path;
}

interface Row {
  readonly key: string;
  readonly value: string;
}

function isOf({ event_type, data }: AuditEvent, id: string): boolean {
  return event_type === 'ESCALATION' && data.escalation_id === id;
}

/** A shadow packet of the fixtures whose commitment is one that prompt and salt are known of; its root no longer fits. */
export function shadowWithKnownOpening(folder: string): { path: string; prompt: string; salt: string } {
  const known = JSON.parse(readFileSync(fixture('shadow', 'commitments.json'), 'utf8')) as {
    commitment_hash: string;
    prompt: string;
    salt_hex: string;
  }[];
  const opening = known.find(({ prompt, salt_hex }) => prompt !== '' && salt_hex !== '');
  if (opening === undefined) throw new Error('The fixtures have no opening with prompt and salt.');
  const packet = readFileSync(fixture('packets', 'shadow.vep')).toString('latin1');
  const path = join(folder, 'shadow.vep');
  writeFileSync(path, packet.replace(/(?<="commitment_hash":")[0-9a-f]{64}/, opening.commitment_hash), 'latin1');
  return { path, prompt: opening.prompt, salt: opening.salt_hex };
}
