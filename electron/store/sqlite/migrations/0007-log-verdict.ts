import type { Migration } from './migration.ts';

/** What the last verification of a tenant's whole log found: nothing is decided in one that was found broken. */
export const logVerdict: Migration = {
  number: 7,
  sql: 'ALTER TABLE tenants ADD COLUMN log_verdict BLOB;',
};
