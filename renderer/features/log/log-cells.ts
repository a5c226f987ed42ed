import type { Job } from '../../../shared/contract/job.ts';
import type { LogHead } from '../../../shared/contract/log.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { numberText } from '../../components/numbers.ts';
import { clockText, instantWords } from '../../components/time.ts';
import { words } from './words.ts';

/** A cell of the strip. */
export interface LogCell {
  readonly title: string;
  readonly note: string;
  readonly ground: 'bad' | 'warn' | 'none';
}

export interface VerdictCell extends LogCell {
  /** null: it is being found out. */
  readonly verdict: Verdict | null;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * What is known of the log as a whole. What was verified is verified up to where the log ended then: an event that came
 * since is not called verified (I6). A log that is not the one remembered comes before all else (I7).
 */
export function verdictCell(head: LogHead, running: Pick<Job, 'progress'> | null, now: number): VerdictCell {
  if (head.remembered === 'rolled-back' || head.remembered === 'forked') {
    const title = head.remembered === 'forked' ? words.forked : words.rolledBack;
    return { verdict: 'failed', title, note: words.remembered, ground: 'bad' };
  }
  if (running !== null) return { verdict: null, title: words.verifying, note: progressText(running), ground: 'none' };
  const { verified } = head;
  if (verified === null) {
    return { verdict: 'unchecked', title: words.notVerified, note: words.notVerifiedNote, ground: 'none' };
  }
  if (verified.verdict !== 'verified') {
    const found = verified.first_difference ?? words.notVerifiedNote;
    const note = verified.accepted === null ? found : `${found} · ${words.accepted(verified.accepted)}`;
    const failed = verified.verdict === 'failed';
    const title = failed ? words.broken : words.notVerified;
    return { verdict: verified.verdict, title, note, ground: failed ? 'bad' : 'none' };
  }
  const [done, all] = [Number(verified.size), Number(head.size)];
  const title = done === all ? words.verified : words.verifiedTo(done - 1);
  return { verdict: 'verified', title, note: words.leaves(done, all, momentText(verified.at, now)), ground: 'none' };
}

/** How far a running verification is. */
export function progressText({ progress: { done, total, unit } }: Pick<Job, 'progress'>): string {
  return words.progress(numberText(done), total === null ? null : numberText(total), unit);
}

/** The newest signed head: its size and age, and how much stands without one. Overdue after a day. */
export function checkpointCell({ size, checkpoint, due_since }: LogHead, now: number): LogCell {
  const overdue = due_since !== null && now - Date.parse(due_since) > DAY_MS;
  const ground = overdue ? 'warn' : 'none';
  const due = overdue ? ` · ${words.dueSince(instantWords(due_since, now))}` : '';
  if (checkpoint === null) return { title: words.noCheckpoint, note: words.uncovered(Number(size)) + due, ground };
  const since = Number(size) - Number(checkpoint.size);
  return {
    title: words.checkpointAt(Number(checkpoint.size)),
    note: `${words.signed(momentText(checkpoint.signed_at, now))} · ${words.since(since)}${due}`,
    ground,
  };
}

/** Who else saw the newest signed head. */
export function witnessCell({ checkpoint }: Pick<LogHead, 'checkpoint'>): LogCell {
  const witnesses = checkpoint?.witnesses ?? [];
  if (witnesses.length === 0) return { title: words.noWitness, note: words.noWitnessNote, ground: 'none' };
  const names = witnesses.map(({ name }) => name);
  return { title: words.witnesses(names.length), note: words.cosigned(names), ground: 'none' };
}

/** Today the clock alone, else with its day. */
function momentText(at: string, now: number): string {
  const whole = instantWords(at, now, true);
  return whole.endsWith('today') ? clockText(at) : whole;
}
