import type { LogVerified } from '../../../shared/contract/log.ts';
import { instantText } from '../../../shared/domain/clock.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { envelopeIn, readLeaf } from '../../audit/log/entry-line.ts';
import { HASH_BYTES } from '../../audit/log/merkle.ts';
import { judgeStatement } from '../../audit/statement/check-statement.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';
import type { LogFailure, LoggedRow } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { type JobHandle, type JobOutcome, jobsOf } from '../job/jobs.ts';
import { trustOf } from '../keys/trust-store.ts';
import { tenantWrite } from '../writing.ts';
import { headWatchOf, NONE_REMEMBERED } from './head-watch.ts';
import { signedHead } from './signed-head.ts';
import { unlessDamaged } from './unless-damaged.ts';

/** A result names this many; the first is where to look. */
const NAMED = 100;
const PAGE = 500;

interface VerifyInput {
  readonly by: string;
  readonly idempotency_key: string;
  readonly tenant: string;
}

/** Verifies the tenant's whole log as a job, whose id is the key. NOT_FOUND. */
export async function verify(context: FeatureContext, input: VerifyInput): Promise<{ job_id: string }> {
  const { tenant, idempotency_key: jobId } = input;
  const { inputHash } = tenantWrite(context, 'log.verify', input);
  const again = await jobsOf(context).again(jobId, inputHash);
  if (again !== null) return again;
  await context.store.settings(tenant);
  const run = (handle: JobHandle) => verifyLog(context, tenant, handle);
  return jobsOf(context).start({ jobId, inputHash, kind: 'verify-log', title: 'Verify the log', tenant, run });
}

/**
 * The log against its tables and tiles (LedgerStore.checkLog), each decision's statement against its entry and its key,
 * the checkpoints' signatures, and the head remembered outside the store. What came out is kept: while it is that
 * something differs, nothing is signed or decided in this log.
 */
async function verifyLog(context: FeatureContext, tenant: string, handle: JobHandle): Promise<JobOutcome> {
  const failures: LogFailure[] = [];
  let size = 0;
  const add = (found: readonly LogFailure[]) => void failures.push(...found.slice(0, NAMED - failures.length));
  for await (const { done, total, failures: found } of context.store.checkLog(tenant)) {
    add(found);
    size = total;
    handle.progress(done, total, 'events');
    if (handle.signal.aborted) return { cancelled: true, result: {} };
  }
  for await (const found of statementFailures(context, tenant)) {
    add(found);
    if (handle.signal.aborted) return { cancelled: true, result: {} };
  }
  add(await checkpointFailures(context, tenant));
  add(await rememberedFailures(context, tenant));
  const root = encodeHex(await rootAt(context, tenant, size));
  const at = instantText(context.clock.now());
  await context.store.saveLogVerdict(tenant, { at, size, root, failures }, failures.length === NAMED);
  const log_result: LogVerified = { size: String(size), root, verified: failures.length === 0, failures };
  return { cancelled: false, result: { log_result } };
}

/** The root as the tiles have it; 32 zero bytes where they, or the size kept beside them, are damaged, as was said by then. */
async function rootAt({ store }: FeatureContext, tenant: string, size: number): Promise<Uint8Array> {
  return unlessDamaged(store.logRoot(tenant, size), new Uint8Array(HASH_BYTES), ['INTEGRITY_FAILED', 'INVALID_INPUT']);
}

/** Statements that are not signed by the key that they name, or say another thing than their entry. */
async function* statementFailures(context: FeatureContext, tenant: string): AsyncGenerator<LogFailure[]> {
  const trust = withoutTime((await trustOf(context, tenant)).trust);
  let before: number | undefined;
  for (;;) {
    const query = { tenant, kinds: ['decision.recorded'], limit: PAGE, ...(before === undefined ? {} : { before }) };
    const rows = await context.store.logRows(query);
    yield rows.flatMap((row) => statementFailure(row, trust));
    before = rows.at(-1)?.seq;
    if (rows.length < PAGE || before === undefined) return;
  }
}

function statementFailure(row: LoggedRow, trust: TrustStore): LogFailure[] {
  const leaf = readLeaf(decodeUtf8(row.leaf) ?? '');
  if (leaf === null || (envelopeIn(leaf) ?? null) === null) return [];
  const { verdict, code, detail } = judgeStatement(leaf, trust);
  return verdict === 'failed' ? [{ place: `statement of event ${row.seq}`, code, detail }] : [];
}

/** A key whose trust has ended still made its signatures: whether the log is whole does not hang on it. */
function withoutTime({ keys, baselines }: TrustStore): TrustStore {
  return { baselines, keys: keys.map(({ name, purpose, public_hex }) => ({ name, purpose, public_hex })) };
}

async function checkpointFailures(context: FeatureContext, tenant: string): Promise<LogFailure[]> {
  const failures: LogFailure[] = [];
  for (const checkpoint of await context.store.checkpoints(tenant, Number.MAX_SAFE_INTEGER)) {
    if ((await signedHead(context, tenant, checkpoint)) !== null) continue;
    const detail = 'The desk’s signature on it does not hold, or it says another head.';
    failures.push({ place: `checkpoint ${checkpoint.size}`, code: 'CHECKPOINT_SIGNATURE', detail });
  }
  return failures;
}

async function rememberedFailures(context: FeatureContext, tenant: string): Promise<LogFailure[]> {
  const watch = await headWatchOf(context);
  const { state, detail } = await unlessDamaged(watch.compare(tenant), NONE_REMEMBERED);
  if (detail === null) return [];
  return [{ place: 'remembered head', code: state === 'forked' ? 'FORKED' : 'ROLLED_BACK', detail }];
}
