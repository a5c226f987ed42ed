import type { BackupComparison, BackupPreview } from '../../../shared/contract/backup.ts';
import { Outcome } from '../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../shared/domain/hex.ts';
import { equalBytes } from '../../audit/log/merkle.ts';
import type { BackedUpTenant } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { leafOf, rowOf } from '../log/rows.ts';
import { resultOf, told } from './result.ts';

const NAMED = 10;
const PAGE = 500;
const DAY_MINUTES_MS = 24 * 60 * 60_000;

type Log = BackupComparison['log'];

/** A tenant of this store as it is now. */
interface Present {
  readonly tenant: string;
  readonly uid: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Verifies a backup and sets it beside this store, tenant by tenant. Errors as LedgerStore.readBackup. */
export async function compareBackup(context: FeatureContext, path: string, name: string): Promise<BackupPreview> {
  const present = await presentTenants(context);
  const sizes = new Map(present.map(({ uid, size }) => [uid, size]));
  const watch = { progress: () => undefined, signal: new AbortController().signal };
  const facts = await context.store.readBackup(path, watch, sizes);
  const missing = present.filter(({ uid }) => !facts.tenants.some((one) => one.uid === uid));
  const compared: BackupComparison[] = [];
  for (const one of facts.tenants) {
    const now = present.find(({ uid }) => uid === one.uid) ?? null;
    compared.push(await compareTenant(context, one, now));
  }
  for (const now of missing) compared.push(await compareTenant(context, null, now));
  return { backup: resultOf(name, facts), compared };
}

async function presentTenants({ store }: FeatureContext): Promise<Present[]> {
  const present: Present[] = [];
  for (const tenant of await store.tenants()) present.push({ tenant, ...(await store.logHead(tenant)) });
  return present;
}

async function compareTenant(
  context: FeatureContext,
  backup: BackedUpTenant | null,
  now: Present | null,
): Promise<BackupComparison> {
  const log = backup === null || now === null ? 'none' : await standing(context, backup, now);
  const from = log === 'older' ? (backup?.size ?? 0) : 0;
  const nothingLost = now === null || log === 'same' || log === 'newer';
  return {
    tenant: now?.tenant ?? backup?.tenant ?? '',
    backup: backup === null ? null : told(backup),
    now: now === null ? null : await nowOf(context, now),
    log,
    lost: nothingLost ? { n: 0, newest: [] } : await decisionsFrom(context, now.tenant, from),
  };
}

/** By roots at the shorter one's size: whether one log begins with the other. */
async function standing({ store }: FeatureContext, backup: BackedUpTenant, now: Present): Promise<Log> {
  if (backup.size > now.size) return backup.rootAt !== null && equalBytes(backup.rootAt, now.root) ? 'newer' : 'forked';
  const root = await store.logRoot(now.tenant, backup.size);
  if (!equalBytes(root, backup.root)) return 'forked';
  return backup.size === now.size ? 'same' : 'older';
}

async function nowOf({ store, clock }: FeatureContext, { tenant, size, root }: Present) {
  const counts = await store.counts({ tenant, now: clock.now(), dueWithinMs: DAY_MINUTES_MS });
  const { active, resolved, expired } = counts;
  return { size: String(size), root: encodeHex(root), counts: { active, resolved, expired } };
}

/** The decisions that were recorded here as event `from` or later. */
async function decisionsFrom(
  { store }: FeatureContext,
  tenant: string,
  from: number,
): Promise<BackupComparison['lost']> {
  const newest: BackupComparison['lost']['newest'] = [];
  let n = 0;
  for (let before: number | undefined; ; ) {
    const query = { tenant, kinds: ['decision.recorded'], limit: PAGE, ...(before === undefined ? {} : { before }) };
    const rows = (await store.logRows(query)).filter(({ seq }) => seq >= from);
    n += rows.length;
    for (const row of rows.slice(0, NAMED - newest.length)) {
      const { seq, at, escalation, actor } = rowOf(row);
      const outcome = Outcome.safeParse(leafOf(row).outcome).data ?? null;
      newest.push({ seq, at, outcome, id: escalation?.id ?? null, by: actor });
    }
    before = rows.at(-1)?.seq;
    if (rows.length < PAGE || before === undefined) return { n, newest };
  }
}
