import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { LedgerEvent } from '../../shared/domain/ledger-event.ts';

type Row = Record<string, unknown>;

/**
 * Looks at a store's file as no part of the product does, and says what is wrong with it: damage, counts that do not
 * agree with the rows (I10), parts of an operation without the rest (I2), a log with a gap or a changed leaf (I7).
 * Empty when all is well.
 */
export function faultsOf(path: string): string[] {
  const db = new Database(path, { readonly: true });
  try {
    return [...damage(db), ...countFaults(db), ...operationFaults(db), ...logFaults(db)];
  } finally {
    db.close();
  }
}

function damage(db: Database.Database): string[] {
  const answer = db.pragma('integrity_check', { simple: true });
  const orphans = db.pragma('foreign_key_check') as Row[];
  return [
    ...(answer === 'ok' ? [] : [`integrity: ${String(answer)}`]),
    ...orphans.map((row) => `orphan: ${JSON.stringify(row)}`),
  ];
}

function countFaults(db: Database.Database): string[] {
  const wrong = db
    .prepare(
      `SELECT t.tenant_id, c.active, c.resolved, c.expired, c.deceptive, c.failed FROM tenants t JOIN counts c USING (tenant_id)
       WHERE (c.active, c.resolved, c.expired, c.deceptive, c.failed) IS NOT (
         SELECT count(*) FILTER (WHERE status = 'ESCALATED'), count(*) FILTER (WHERE status = 'RESOLVED'),
                count(*) FILTER (WHERE status = 'EXPIRED'), count(*) FILTER (WHERE status = 'ESCALATED' AND deceptive = 1),
                count(*) FILTER (WHERE status = 'ESCALATED' AND verdict = 'failed')
         FROM escalations e WHERE e.tenant_id = t.tenant_id)`,
    )
    .all();
  return wrong.map((row) => `counts: ${JSON.stringify(row)}`);
}

/** Each query finds what only half of an operation leaves. */
const HALVES: Readonly<Record<string, string>> = {
  'final without a decision': `SELECT escalation_id FROM escalations e WHERE (status = 'ESCALATED') =
    EXISTS (SELECT 1 FROM decisions d WHERE d.escalation_id = e.escalation_id)`,
  'recorded without an event': `SELECT escalation_id FROM escalations e WHERE NOT EXISTS (
    SELECT 1 FROM ledger_events l WHERE l.escalation_id = e.escalation_id AND l.leaf LIKE '%"kind":"escalation.recorded"%')`,
  'decided here without an event': `SELECT escalation_id FROM decisions d WHERE d.body LIKE '%"source":"desk"%' AND NOT EXISTS (
    SELECT 1 FROM ledger_events l WHERE l.escalation_id = d.escalation_id AND l.leaf LIKE '%"outcome":%')`,
  'more than one decision': 'SELECT escalation_id FROM decisions GROUP BY escalation_id HAVING count(*) > 1',
  'not in the search': 'SELECT escalation_id FROM escalations WHERE escalation_id NOT IN (SELECT rowid FROM search)',
  'evidence without bytes': `SELECT blob_id FROM blobs b WHERE size <>
    coalesce(length(body), (SELECT sum(length(p.body)) FROM blob_pieces p WHERE p.blob_id = b.blob_id))`,
  'packets miscounted': `SELECT escalation_id FROM escalations e WHERE packets <> (SELECT count(*) FROM evidence v
    WHERE v.escalation_id = e.escalation_id AND v.kind IN ('vep', 'capsule'))`,
  'half a judgement': `SELECT escalation_id FROM escalations WHERE (judged_at_ms IS NULL) <> (judgement IS NULL)
    OR (judged_at_ms IS NULL AND (judged > 0 OR verdict <> 'unchecked')) OR (judged = 0 AND judged_until_ms IS NOT NULL)`,
  'half a report': 'SELECT evidence_id FROM evidence WHERE (verdict IS NULL) <> (report IS NULL)',
  'judged with keys to come': `SELECT escalation_id FROM escalations e JOIN tenants t USING (tenant_id)
    WHERE e.judged > t.trust_epoch`,
  'judged, and a piece is not': `SELECT escalation_id FROM escalations e WHERE judged > 0 AND EXISTS (
    SELECT 1 FROM evidence v WHERE v.escalation_id = e.escalation_id AND v.kind <> 'source-row' AND v.report IS NULL)`,
  'trusted without an event': `SELECT entry_id FROM trust_entries t WHERE status <> 'offered' AND NOT EXISTS (
    SELECT 1 FROM ledger_events l WHERE l.tenant_id = t.tenant_id AND l.leaf LIKE '%"kind":"trust.pinned"%'
    AND l.leaf LIKE '%"entry":"' || t.entry_id || '"%')`,
  'ended without an event': `SELECT entry_id FROM trust_entries t WHERE status IN ('retired', 'revoked') AND NOT EXISTS (
    SELECT 1 FROM ledger_events l WHERE l.tenant_id = t.tenant_id AND l.leaf LIKE '%"kind":"trust.' || t.status || '"%'
    AND l.leaf LIKE '%"entry":"' || t.entry_id || '"%')`,
  'trusted although its own key is revoked': `SELECT entry_id FROM trust_entries t JOIN own_keys k
    WHERE k.status = 'revoked' AND t.status IN ('pinned', 'retired')
    AND t.body LIKE '%' || lower(hex(k.public_key)) || '%'`,
};

function operationFaults(db: Database.Database): string[] {
  // LIKE does not look into BLOBs here, so the bodies are read as text.
  const asText = (sql: string) => sql.replaceAll(/(\w\.(?:leaf|body)) LIKE/g, 'CAST($1 AS TEXT) LIKE');
  return Object.entries(HALVES).flatMap(([name, sql]) =>
    db
      .prepare(asText(sql))
      .all()
      .map((row) => `${name}: ${JSON.stringify(row)}`),
  );
}

function logFaults(db: Database.Database): string[] {
  const events = db
    .prepare('SELECT tenant_id, seq, leaf, leaf_sha256 FROM ledger_events ORDER BY tenant_id, seq')
    .all() as EventRow[];
  const next = new Map<number, number>();
  const faults = events.flatMap((event) => {
    const expected = next.get(event.tenant_id) ?? 0;
    next.set(event.tenant_id, expected + 1);
    return leafFaults(event, expected);
  });
  const sizes = db.prepare('SELECT tenant_id, log_size FROM tenants').all() as {
    tenant_id: number;
    log_size: number;
  }[];
  const wrong = sizes.filter(({ tenant_id, log_size }) => log_size !== (next.get(tenant_id) ?? 0));
  return [...faults, ...wrong.map(({ tenant_id }) => `log size of tenant ${tenant_id}`)];
}

interface EventRow {
  tenant_id: number;
  seq: number;
  leaf: Buffer;
  leaf_sha256: Buffer;
}

function leafFaults({ tenant_id, seq, leaf, leaf_sha256 }: EventRow, expected: number): string[] {
  const name = `event ${seq} of tenant ${tenant_id}`;
  const digest = createHash('sha256').update(Buffer.of(0)).update(leaf).digest();
  const parsed = LedgerEvent.safeParse(JSON.parse(leaf.toString('utf8')));
  return [
    ...(seq === expected ? [] : [`${name}: expected ${expected}`]),
    ...(digest.equals(leaf_sha256) ? [] : [`${name}: its hash is not that of its leaf`]),
    ...(parsed.success ? [] : [`${name}: ${parsed.error.message}`]),
  ];
}
