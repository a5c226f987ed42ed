import type { Evidence } from '../../../../shared/domain/escalation.ts';
import type { Check } from '../../../../shared/domain/verdict.ts';
import { heading } from './facts.ts';
import { INK } from './ink.ts';
import { PAGE, type Pages, TEXT_WIDTH } from './pages.ts';
import type { DecisionPage, PieceReport } from './report-model.ts';
import { drawSign, verdictSign } from './signs.ts';
import { STYLE } from './styles.ts';

const SIGN = 10;
const NAME = SIGN + 6;
const DETAIL = 122;

const KINDS: Readonly<Record<Evidence['kind'], string>> = {
  vep: 'Packet (VEP)',
  capsule: 'Capsule',
  token: 'Token',
  'source-row': 'Row of the source',
};

/** Each piece of evidence with its digest, and each of its checks in the order in which they are made. */
export function drawEvidence(pages: Pages, { escalation: { evidence }, reports }: DecisionPage): void {
  heading(pages, 'Evidence');
  if (evidence.length === 0) pages.text('No packet is attached: nothing could be verified.', STYLE.body);
  for (const [i, piece] of evidence.entries()) drawPiece(pages, piece, reports[i] ?? null);
}

function drawPiece(pages: Pages, piece: Evidence, report: PieceReport | null): void {
  pages.need(3 * STYLE.body.leading);
  const verdict = report?.verdict ?? piece.verdict;
  if (verdict !== null) drawSign(pages.pen, verdictSign(verdict), PAGE.left, pages.y, SIGN + 1);
  const of = piece.role === 'resolution' ? 'of the decision' : 'of the escalation';
  const size = `${piece.bytes.toLocaleString('en')} bytes`;
  const word = verdict === null ? 'nothing in it to verify' : verdictSign(verdict).word;
  pages.text(`${KINDS[piece.kind]} ${of}, ${size}: ${word}`, STYLE.strong, INK.text, NAME);
  pages.text(`SHA-256 ${piece.sha256}`, STYLE.digest, INK.soft, NAME);
  for (const code of report?.findings ?? []) pages.text(`Finding ${code}`, STYLE.digest, INK.text, NAME);
  for (const check of report?.checks ?? []) drawCheck(pages, check);
  pages.y += 7;
}

function drawCheck(pages: Pages, { name, verdict, code, detail, parts }: Check): void {
  drawResult(pages, name, { verdict, code, detail });
  for (const part of parts ?? []) drawResult(pages, '', part);
}

function drawResult(
  pages: Pages,
  name: string,
  { verdict, code, detail }: Pick<Check, 'verdict' | 'code' | 'detail'>,
): void {
  const sign = verdictSign(verdict);
  const words = verdict === 'verified' ? detail : `${sign.word}: ${detail} [${code}]`;
  const lines = pages.lines(words, STYLE.note, TEXT_WIDTH - DETAIL);
  pages.need(lines.length * STYLE.note.leading + 2);
  if (verdict === 'failed')
    pages.pen.doc.rect(PAGE.left, pages.y - 1, TEXT_WIDTH, lines.length * STYLE.note.leading + 2).fill(INK.badGround);
  const indent = name === '' ? NAME : 0;
  drawSign(pages.pen, sign, PAGE.left + indent, pages.y + 1, SIGN - 1);
  pages.row([
    { x: NAME, style: STYLE.check, lines: pages.lines(name, STYLE.check, DETAIL - NAME - 4) },
    { x: DETAIL, style: STYLE.note, lines },
  ]);
  pages.y += 2;
}
