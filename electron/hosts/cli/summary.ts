import type { Escalation } from '../../../shared/domain/escalation.ts';
import { evidenceWord } from './print-evidence.ts';

/** The heads of `summaryRow`. */
export const SUMMARY_HEADS = [
  'ID',
  'STATUS',
  'EVIDENCE',
  'DECISION',
  'DEADLINE',
  'AGENT',
  'ACTION',
  'TARGET',
  'CLAIM',
] as const;

/** One escalation in a table. */
export function summaryRow(escalation: Escalation): string[] {
  const { record, request, decision, deadline, claim } = escalation;
  const overdue = deadline?.overdue === true ? ' overdue' : '';
  return [
    cut(record.escalation_id),
    record.status,
    evidenceWord(escalation),
    decision?.outcome ?? '',
    deadline === null ? '' : `${deadline.at}${overdue}`,
    cut(request?.agent_name ?? ''),
    cut(request?.action ?? ''),
    cut(request?.target ?? ''),
    claim?.by ?? '',
  ];
}

const WIDEST = 40;

/** Cut in the middle: both ends of an id tell it apart. */
export function cut(text: string): string {
  const letters = [...text];
  if (letters.length <= WIDEST) return text;
  return `${letters.slice(0, WIDEST / 2).join('')}…${letters.slice(1 - WIDEST / 2).join('')}`;
}
