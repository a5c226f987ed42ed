import type { Opened, PieceReport } from '../../../shared/contract/escalation.ts';
import type { Escalation, Evidence } from '../../../shared/domain/escalation.ts';
import { type Check, worstVerdict } from '../../../shared/domain/verdict.ts';
import { printCheck, TONES, WORD_WIDTH } from './print-check.ts';
import type { Terminal } from './terminal.ts';

/** What is known of an escalation beside it, where it was opened. */
export type Beside = Pick<Opened, 'judgement' | 'reports' | 'resolution' | 'proof'>;

const HEAD = 'Evidence'.padEnd(13);
const UNDER = ' '.repeat(13);

/** What the evidence is worth: all of it, then each piece, then each of its checks, failed ones first. */
export function printEvidence(terminal: Terminal, escalation: Escalation, beside: Beside | null): void {
  if (beside !== null) {
    const { verdict, detail, current } = beside.judgement;
    const waits = !current && !escalation.evidence.some(({ removed_at }) => removed_at !== undefined);
    terminal.toned(TONES[verdict], `Verdict      ${verdict}`, `: ${detail}${waits ? ' (is being verified)' : ''}`);
  }
  for (const piece of escalation.evidence) printPiece(terminal, piece, beside?.reports ?? []);
}

function printPiece(terminal: Terminal, piece: Evidence, reports: readonly PieceReport[]): void {
  const { kind, role, bytes, sha256, verdict } = piece;
  const about = `${kind} (${role}), ${bytes} bytes, ${sha256}`;
  if (verdict === null) {
    terminal.line(`${HEAD}a row     ${about}`);
    return;
  }
  terminal.toned(TONES[verdict], `${HEAD}${verdict.padEnd(WORD_WIDTH)}`, ` ${about}`);
  if (piece.removed_at !== undefined)
    terminal.line(`${UNDER}removed on ${piece.removed_at} by a rule of the tenant; its SHA-256 stays`);
  const report = reports.find((one) => one.sha256 === sha256 && one.role === role);
  if (report === undefined) return;
  for (const check of failedFirst(report.checks)) printCheck(terminal, UNDER, check);
  for (const code of report.findings) terminal.line(`${UNDER}finding   ${code}`);
}

function failedFirst(checks: readonly Check[]): Check[] {
  return [...checks].sort((a, b) => Number(b.verdict === 'failed') - Number(a.verdict === 'failed'));
}

/** In a word, for a row: the worst of what the request is judged by; nothing where nothing is attached. */
export function evidenceWord({ evidence }: Escalation): string {
  const judged = evidence.filter(({ role, verdict }) => role === 'escalation' && verdict !== null);
  return judged.length === 0 ? '' : worstVerdict(judged.flatMap(({ verdict }) => verdict ?? []));
}
