import type { Escalation } from '../../../shared/domain/escalation.ts';

type Column = readonly [name: string, value: (escalation: Escalation) => string | undefined];

/** The columns in order (docs/formats/export.md). */
const COLUMNS: readonly Column[] = [
  ['tenant', ({ tenant }) => tenant],
  ['escalation_id', ({ record }) => record.escalation_id],
  ['status', ({ record }) => record.status],
  ['timestamp', ({ record }) => record.timestamp],
  ['escalation_event_id', ({ record }) => record.escalation_event_id],
  ['resolution_event_id', ({ record }) => record.resolution_event_id],
  ['resolution_vep_hash', ({ record }) => record.resolution_vep_hash],
  ['outcome', ({ decision }) => decision?.outcome],
  ['decided_by', ({ decision }) => decision?.source],
  ['decided_at', ({ decision }) => decision?.decided_at],
  ['reviewer', ({ decision }) => decision?.reviewer],
  ['reason_code', ({ decision }) => decision?.reason_code],
  ['reason', ({ decision }) => decision?.reason],
  ['agent_id', ({ request }) => request?.agent_id ?? undefined],
  ['agent_name', ({ request }) => request?.agent_name],
  ['action', ({ request }) => request?.action],
  ['target', ({ request }) => request?.target],
  ['amount', ({ request }) => request?.amount],
  ['policy', ({ request }) => request?.policy],
  ['reference', ({ request }) => request?.reference],
  ['explanation', ({ request }) => request?.explanation],
  ['deadline', ({ deadline }) => deadline?.at],
  ['deadline_source', ({ deadline }) => deadline?.source],
  ['findings', ({ findings }) => findings.map(({ code }) => code).join(' ')],
  ['evidence_sha256', ({ evidence }) => packets(evidence).join(' ')],
];

/** What a spreadsheet takes for the start of a formula, and the full-width forms that some make into it (S70). */
const FORMULA_START = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** The names of the columns, as one line of RFC 4180. */
export function csvHeader(): string {
  return csvLine(COLUMNS.map(([name]) => name));
}

/** An escalation as one line of RFC 4180. */
export function csvRecord(escalation: Escalation): string {
  return csvLine(COLUMNS.map(([, value]) => value(escalation) ?? ''));
}

/**
 * The tenant that the beginning of such a file names in its first record; null where there is none, or where nobody can
 * say whether the apostrophe in front is its own.
 */
export function tenantInCsv(text: string): string | null {
  const header = csvHeader();
  const quoted = text.startsWith(header) ? /^"((?:[^"]|"")*)",/.exec(text.slice(header.length))?.[1] : undefined;
  const cell = quoted?.replaceAll('""', '"');
  if (cell === undefined || cell === '' || (cell.startsWith("'") && FORMULA_START.test(cell.slice(1)))) return null;
  return cell;
}

/**
 * Cells as one line of RFC 4180: all quoted, and none that a spreadsheet could take for a formula; such a cell gets an
 * apostrophe in front (OWASP ASVS 1.2.10). The lossless form is JSONL.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const harmless = FORMULA_START.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function packets(evidence: Escalation['evidence']): string[] {
  return evidence.filter(({ kind }) => kind === 'vep' || kind === 'capsule').map(({ sha256 }) => sha256);
}
