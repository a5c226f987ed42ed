import { INK } from './ink.ts';
import { PAGE, type Pages, TEXT_WIDTH } from './pages.ts';
import { baselineOf, type Line } from './paragraph.ts';
import { STYLE } from './styles.ts';

const GUTTER = 30;
const PAD = 8;
const INNER = TEXT_WIDTH - GUTTER - 2 * PAD;

/**
 * The agent's own words on paper: inside a border, each stored line with its number and its own direction, every
 * character that would not be seen as a chip (S63, S65). Nothing of the desk's stands inside (S67).
 */
export async function drawPaper(pages: Pages, title: string, text: string): Promise<void> {
  pages.y += 8;
  pages.need(STYLE.strong.leading + 6 * STYLE.paper.leading);
  pages.text(`${title}: text written by the agent, not checked`, STYLE.strong);
  pages.y += 3;
  let top = pages.y;
  pages.y += PAD / 2;
  const { head } = pages;
  pages.head = () => {
    head?.();
    top = pages.y;
    pages.y += PAD / 2;
  };
  const stored = text.split('\n');
  for (const [i, one] of stored.entries()) {
    const lines = pages.lines(one, STYLE.paper, INNER);
    for (const [j, line] of lines.entries()) {
      if (pages.left() < STYLE.paper.leading + PAD) {
        border(pages, top);
        pages.begin();
        await pages.drain();
      }
      drawLine(pages, line, j === 0 ? i + 1 : null);
    }
  }
  border(pages, top);
  pages.y += PAD / 2;
  pages.head = head;
}

function drawLine(pages: Pages, line: Line, stored: number | null): void {
  const baseline = pages.y + baselineOf(STYLE.paper);
  const left = PAGE.left + GUTTER + PAD;
  if (stored !== null) {
    const number = String(stored);
    const width = pages.pen.widthOf(number, STYLE.gutter);
    pages.pen.words(number, STYLE.gutter, PAGE.left + GUTTER - 5 - width, baseline, INK.soft);
  }
  pages.pen.line(line, STYLE.paper, line.rtl ? left + INNER - line.width : left, baseline);
  pages.y += STYLE.paper.leading;
}

/** Closes the paper that began at `top`. */
function border(pages: Pages, top: number): void {
  pages.y += PAD / 2;
  const { doc } = pages.pen;
  doc
    .rect(PAGE.left, top, TEXT_WIDTH, pages.y - top)
    .lineWidth(0.75)
    .stroke(INK.line);
  const gutter = PAGE.left + GUTTER;
  doc.moveTo(gutter, top).lineTo(gutter, pages.y).lineWidth(0.5).stroke(INK.hair);
}
