import { type Fact, facts, heading, inFours, moment } from './facts.ts';
import { INK } from './ink.ts';
import { type Pages, TEXT_WIDTH } from './pages.ts';
import type { ReportCheckpoint, ReportCover } from './report-model.ts';
import { STYLE } from './styles.ts';

const BULLET = 12;

/** The first page: whose decisions these are, how they were chosen, and what the report proves. */
export function drawCover(pages: Pages, cover: ReportCover): void {
  pages.begin();
  pages.text(
    cover.sample ? 'VEX Review Desk · sample ledger, nothing in it is real' : 'VEX Review Desk',
    STYLE.label,
    INK.soft,
  );
  pages.y += 6;
  pages.text(cover.title, STYLE.title);
  pages.y += 10;
  facts(pages, [
    { label: 'Tenant', value: cover.tenant, style: STYLE.strong },
    { label: 'Range', value: cover.range },
    { label: 'Query', value: cover.query },
    { label: 'Rows', value: cover.rows.toLocaleString('en') },
    { label: 'Left out', value: cover.left_out },
    { label: 'Generator', value: cover.generator },
    { label: 'Manifest SHA-256', value: cover.manifest_sha256, style: STYLE.digest },
  ]);
  heading(pages, 'Checkpoint of the log');
  if (cover.checkpoint === null) pages.text(NO_CHECKPOINT, STYLE.body);
  else facts(pages, checkpointFacts(cover.checkpoint));
  list(pages, 'What this report proves', cover.proves);
  list(pages, 'What it does not prove', cover.proves_not);
}

const NO_CHECKPOINT = 'None was signed when this report was made. Nothing in it can be checked against the log.';

function checkpointFacts(checkpoint: ReportCheckpoint): Fact[] {
  return [
    { label: 'Origin', value: checkpoint.origin, style: STYLE.mono },
    { label: 'Size', value: `${checkpoint.size} entries` },
    { label: 'Root', value: checkpoint.root, style: STYLE.digest },
    { label: 'Signed', value: moment(checkpoint.signed_at) },
    { label: 'Key fingerprint', value: inFours(checkpoint.key_fingerprint), style: STYLE.digest },
  ];
}

function list(pages: Pages, title: string, sentences: readonly string[]): void {
  heading(pages, title);
  for (const sentence of sentences) {
    pages.row([
      { x: 0, style: STYLE.body, ink: INK.soft, lines: pages.lines('•', STYLE.body, BULLET) },
      { x: BULLET, style: STYLE.body, lines: pages.lines(sentence, STYLE.body, TEXT_WIDTH - BULLET) },
    ]);
    pages.y += 2;
  }
}
