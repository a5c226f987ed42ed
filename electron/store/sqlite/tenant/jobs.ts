import type { Job } from '../../../../shared/contract/job.ts';
import type { ReportEntry, StoredJob, StoredReportEntry, TransferEvent, Write } from '../../ledger-store.ts';
import { body, unbody } from '../base/bytes.ts';
import { noteChanges } from '../base/changes.ts';
import type { Reader, Writer } from '../base/connection.ts';
import type { Engine } from '../base/engine.ts';
import { queries, statement } from '../base/statement.ts';
import { once } from './once.ts';

const LISTED = 200;

/** What is kept of a job: the input's hash lies beside its members. */
type JobBody = Job & { readonly input_hash: string };

/** Stores a job's state; a new one is numbered after all others. */
export function putJob(db: Writer, { job, owner, inputHash }: StoredJob): void {
  const kept: JobBody = { ...job, input_hash: inputHash };
  const { changes } = db.run(update, { jobId: job.job_id, owner, body: body(kept) });
  if (changes === 0) {
    const made = (db.get(newest, {})?.made ?? 0) + 1;
    db.run(insert, { jobId: job.job_id, made, kind: job.kind, owner, body: body(kept) });
  }
  noteChanges(db, [{ tenantId: null, topic: 'job', escalationId: null }]);
}

export function readJob(db: Reader, jobId: string): StoredJob | null {
  const row = db.get(byId, { jobId });
  return row === undefined ? null : { ...opened(row.body), owner: row.owner };
}

/** Newest first, at most 200. */
export function readJobs(db: Reader, kind: Job['kind'] | null): Job[] {
  const rows = kind === null ? db.all(all, {}) : db.all(ofKind, { kind });
  return rows.map((row) => opened(row.body).job);
}

function opened(bytes: Uint8Array): Pick<StoredJob, 'job' | 'inputHash'> {
  const { input_hash: inputHash, ...job } = unbody<JobBody>(bytes);
  // A job of an older desk verified nothing, and says nothing of it.
  return { job: { ...job, verify_result: job.verify_result ?? null }, inputHash };
}

export function appendReport(db: Writer, jobId: string, rows: readonly ReportEntry[]): void {
  let n = db.get(lastEntry, { jobId })?.n ?? 0;
  for (const row of rows) {
    n += 1;
    db.run(insertEntry, { jobId, n, severity: row.severity, body: body(row) });
  }
}

/** Entries after number `after`, in the order in which they were added. */
export function readReport(
  db: Reader,
  query: { jobId: string; severity?: string; after: number; limit: number },
): StoredReportEntry[] {
  const { jobId, severity, after, limit } = query;
  const rows =
    severity === undefined
      ? db.all(entries, { jobId, after, limit })
      : db.all(entriesOf, { jobId, severity, after, limit });
  return rows.map((row) => ({ ...unbody<ReportEntry>(row.body), n: row.n }));
}

/** LedgerStore.recordTransfer. */
export function recordTransfer(engine: Engine, write: Write, transfer: TransferEvent): void {
  once(engine, write, { makesTenant: true }, (tx) => {
    const { jobId: job, sha256 = null, manifestSha256 = null } = transfer;
    const counts = { ...transfer.counts };
    if (transfer.kind === 'import') tx.log({ kind: 'import.finished', job, counts }, {}, null);
    else tx.log({ kind: 'export.finished', job, counts, sha256, manifest_sha256: manifestSha256 }, {}, null);
    return null;
  });
}

const newest = statement<object>()(() =>
  queries.selectFrom('jobs').select((eb) => eb.fn.max<number | null>('made').as('made')),
);
const insert = statement<{ jobId: string; made: number; kind: string; owner: string; body: Uint8Array }>()((arg) =>
  queries
    .insertInto('jobs')
    .values({ job_id: arg.jobId, made: arg.made, kind: arg.kind, owner: arg.owner, body: arg.body }),
);
const update = statement<{ jobId: string; owner: string; body: Uint8Array }>()((arg) =>
  queries.updateTable('jobs').set({ owner: arg.owner, body: arg.body }).where('job_id', '=', arg.jobId),
);
const byId = statement<{ jobId: string }>()((arg) =>
  queries.selectFrom('jobs').select(['body', 'owner']).where('job_id', '=', arg.jobId),
);
const all = statement<object>()(() => queries.selectFrom('jobs').select('body').orderBy('made', 'desc').limit(LISTED));
const ofKind = statement<{ kind: string }>()((arg) =>
  queries.selectFrom('jobs').select('body').where('kind', '=', arg.kind).orderBy('made', 'desc').limit(LISTED),
);
const lastEntry = statement<{ jobId: string }>()((arg) =>
  queries
    .selectFrom('job_report')
    .select((eb) => eb.fn.max<number | null>('n').as('n'))
    .where('job_id', '=', arg.jobId),
);
const insertEntry = statement<{ jobId: string; n: number; severity: string; body: Uint8Array }>()((arg) =>
  queries.insertInto('job_report').values({ job_id: arg.jobId, n: arg.n, severity: arg.severity, body: arg.body }),
);
type Page = { jobId: string; after: number; limit: number };
const entries = statement<Page>()((arg) =>
  queries
    .selectFrom('job_report')
    .select(['n', 'body'])
    .where('job_id', '=', arg.jobId)
    .where('n', '>', arg.after)
    .orderBy('n')
    .limit(arg.limit),
);
const entriesOf = statement<Page & { severity: string }>()((arg) =>
  queries
    .selectFrom('job_report')
    .select(['n', 'body'])
    .where('job_id', '=', arg.jobId)
    .where('severity', '=', arg.severity)
    .where('n', '>', arg.after)
    .orderBy('n')
    .limit(arg.limit),
);
