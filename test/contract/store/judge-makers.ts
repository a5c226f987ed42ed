import type {
  JudgedAnew,
  LedgerStore,
  NewEscalation,
  NewJudgement,
  StoredEscalation,
} from '../../../electron/store/ledger-store.ts';
import type { Clock } from '../../../shared/domain/clock.ts';
import type { EscalationKey, Verdict } from '../../../shared/domain/escalation.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { Fresh } from './fresh.ts';
import { escalation, evidence, importRows, keyOf, request, writing } from './makers.ts';

/** An escalation with a packet, a source row and a token. */
export const ROW = escalation('esc-1', {
  request: request(),
  evidence: [evidence('packet'), evidence('row', { kind: 'source-row' }), evidence('token', { kind: 'token' })],
});
export const KEY = keyOf(ROW);
export const CLAIM_DIFFERS = { code: 'CLAIM_DIFFERS', message: 'The amount is not the one that was signed.' };

/** An empty store with these rows, ROW alone where none are given. */
export async function withRows(fresh: () => Promise<Fresh>, ...rows: NewEscalation[]): Promise<Fresh> {
  const made = await fresh();
  await importRows(made.store, writing(made.clock), rows.length === 0 ? [ROW] : rows);
  return made;
}

/** What the store shows of ROW now. */
export async function shown({ store, clock }: Fresh): Promise<StoredEscalation> {
  const stored = await store.read(KEY, clock.now());
  if (stored === null) throw new Error('The escalation is gone.');
  return stored;
}

/** Pins a key that was not there, so that all is judged by other keys. */
export function changeKeys({ store, clock }: Fresh): Promise<void> {
  return store.pinTrust(writing(clock), [{ source: 'typed', entry: gateKey(1), confirmed: 'typed' }]);
}

/** A check that came out so. */
export function check(verdict: Verdict, parts: Partial<Check> = {}): Check {
  return { name: 'signature', verdict, code: verdict.toUpperCase(), detail: `It is ${verdict}.`, ...parts };
}

/** A report with one check. */
export function report(verdict: Verdict, parts: Partial<EvidenceReport> = {}): EvidenceReport {
  return {
    sha256: 'cd'.repeat(32),
    bytes: 6,
    kind: 'vep',
    verdict,
    profile: 'vex-0.3',
    root: null,
    findings: [],
    checks: [check(verdict)],
    key: null,
    ...parts,
  };
}

/** A judgement of what the store shows now, all of its pieces alike. */
export async function judgementOn(
  store: LedgerStore,
  key: EscalationKey,
  clock: Clock,
  verdict: Verdict,
  parts: Partial<NewJudgement> = {},
): Promise<NewJudgement> {
  const subject = await store.judgeSubject(key, clock.now(), true);
  if (subject === null) throw new Error(`There is no ${key.id} to judge.`);
  const { mark, epoch, pieces } = subject;
  return {
    key,
    mark,
    epoch,
    reports: pieces.map(({ kind }) => (kind === 'source-row' ? null : report(verdict))),
    verdict,
    detail: `all ${verdict}`,
    signed: [],
    findings: [],
    holdsUntilMs: null,
    ...parts,
  };
}

/** Judges what the store shows now. */
export async function judge(
  store: LedgerStore,
  key: EscalationKey,
  clock: Clock,
  verdict: Verdict,
  parts: Partial<NewJudgement> = {},
): Promise<JudgedAnew[]> {
  return store.saveJudgements(key.tenant, [await judgementOn(store, key, clock, verdict, parts)], clock.now());
}

/** Ids of all that is to be judged, batch by batch. */
export async function idsToJudge(
  store: LedgerStore,
  clock: Clock,
  parts: { tenant?: string; all?: boolean; limit?: number } = {},
): Promise<string[]> {
  const { tenant = 'acme', all = false, limit = 100 } = parts;
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const batch: Awaited<ReturnType<LedgerStore['toJudge']>> = await store.toJudge({
      tenant,
      now: clock.now(),
      all,
      after,
      limit,
    });
    ids.push(...batch.keys.map(({ id }) => id));
    after = batch.next;
  } while (after !== null);
  return ids;
}

/** The key that a number stands for, as an entry of a trust store. */
export function gateKey(n: number, parts: Partial<Extract<TrustEntry, { public_hex: string }>> = {}): TrustEntry {
  return { name: `gate-${n}`, purpose: 'gate', public_hex: n.toString(16).padStart(64, '0'), ...parts };
}
