import type { ListStatus } from '../../../shared/contract/queue.ts';
import type { ExportFormat, ExportQuery, Redactable } from '../../../shared/contract/transfer.ts';
import { EXPORT_WORDS } from './words.ts';

/** The form of a file: one of three, or records in one of their own. */
export type ExportKind = keyof typeof EXPORT_WORDS.kinds;
export type RecordsFormat = keyof typeof EXPORT_WORDS.records;
/** What can stay out of what leaves the desk. */
export type LeftOut = keyof typeof EXPORT_WORDS.dialog.parts;

/** The export form as it is filled in; days are of the reader's zone. */
export interface ExportChoice {
  readonly kind: ExportKind;
  readonly records: RecordsFormat;
  readonly status: ListStatus;
  readonly from: string;
  readonly to: string;
  readonly search: string;
  readonly evidence: boolean;
  readonly leftOut: readonly LeftOut[];
}

export const USUAL_EXPORT: ExportChoice = {
  kind: 'bundle',
  records: 'jsonl',
  status: 'all',
  from: '',
  to: '',
  search: '',
  evidence: true,
  leftOut: [],
};

export function formatOf({ kind, records }: Pick<ExportChoice, 'kind' | 'records'>): ExportFormat {
  return kind === 'records' ? records : kind;
}

/** Whether something that is left out stands in the evidence's bytes too. */
export function namedInEvidence({ leftOut }: Pick<ExportChoice, 'leftOut'>): boolean {
  return leftOut.includes('escalation_id') || leftOut.includes('explanation');
}

/** Whether the evidence's bytes are in a bundle. */
export function hasEvidence(choice: Pick<ExportChoice, 'evidence' | 'leftOut'>): boolean {
  return choice.evidence && !namedInEvidence(choice);
}

/** The query that a filled-in form asks for, with what its form of file has alone; times become instants in UTC. */
export function exportQuery(tenant: string, choice: ExportChoice): ExportQuery {
  const { kind, status, leftOut } = choice;
  const from = instantOf(choice.from);
  const to = instantOf(choice.to);
  const search = choice.search.trim();
  const redact: Redactable[] = kind === 'bundle' || kind === 'pdf' ? [...leftOut] : [];
  return {
    tenant,
    format: formatOf(choice),
    status,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(search === '' ? {} : { search }),
    ...(kind === 'bundle' ? { evidence: hasEvidence(choice) ? ('bytes' as const) : ('hashes' as const) } : {}),
    ...(redact.length === 0 ? {} : { redact }),
  };
}

/** Whether the query takes every record there is: then a bundle has every event whole. */
export function takesAll({ status, from, to, search }: ExportQuery): boolean {
  return status === 'all' && from === undefined && to === undefined && search === undefined;
}

/** The query in words of the command line, as it stands in the manifest. */
export function queryText({ status, format, from, to, evidence }: ExportQuery): string {
  const range = from === undefined && to === undefined ? '' : ` ${from ?? '…'}/${to ?? '…'}`;
  return `status=${status} format=${format}${range}${evidence === undefined ? '' : ` evidence=${evidence}`}`;
}

/** A `datetime-local` value as an instant; null for none or one that is no time. */
function instantOf(local: string): string | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** As many letters as fit a file name of 255 bytes with day and ending, however wide each is. */
const LETTERS_OF_TENANT = 50;

/**
 * A file name to suggest: tenant, day and form, of characters that every file system takes. It begins with a letter or a
 * digit, and no letter of it is cut in two.
 */
export function suggestedName(tenant: string, format: ExportFormat, now: Date): string {
  const plain = tenant.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[._-]+|[._-]+$/g, '');
  const safe = [...plain].slice(0, LETTERS_OF_TENANT).join('');
  return `${safe === '' ? 'ledger' : safe}-${now.toISOString().slice(0, 10)}${EXPORT_WORDS.ends[format]}`;
}
