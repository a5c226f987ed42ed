import type { Selectable } from 'kysely';
import type { Judgement } from '../../../../shared/contract/escalation.ts';
import { instantText } from '../../../../shared/domain/clock.ts';
import type { Finding, Verdict } from '../../../../shared/domain/escalation.ts';
import { unbody } from '../base/bytes.ts';
import type { EscalationTable } from '../base/schema.ts';

/** The columns of an escalation that say what its evidence was found to be worth. */
export type JudgedColumns = Pick<
  Selectable<EscalationTable>,
  'verdict' | 'judged' | 'judged_until_ms' | 'judged_at_ms' | 'judgement' | 'packets'
>;

/** What a judgement keeps beside its verdict. */
export interface JudgementBody {
  readonly detail: string;
  readonly signed: readonly string[];
  readonly findings: readonly Finding[];
}

/** A judgement as it may be shown. */
export interface ShownJudgement extends Judgement, Pick<JudgementBody, 'signed' | 'findings'> {}

/** Whether the judgement holds at `now` (epoch milliseconds) with the keys of `epoch`. */
export function isCurrent(row: Pick<JudgedColumns, 'judged' | 'judged_until_ms'>, epoch: number, now: number): boolean {
  return row.judged === epoch && (row.judged_until_ms === null || row.judged_until_ms > now);
}

/** Below this `judged` says that evidence was removed: no bytes are left to judge again. */
const SETTLED = -2;

/** What `judged` is once evidence was removed that was judged with the keys of `judged`; the epoch can be told still. */
export function settled(judged: number): number {
  return judged < 0 ? judged : SETTLED - judged;
}

/** Whether the escalation is never judged again. */
export function isSettled({ judged }: Pick<JudgedColumns, 'judged'>): boolean {
  return judged <= SETTLED;
}

/**
 * What may be said of the evidence at `now`. What was found with other keys, or before a lifetime began or ended, counts
 * no more for it: nothing is verified and nothing signed then (I6). Against it it still counts: what failed stays failed,
 * and what was odd is still said.
 */
export function judgementOf(row: JudgedColumns, epoch: number, now: number): ShownJudgement {
  const current = isCurrent(row, epoch, now);
  const { detail, signed, findings } = bodyOf(row);
  const verdict = (current || row.verdict === 'failed' ? row.verdict : 'unchecked') as Verdict;
  return {
    verdict,
    detail: row.packets === 0 && verdict !== 'failed' ? 'no packet attached' : current ? detail : waiting(row),
    current,
    judged_at: row.judged_at_ms === null ? null : instantText(row.judged_at_ms),
    signed: current ? signed : [],
    findings,
  };
}

/** All findings on an escalation: what came with it, then what judging its evidence found besides. */
export function withJudged(came: readonly Finding[], judged: readonly Finding[]): Finding[] {
  const isNew = ({ code, message }: Finding) => !came.some((known) => known.code === code && known.message === message);
  return [...came, ...judged.filter(isNew)];
}

export function bodyOf({ judgement }: Pick<JudgedColumns, 'judgement'>): JudgementBody {
  return judgement === null ? { detail: '', signed: [], findings: [] } : unbody<JudgementBody>(judgement);
}

function waiting(row: JudgedColumns): string {
  const { judged_at_ms, verdict } = row;
  if (isSettled(row)) return lastJudged(judged_at_ms, verdict);
  return judged_at_ms === null ? 'not verified yet' : 'being verified again';
}

/** What was found stays on record, with its time; it is no verdict of today's. */
function lastJudged(judgedAtMs: number | null, verdict: string): string {
  if (judgedAtMs === null) return 'removed before it was verified';
  return `${verdict} on ${instantText(judgedAtMs).slice(0, 10)}, removed since`;
}
