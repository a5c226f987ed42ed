import type { Judgement } from '../../../shared/contract/escalation.ts';
import type { Deadline, Decision, Finding } from '../../../shared/domain/escalation.ts';
import { summaryOf } from '../../components/checks/summary.ts';
import type { CheckedPiece } from '../../components/checks/ways-out.ts';
import type { SignName } from '../../components/sign.tsx';
import { instantWords, leftText, type UrgencyMinutes, urgencyOf } from '../../components/time.ts';
import { words } from './words.ts';

/** One of the three cells at the top of the page: what it says, and the ground of its state. */
export interface Cell {
  readonly sign: SignName;
  readonly ground: 'plain' | 'warn' | 'bad' | 'open' | 'hidden';
  readonly title: string;
  readonly note: string;
}

/** Time left with its instant and source; of what is decided, how it stood to the deadline. */
export function timeCell(
  deadline: Deadline | null,
  decision: Decision | null,
  now: number,
  minutes: UrgencyMinutes,
): Cell {
  if (decision !== null) return decidedCell(deadline, decision, now);
  if (deadline === null)
    return { sign: 'time-none', ground: 'plain', title: words.noDeadline, note: words.noDeadlineNote };
  const left = Date.parse(deadline.at) - now;
  const urgency = urgencyOf(left, minutes);
  const source = urgency === 'past' ? words.pastSource : words.source;
  const note = `${instantWords(deadline.at, now, true)} · ${source[deadline.source]}`;
  if (urgency === 'past') return { sign: 'time-past', ground: 'open', title: words.past, note };
  const ground = urgency === 'warn' || urgency === 'bad' ? urgency : 'plain';
  return { sign: `time-${urgency}`, ground, title: `${leftText(left)} ${words.left}`, note };
}

function decidedCell(deadline: Deadline | null, decision: Decision, now: number): Cell {
  const base = { sign: 'time-calm' as const, ground: 'plain' as const };
  if (deadline === null) return { ...base, title: words.decided, note: instantWords(decision.decided_at, now, true) };
  const early = Date.parse(deadline.at) - Date.parse(decision.decided_at);
  return early >= 0
    ? { ...base, title: words.decidedInTime, note: words.before(leftText(early)) }
    : { ...base, title: words.decidedLate, note: words.after(leftText(-early)) };
}

/** The evidence's verdict and what it rests on; green is only what a check verified (I6). */
export function verdictCell(judgement: Judgement, pieces: readonly CheckedPiece[]): Cell {
  const { verdict, note } = summaryOf(judgement, pieces);
  return { sign: verdict, ground: verdict === 'failed' ? 'bad' : 'plain', title: words.verdict[verdict], note };
}

/** Findings about texts that the agent controls, worst first. */
export const TEXT_CODES = [
  'BIDI_CONTROL',
  'TAG_TEXT',
  'INVISIBLE_IN_TEXT',
  'CONTROL_IN_TEXT',
  'IMITATES_APP',
  'LOOKALIKE',
  'SPEAKS_TO_A_MODEL',
  'NUMBER_NOT_IN_REQUEST',
  'LONG_TEXT',
] as const;

/** The worst that is to be said of the agent's texts, and how many characters of them are hidden. */
export function textCell(findings: readonly Finding[], hidden: number, hasText: boolean): Cell {
  const worst = TEXT_CODES.find((code) => findings.some((finding) => finding.code === code));
  if (worst === undefined) {
    return hasText
      ? { sign: 'plain', ground: 'plain', title: words.plainText, note: words.plainTextNote }
      : { sign: 'plain', ground: 'plain', title: words.noText, note: words.noTextNote };
  }
  const title = hidden > 0 ? words.hidden(hidden) : words.textTitle[worst];
  return { sign: 'deceptive', ground: 'hidden', title, note: words.textNote[worst] };
}
