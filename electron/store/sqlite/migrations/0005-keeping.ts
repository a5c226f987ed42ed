import type { Migration } from './migration.ts';

/**
 * What a rule of the tenant's removed. A piece whose bytes are gone keeps its row; so does the blob, whose bytes are there
 * as long as any piece has them still.
 */
export const keeping: Migration = {
  number: 5,
  sql: 'ALTER TABLE evidence ADD COLUMN removed_ms INTEGER;',
};
