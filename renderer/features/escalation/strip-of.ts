import type { Opened } from '../../../shared/contract/escalation.ts';
import type { Request } from '../../../shared/domain/escalation.ts';
import { hiddenCount } from '../../components/agent-text/line-parts.ts';
import type { UrgencyMinutes } from '../../components/time.ts';
import { flagsOf } from './flags.ts';
import { piecesOf } from './pieces.ts';
import { type Cell, textCell, timeCell, verdictCell } from './strip-cells.ts';

/** How many characters of all the agent's texts are there without being seen. */
export function hiddenIn(request: Request | null): number {
  const texts = [request?.action, request?.target, request?.policy_text, request?.reference, request?.explanation];
  return texts.reduce((n, text) => n + (text === undefined ? 0 : hiddenCount(text)), 0);
}

/** The three cells of the strip for what is shown: time, verdict, text. */
export function stripCells(opened: Opened, hidden: number, now: number, minutes: UrgencyMinutes): readonly Cell[] {
  const { deadline, decision, findings, request } = opened.escalation;
  return [
    timeCell(deadline, decision, now, minutes),
    verdictCell(opened.judgement, piecesOf(opened)),
    textCell([...flagsOf(opened.escalation), ...findings], hidden, request !== null),
  ];
}
