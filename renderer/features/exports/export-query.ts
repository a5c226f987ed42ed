import type { ListStatus } from '../../../shared/contract/queue.ts';
import type { ExportFormat, ExportQuery } from '../../../shared/contract/transfer.ts';
import { EXPORT_WORDS } from './words.ts';

/** The export form as it is filled in; days are of the reader's zone. */
export interface ExportChoice {
  readonly format: ExportFormat;
  readonly status: ListStatus;
  readonly from: string;
  readonly to: string;
  readonly search: string;
}

export const USUAL_EXPORT: ExportChoice = { format: 'jsonl', status: 'all', from: '', to: '', search: '' };

/** The query that a filled-in form asks for; times become instants in UTC. */
export function exportQuery(tenant: string, choice: ExportChoice): ExportQuery {
  const from = instantOf(choice.from);
  const to = instantOf(choice.to);
  const search = choice.search.trim();
  return {
    tenant,
    format: choice.format,
    status: choice.status,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(search === '' ? {} : { search }),
  };
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
  return `${safe === '' ? 'ledger' : safe}-${now.toISOString().slice(0, 10)}${EXPORT_WORDS.formats[format].end}`;
}
