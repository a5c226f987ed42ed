import type { JudgedAnew, LedgerStore, NewJudgement } from '../../../electron/store/ledger-store.ts';
import type { Clock } from '../../../shared/domain/clock.ts';
import type { EscalationKey, Verdict } from '../../../shared/domain/escalation.ts';
import type { TrustEntry } from '../../../shared/domain/trust.ts';
import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';

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
