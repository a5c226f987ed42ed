/**
 * The database of vex-persist 1.7.0 as its own migrations leave it, so that VEX takes an export for its own: tables and
 * indexes by their exact text, in their order, and the migrations that it checks by their checksums.
 */
export const VEX_SCHEMA: readonly string[] = [
  `CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
)`,
  `CREATE TABLE kv_store (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL,
    created_at INTEGER,
    updated_at INTEGER
, tenant_id TEXT NOT NULL DEFAULT 'default')`,
  `CREATE TABLE agents (
    id TEXT PRIMARY KEY NOT NULL,
    parent_id TEXT,
    fitness REAL NOT NULL DEFAULT 0.0,
    generation INTEGER NOT NULL DEFAULT 0,
    metadata TEXT NOT NULL, -- JSON
    created_at INTEGER NOT NULL
, tenant_id TEXT NOT NULL DEFAULT 'default')`,
  `CREATE TABLE contexts (
    packet_id TEXT PRIMARY KEY NOT NULL,
    data BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER 
, tenant_id TEXT NOT NULL DEFAULT 'default')`,
  `CREATE TABLE audit_logs (
    id TEXT PRIMARY KEY NOT NULL,
    entity_id TEXT NOT NULL,
    action TEXT NOT NULL,
    diff TEXT, -- JSON
    previous_hash TEXT,
    current_hash TEXT NOT NULL,
    signature TEXT,
    created_at INTEGER NOT NULL
, tenant_id TEXT NOT NULL DEFAULT 'default')`,
  `CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    job_type TEXT NOT NULL,
    payload JSON NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending', -- pending, processing, completed, failed
    priority INTEGER NOT NULL DEFAULT 0,
    run_at DATETIME NOT NULL,
    locked_at DATETIME,
    locked_by TEXT,
    retries INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
, tenant_id TEXT NOT NULL DEFAULT 'default', result JSON)`,
  `CREATE TABLE evolution_experiments (
    id TEXT PRIMARY KEY,
    traits TEXT NOT NULL, -- JSON array of trait values
    trait_names TEXT NOT NULL, -- JSON array of trait names
    fitness_scores TEXT NOT NULL, -- JSON map of fitness components
    task_summary TEXT NOT NULL, -- Description of the task
    overall_fitness REAL NOT NULL,
    created_at DATETIME NOT NULL
, tenant_id TEXT NOT NULL DEFAULT 'default')`,
  `CREATE TABLE optimization_rules (
    id TEXT PRIMARY KEY,
    rule_description TEXT NOT NULL,
    affected_traits TEXT NOT NULL, -- JSON array of trait names
    confidence REAL NOT NULL,
    source_count INTEGER NOT NULL, -- Number of experiments this rule is based on
    created_at DATETIME NOT NULL
, tenant_id TEXT NOT NULL DEFAULT 'default')`,
  `CREATE TABLE vector_embeddings (
    id TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    vector BLOB NOT NULL, -- Store as binary f32 array
    metadata JSON NOT NULL,
    created_at INTEGER NOT NULL
)`,
  `CREATE INDEX idx_agents_parent ON agents(parent_id)`,
  `CREATE INDEX idx_audit_entity ON audit_logs(entity_id)`,
  `CREATE INDEX idx_jobs_processing ON jobs(status, run_at)`,
  `CREATE INDEX idx_jobs_locked ON jobs(locked_at) WHERE locked_at IS NOT NULL`,
  `CREATE INDEX idx_experiments_created_at ON evolution_experiments(created_at)`,
  `CREATE INDEX idx_rules_confidence_created ON optimization_rules(confidence DESC, created_at DESC)`,
  `CREATE INDEX idx_agents_tenant ON agents(tenant_id)`,
  `CREATE INDEX idx_contexts_tenant ON contexts(tenant_id)`,
  `CREATE INDEX idx_audit_limit ON audit_logs(tenant_id)`,
  `CREATE INDEX idx_evolution_tenant ON evolution_experiments(tenant_id)`,
  `CREATE INDEX idx_rules_tenant ON optimization_rules(tenant_id)`,
  `CREATE INDEX idx_jobs_tenant ON jobs(tenant_id)`,
  `CREATE INDEX idx_vector_tenant ON vector_embeddings(tenant_id)`,
];

export interface VexMigration {
  readonly version: bigint;
  readonly description: string;
  /** SHA-384 of the migration's text, lower-case hex. */
  readonly checksum: string;
}

export const VEX_MIGRATIONS: readonly VexMigration[] = [
  {
    version: 20241214000000n,
    description: 'initial schema',
    checksum: 'a2cd70173d63f3ba172124b6635ee61c240ecd39640691f1a2f32b2032535620339904f60720c0981948a51905aaad8a',
  },
  {
    version: 20251213000000n,
    description: 'create jobs table',
    checksum: 'b685bf4108638ebc3a4be8242f23e3ecd36de59e67c495a42930ec37464866cc47115f89a0954094381271ae93c0c88e',
  },
  {
    version: 20251217000000n,
    description: 'evolution schema',
    checksum: '06246c77eb1472e027e395850c4ea7f3e6f19da0d3dfbfbbb1dba705e2b90ca6efb1b252f33ad9717a64fc0098a125c6',
  },
  {
    version: 20251218000000n,
    description: 'multi tenancy',
    checksum: '2b93d2ad290ea7cae25568b0fdcb5aaddb793af5de4030a9fe91b390e969b01a888fc91f142d9f139c0c1dbd4cbf4a33',
  },
  {
    version: 20260220000000n,
    description: 'jobs result column',
    checksum: '72ec65c2aa96829ec8f599a86d05884c2c032031b8364d871fa271de80f1b397c4e20c8ab041707c5905df19ad8a3820',
  },
  {
    version: 20260220000001n,
    description: 'vector embeddings',
    checksum: 'a0fc34b7fae07117369ed120894a19a47b105516feb276fd1742101a63820678323f4cff3fded754a9d3217676f75fc3',
  },
];
