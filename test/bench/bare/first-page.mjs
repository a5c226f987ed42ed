// The bare program beside a cold start: opens the store, reads the queue's first page, prints it. Plain JavaScript, so
// that it starts as fast as Node can.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

const [path, tenant] = process.argv.slice(2);
const db = new Database(path, { readonly: true });
const { tenant_id } = db
  .prepare('SELECT tenant_id FROM tenants WHERE name_sha256 = ?')
  .get(createHash('sha256').update(tenant).digest());
const rows = db
  .prepare(
    `SELECT id, record, request FROM escalations WHERE tenant_id = ? AND status = 'ESCALATED'
     ORDER BY deadline_ms, escalation_id LIMIT 100`,
  )
  .all(tenant_id);
for (const { record, request } of rows) {
  process.stdout.write(`${JSON.stringify({ record: JSON.parse(record), request: request && JSON.parse(request) })}\n`);
}
db.close();
