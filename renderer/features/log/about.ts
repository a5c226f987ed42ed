import type { LogRow } from '../../../shared/contract/log.ts';
import { LedgerEvent, type LedgerEventKind } from '../../../shared/domain/ledger-event.ts';
import { ABOUT } from './about-words.ts';
import { eventInPlace } from './log-query.ts';
import type { JobFiles } from './use-job-files.ts';
import { words } from './words.ts';

/** What an event says openly; null where its row has no leaf, or one of a form that this window does not know. */
export function readEvent({ leaf }: Pick<LogRow, 'leaf'>): LedgerEvent | null {
  if (leaf === null) return null;
  try {
    return LedgerEvent.safeParse(JSON.parse(leaf)).data ?? null;
  } catch {
    return null;
  }
}

/** What an event is about besides its escalation, in a sentence's words; empty where the escalation says it all. */
export function aboutText(row: Pick<LogRow, 'leaf'>): string {
  const event = readEvent(row);
  if (event !== null) return sentence(event);
  return row.leaf === null ? '' : words.unknownForm;
}

/** The job that an import's or export's event tells of; null for others. */
export function jobOf(row: Pick<LogRow, 'leaf'>): { readonly kind: 'import' | 'export'; readonly id: string } | null {
  const event = readEvent(row);
  if (event?.kind === 'import.finished') return { kind: 'import', id: event.job };
  return event?.kind === 'export.finished' ? { kind: 'export', id: event.job } : null;
}

/** The file that a row's import or export was of, where this desk knows it; else null. */
export function fileOf(row: Pick<LogRow, 'leaf'>, files: JobFiles): string | null {
  const job = jobOf(row);
  return job === null ? null : (files.get(job.id) ?? null);
}

/** What does not hold of a row: by itself, or as the newest verification found it; null: nothing is known. */
export function faultOf({ seq, holds }: Pick<LogRow, 'seq' | 'holds'>, found: FoundFaults): string | null {
  return holds ? (found.get(seq) ?? null) : words.noMatch(seq);
}

/** What a verification found to differ, by the event that it names. */
export type FoundFaults = ReadonlyMap<string, string>;

export function foundFaults(failures: readonly { readonly place: string; readonly detail: string }[]): FoundFaults {
  const found = new Map<string, string>();
  for (const { place, detail } of failures) {
    const event = eventInPlace(place);
    if (event !== null && !found.has(String(event))) found.set(String(event), `${place}: ${detail}`);
  }
  return found;
}

function sentence<K extends LedgerEventKind>(event: Extract<LedgerEvent, { kind: K }>): string {
  return ABOUT[event.kind as K](event);
}
