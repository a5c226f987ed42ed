import type { Migration } from './migration.ts';

/**
 * The ledger's first form. Ids and texts from outside are UTF-8 bytes in BLOBs, unique by their SHA-256; numbers that
 * may pass 2^53 are decimal TEXT (S45). What each column and index is for: docs/formats/store.md.
 */
export const ledger: Migration = {
  number: 1,
  sql: `
CREATE TABLE tenants (
  tenant_id INTEGER PRIMARY KEY,
  name BLOB NOT NULL,
  name_sha256 BLOB NOT NULL UNIQUE,
  uid TEXT NOT NULL UNIQUE,
  log_size INTEGER NOT NULL DEFAULT 0,
  settings BLOB
) STRICT;

CREATE TABLE counts (
  tenant_id INTEGER PRIMARY KEY REFERENCES tenants,
  active INTEGER NOT NULL DEFAULT 0 CHECK (active >= 0),
  resolved INTEGER NOT NULL DEFAULT 0 CHECK (resolved >= 0),
  expired INTEGER NOT NULL DEFAULT 0 CHECK (expired >= 0),
  deceptive INTEGER NOT NULL DEFAULT 0 CHECK (deceptive >= 0)
) STRICT;

CREATE TABLE escalations (
  escalation_id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  id_sha256 BLOB NOT NULL CHECK (length(id_sha256) = 32),
  event BLOB NOT NULL CHECK (length(event) = 16),
  status TEXT NOT NULL CHECK (status IN ('ESCALATED', 'RESOLVED', 'EXPIRED')),
  version INTEGER NOT NULL,
  deadline_ms INTEGER NOT NULL,
  recorded_key TEXT NOT NULL,
  decided_key TEXT NOT NULL,
  list_epoch INTEGER NOT NULL,
  list_position INTEGER NOT NULL,
  fixed_deadline_ms INTEGER NOT NULL,
  sla_ms INTEGER,
  escalated_ms INTEGER,
  past_on_arrival INTEGER NOT NULL,
  claimed_by TEXT,
  claim_until_ms INTEGER,
  deceptive INTEGER NOT NULL,
  packets INTEGER NOT NULL,
  token_root BLOB,
  id BLOB NOT NULL,
  deadlines BLOB NOT NULL,
  findings BLOB NOT NULL,
  record BLOB NOT NULL,
  request BLOB
) STRICT;
CREATE UNIQUE INDEX escalations_by_key ON escalations (tenant_id, id_sha256, event);
CREATE INDEX escalations_by_status_deadline ON escalations (tenant_id, status, deadline_ms, escalation_id);
CREATE INDEX escalations_by_status_recorded ON escalations (tenant_id, status, recorded_key, escalation_id);
CREATE INDEX escalations_by_status_decided ON escalations (tenant_id, status, decided_key, escalation_id);
CREATE INDEX escalations_by_deadline ON escalations (tenant_id, deadline_ms, escalation_id);
CREATE INDEX escalations_by_recorded ON escalations (tenant_id, recorded_key, escalation_id);
CREATE INDEX escalations_by_decided ON escalations (tenant_id, decided_key, escalation_id);
CREATE INDEX escalations_in_order ON escalations (tenant_id, list_epoch, list_position, escalation_id);
CREATE INDEX escalations_active_in_order ON escalations (tenant_id, list_epoch, list_position, escalation_id)
  WHERE status = 'ESCALATED';
CREATE INDEX escalations_claimed_by_deadline ON escalations (tenant_id, claimed_by, deadline_ms, escalation_id, claim_until_ms)
  WHERE claimed_by IS NOT NULL;
CREATE INDEX escalations_claimed_by_recorded ON escalations (tenant_id, claimed_by, recorded_key, escalation_id, claim_until_ms)
  WHERE claimed_by IS NOT NULL;
CREATE INDEX escalations_deceptive_by_deadline ON escalations (tenant_id, status, deceptive, deadline_ms, escalation_id)
  WHERE deceptive = 1;
CREATE INDEX escalations_deceptive_by_recorded ON escalations (tenant_id, status, deceptive, recorded_key, escalation_id)
  WHERE deceptive = 1;
CREATE INDEX escalations_by_token_root ON escalations (tenant_id, token_root) WHERE token_root IS NOT NULL;

CREATE TABLE list_epochs (
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  job_id TEXT NOT NULL,
  list_epoch INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, job_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions (
  escalation_id INTEGER NOT NULL REFERENCES escalations,
  n INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (escalation_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;

CREATE TABLE dissents (
  escalation_id INTEGER NOT NULL REFERENCES escalations,
  n INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (escalation_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE blobs (
  blob_id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  size INTEGER NOT NULL,
  body BLOB
) STRICT;
CREATE TABLE blob_pieces (
  blob_id INTEGER NOT NULL REFERENCES blobs,
  n INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (blob_id, n)
) STRICT;

CREATE TABLE evidence (
  evidence_id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  escalation_id INTEGER REFERENCES escalations,
  blob_id INTEGER NOT NULL REFERENCES blobs,
  kind TEXT NOT NULL CHECK (kind IN ('vep', 'capsule', 'token', 'source-row')),
  role TEXT NOT NULL CHECK (role IN ('escalation', 'resolution')),
  root BLOB
) STRICT;
CREATE UNIQUE INDEX evidence_of_escalation ON evidence (escalation_id, blob_id, role) WHERE escalation_id IS NOT NULL;
CREATE UNIQUE INDEX evidence_unattached ON evidence (tenant_id, blob_id) WHERE escalation_id IS NULL;
CREATE INDEX evidence_of_tenant ON evidence (tenant_id, blob_id);

CREATE TABLE ledger_events (
  event_id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  seq INTEGER NOT NULL,
  escalation_id INTEGER,
  leaf BLOB NOT NULL,
  leaf_sha256 BLOB NOT NULL CHECK (length(leaf_sha256) = 32)
) STRICT;
CREATE UNIQUE INDEX ledger_events_in_order ON ledger_events (tenant_id, seq);
CREATE INDEX ledger_events_of_escalation ON ledger_events (escalation_id, seq) WHERE escalation_id IS NOT NULL;
CREATE TRIGGER ledger_events_are_never_edited BEFORE UPDATE ON ledger_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER ledger_events_are_never_removed BEFORE DELETE ON ledger_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE event_fields (
  event_id INTEGER NOT NULL REFERENCES ledger_events,
  name TEXT NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  value BLOB NOT NULL,
  PRIMARY KEY (event_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_rows (
  source_row_id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  key_sha256 BLOB NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL,
  created_at TEXT,
  updated_at TEXT
) STRICT;
CREATE UNIQUE INDEX source_rows_by_key ON source_rows (tenant_id, key_sha256);
CREATE INDEX source_rows_in_order ON source_rows (tenant_id, source_row_id);

CREATE TABLE pending_decisions (
  pending_id TEXT PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants,
  escalation_id INTEGER NOT NULL UNIQUE REFERENCES escalations,
  owner TEXT NOT NULL,
  profile_id TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  due_at_ms INTEGER NOT NULL,
  decision BLOB NOT NULL,
  draft BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_decisions_of_tenant ON pending_decisions (tenant_id, due_at_ms);

CREATE TABLE drafts (
  escalation_id INTEGER NOT NULL REFERENCES escalations,
  profile_id TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (escalation_id, profile_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE profiles (
  profile_id TEXT PRIMARY KEY,
  made INTEGER NOT NULL UNIQUE,
  name_folded BLOB NOT NULL UNIQUE,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE profile_roles (
  profile_id TEXT NOT NULL REFERENCES profiles,
  tenant_id INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('reviewer', 'auditor', 'operator')),
  PRIMARY KEY (profile_id, tenant_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  job_id TEXT PRIMARY KEY,
  made INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_kind ON jobs (kind, made);
CREATE TABLE job_report (
  job_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('refused', 'finding', 'info')),
  body BLOB NOT NULL,
  PRIMARY KEY (job_id, n)
) STRICT;
CREATE INDEX job_report_by_severity ON job_report (job_id, severity, n);

CREATE TABLE idempotency (
  tenant_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  answer BLOB NOT NULL,
  drop_at_ms INTEGER,
  PRIMARY KEY (tenant_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_to_drop ON idempotency (drop_at_ms) WHERE drop_at_ms IS NOT NULL;

CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  change_id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id INTEGER,
  topic TEXT NOT NULL,
  escalation_id INTEGER
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
  tenant, text, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
`,
};
