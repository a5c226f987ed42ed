import type { Migration } from './migration.ts';

/** How far a tenant's new limit has come through its active escalations; a row is there only while it has not yet come to the end. */
export const deadlineMoves: Migration = {
  number: 2,
  sql: `
CREATE TABLE deadline_moves (
  tenant_id INTEGER PRIMARY KEY REFERENCES tenants,
  recorded_key TEXT NOT NULL,
  escalation_id INTEGER NOT NULL
) STRICT;
`,
};
