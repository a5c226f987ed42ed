import { drawCover } from './cover.ts';
import { drawDecision } from './decision-page.ts';
import { Fonts } from './fonts.ts';
import { Pages } from './pages.ts';
import type { ReportModel, ReportSink } from './report-model.ts';
import { drawSummary } from './summary.ts';

/**
 * Writes the report as one PDF 1.7 (docs/formats/pdf.md), page by page, in room that does not grow with its decisions.
 * `fontFolder` has the fonts of font-files.json under their paths. The bytes depend on the model, the fonts and the
 * library's version alone. Nothing in the file is active or outside of it (S72).
 */
export async function writeReport(sink: ReportSink, report: ReportModel, fontFolder: string): Promise<void> {
  const pages = new Pages(sink, new Fonts(fontFolder), report.cover);
  drawCover(pages, report.cover);
  await drawSummary(pages, report.summary);
  for await (const decision of report.decisions) await drawDecision(pages, decision);
  await pages.end();
}
