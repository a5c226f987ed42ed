import { moment } from './facts.ts';
import { INK } from './ink.ts';
import { type Cell, PAGE, type Pages } from './pages.ts';
import type { Rows, SummaryRow } from './report-model.ts';
import { drawSign, outcomeSign, type Sign, verdictSign } from './signs.ts';
import { STYLE } from './styles.ts';

/** Left edges of the columns, and where the last one ends. */
const EDGES = [0, 28, 90, 240, 350, 425, 499] as const;
const HEADS = ['No.', 'Decided (UTC)', 'Escalation', 'Outcome', 'Reviewer', 'Evidence'] as const;
const SIGN = 10;
/** Longer ids and names are cut in the middle; the decision's own page has them whole. */
const LONGEST = 60;

/** One row a decision; each page begins with the names of the columns, and no row is parted. */
export async function drawSummary(pages: Pages, rows: Rows<SummaryRow>): Promise<void> {
  pages.begin();
  pages.text('Decisions', STYLE.outcome);
  pages.y += 8;
  drawHeads(pages);
  pages.head = () => drawHeads(pages);
  for await (const row of rows) {
    drawRow(pages, row);
    await pages.drain();
  }
  pages.head = null;
}

function drawHeads(pages: Pages): void {
  pages.row(HEADS.map((head, i) => text(pages, i, head, 'note')));
  pages.y += 3;
  pages.rule(INK.line);
  pages.y += 4;
}

function drawRow(pages: Pages, row: SummaryRow): void {
  const outcome = outcomeSign(row.outcome);
  const evidence = verdictSign(row.evidence);
  const cells = [
    text(pages, 0, String(row.number), 'note'),
    text(pages, 1, moment(row.decided_at).replace(/(\.\d+)? UTC$/, ''), 'note'),
    text(pages, 2, cut(row.escalation_id), 'check'),
    ...signed(pages, 3, outcome, row.reason_code),
    text(pages, 4, row.reviewer === null ? '–' : cut(row.reviewer), 'note'),
    ...signed(pages, 5, evidence, null),
  ];
  pages.need(Math.max(...cells.map(({ lines, style }) => lines.length * style.leading)));
  drawSign(pages.pen, outcome, PAGE.left + EDGES[3], pages.y + 0.5, SIGN);
  drawSign(pages.pen, evidence, PAGE.left + EDGES[5], pages.y + 0.5, SIGN);
  pages.row(cells);
  pages.y += 3;
  pages.rule();
  pages.y += 4;
}

function text(pages: Pages, column: number, value: string, style: keyof typeof STYLE, indent = 0): Cell {
  const x = (EDGES[column] ?? 0) + indent;
  const width = (EDGES[column + 1] ?? x) - x - 8;
  return { x, style: STYLE[style], ink: INK.text, lines: pages.lines(value, STYLE[style], width) };
}

function signed(pages: Pages, column: number, sign: Sign, code: string | null): Cell[] {
  const value = code === null ? sign.word : `${sign.word}\n${code}`;
  return [text(pages, column, value, 'note', SIGN + 4)];
}

/** The text, its middle replaced where it is too long for a row. */
function cut(value: string): string {
  const letters = [...value];
  if (letters.length <= LONGEST) return value;
  return `${letters.slice(0, LONGEST / 2).join('')} … ${letters.slice(-LONGEST / 2).join('')}`;
}
