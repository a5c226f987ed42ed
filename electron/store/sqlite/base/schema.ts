import type { Generated, GeneratedAlways } from 'kysely';

type Bytes = Uint8Array;

export interface EscalationTable {
  escalation_id: Generated<number>;
  tenant_id: number;
  id_sha256: Bytes;
  event: Bytes;
  status: string;
  version: number;
  deadline_ms: number;
  recorded_key: string;
  decided_key: string;
  list_epoch: number;
  list_position: number;
  fixed_deadline_ms: number;
  sla_ms: number | null;
  escalated_ms: number | null;
  past_on_arrival: number;
  claimed_by: string | null;
  claim_until_ms: number | null;
  deceptive: number;
  packets: number;
  token_root: Bytes | null;
  id: Bytes;
  deadlines: Bytes;
  findings: Bytes;
  record: Bytes;
  request: Bytes | null;
  verdict: Generated<string>;
  judged: Generated<number>;
  judged_until_ms: number | null;
  judged_at_ms: number | null;
  judgement: Bytes | null;
  found_as: GeneratedAlways<string | null>;
}

export interface NumberedBody {
  escalation_id: number;
  n: number;
  body: Bytes;
}

/** The store's tables as Kysely sees them (migrations/, docs/formats/store.md). Bodies are JSON in UTF-8. */
export interface Schema {
  tenants: {
    tenant_id: Generated<number>;
    name: Bytes;
    name_sha256: Bytes;
    uid: string;
    log_size: Generated<number>;
    settings: Bytes | null;
    trust_epoch: Generated<number>;
    log_verdict: Bytes | null;
  };
  counts: {
    tenant_id: number;
    active: number;
    resolved: number;
    expired: number;
    deceptive: number;
    failed: Generated<number>;
  };
  escalations: EscalationTable;
  deadline_moves: { tenant_id: number; recorded_key: string; escalation_id: number };
  list_epochs: { tenant_id: number; job_id: string; list_epoch: number };
  decisions: NumberedBody;
  dissents: NumberedBody;
  blobs: { blob_id: Generated<number>; sha256: Bytes; size: number; body: Bytes | null };
  blob_pieces: { blob_id: number; n: number; body: Bytes };
  evidence: {
    evidence_id: Generated<number>;
    tenant_id: number;
    escalation_id: number | null;
    blob_id: number;
    kind: string;
    role: string;
    root: Bytes | null;
    verdict: string | null;
    report: Bytes | null;
    removed_ms: number | null;
  };
  trust_entries: {
    entry_id: string;
    tenant_id: number;
    made: number;
    status: string;
    content_sha256: Bytes;
    fingerprint: Bytes;
    body: Bytes;
  };
  own_keys: {
    key_id: string;
    made: number;
    profile_id: string | null;
    status: string;
    public_key: Bytes;
    body: Bytes;
    sealed: Bytes | null;
  };
  ledger_events: {
    event_id: Generated<number>;
    tenant_id: number;
    seq: number;
    escalation_id: number | null;
    leaf: Bytes;
    leaf_sha256: Bytes;
    kind: string;
  };
  log_tiles: { tenant_id: number; level: number; idx: number; hashes: Bytes };
  checkpoints: { tenant_id: number; size: number; root: Bytes; note: string; made_at: string };
  event_fields: { event_id: number; name: string; salt: Bytes; value: Bytes };
  source_rows: {
    source_row_id: Generated<number>;
    tenant_id: number;
    key_sha256: Bytes;
    key: Bytes;
    value: Bytes;
    created_at: string | null;
    updated_at: string | null;
  };
  pending_decisions: {
    pending_id: string;
    tenant_id: number;
    escalation_id: number;
    owner: string;
    profile_id: string;
    started_at_ms: number;
    due_at_ms: number;
    decision: Bytes;
    draft: Bytes;
  };
  drafts: { escalation_id: number; profile_id: string; body: Bytes };
  profiles: { profile_id: string; made: number; name_folded: Bytes; body: Bytes };
  profile_roles: { profile_id: string; tenant_id: number; role: string };
  jobs: { job_id: string; made: number; kind: string; owner: string; body: Bytes };
  job_report: { job_id: string; n: number; severity: string; body: Bytes };
  schedules: { schedule_id: string; tenant_id: number; made: number; body: Bytes; state: Bytes };
  idempotency: { tenant_id: number; key: string; input_hash: string; answer: Bytes; drop_at_ms: number | null };
  leases: { name: string; owner: string; until_ms: number };
  changes: { change_id: Generated<number>; tenant_id: number | null; topic: string; escalation_id: number | null };
  search: { rowid: number; tenant: string; text: string };
}
