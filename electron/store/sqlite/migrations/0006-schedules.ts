import type { Migration } from './migration.ts';

/** Exports that a tenant's desk makes by itself: what was ordered, and apart from it how far it has come. */
export const schedules: Migration = {
  number: 6,
  sql: `
CREATE TABLE schedules (
  schedule_id TEXT PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  made INTEGER NOT NULL,
  body BLOB NOT NULL,
  state BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX schedules_in_order ON schedules (tenant_id, made);
`,
};
