import type { Migration } from './migration.ts';

/**
 * What evidence was found to be worth, the keys that it is judged by, and the desk's own keys. A judgement is current
 * while `judged` is its tenant's `trust_epoch` and `judged_until_ms` has not passed; so a change of keys rewrites one
 * row. `found_as` places an escalation in the lists by verdict: what was verified with other keys is in none.
 */
export const judgements: Migration = {
  number: 3,
  sql: `
ALTER TABLE tenants ADD COLUMN trust_epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE counts ADD COLUMN failed INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0);

ALTER TABLE evidence ADD COLUMN verdict TEXT CHECK (verdict IN ('verified', 'failed', 'unchecked'));
ALTER TABLE evidence ADD COLUMN report BLOB;

ALTER TABLE escalations ADD COLUMN verdict TEXT NOT NULL DEFAULT 'unchecked'
  CHECK (verdict IN ('verified', 'failed', 'unchecked'));
ALTER TABLE escalations ADD COLUMN judged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE escalations ADD COLUMN judged_until_ms INTEGER;
ALTER TABLE escalations ADD COLUMN judged_at_ms INTEGER;
ALTER TABLE escalations ADD COLUMN judgement BLOB;
ALTER TABLE escalations ADD COLUMN found_as TEXT GENERATED ALWAYS AS (
  CASE WHEN verdict = 'failed' THEN 'failed' WHEN judged = 0 THEN NULL
       WHEN verdict = 'verified' THEN 'verified ' || judged ELSE 'unchecked' END) VIRTUAL;
CREATE INDEX escalations_found_by_deadline
  ON escalations (tenant_id, status, found_as, deadline_ms, escalation_id, judged_until_ms) WHERE found_as IS NOT NULL;
CREATE INDEX escalations_found_by_recorded
  ON escalations (tenant_id, status, found_as, recorded_key, escalation_id, judged_until_ms) WHERE found_as IS NOT NULL;
CREATE INDEX escalations_found_by_decided
  ON escalations (tenant_id, status, found_as, decided_key, escalation_id, judged_until_ms) WHERE found_as IS NOT NULL;
CREATE INDEX escalations_to_judge ON escalations (tenant_id, judged, escalation_id);
CREATE INDEX escalations_judged_until ON escalations (tenant_id, judged_until_ms, escalation_id, judged)
  WHERE judged_until_ms IS NOT NULL;

CREATE TABLE trust_entries (
  entry_id TEXT PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  made INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('offered', 'pinned', 'retired', 'revoked')),
  content_sha256 BLOB NOT NULL CHECK (length(content_sha256) = 32),
  fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX trust_entries_in_order ON trust_entries (tenant_id, made);
CREATE INDEX trust_entries_by_content ON trust_entries (tenant_id, content_sha256);
CREATE INDEX trust_entries_by_fingerprint ON trust_entries (fingerprint, tenant_id);

CREATE TABLE own_keys (
  key_id TEXT PRIMARY KEY,
  made INTEGER NOT NULL UNIQUE,
  profile_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('in-use', 'rotated', 'revoked')),
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  body BLOB NOT NULL,
  sealed BLOB CHECK (status <> 'revoked' OR sealed IS NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX own_keys_in_use_of_the_desk ON own_keys (status) WHERE profile_id IS NULL AND status = 'in-use';
`,
};
