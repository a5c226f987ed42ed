import type { ListStatus } from '../../../shared/contract/queue.ts';
import type { Schedule, ScheduledQuery, ScheduleOrder } from '../../../shared/contract/schedule.ts';

/** A scheduled export as its form is filled in. */
export interface ScheduleDraft {
  readonly format: ScheduledQuery['format'];
  readonly status: ListStatus;
  readonly search: string;
  /** Of a bundle: whether it has the evidence, or its hashes alone. */
  readonly evidence: boolean;
  readonly covers: ScheduleOrder['covers'];
  readonly every: 'day' | 'week';
  readonly weekday: number;
  readonly at: string;
  readonly zone: string;
  readonly keep: number | null;
  /** A path that was typed. */
  readonly path: string;
  /** A folder that was chosen in the host's dialog. */
  readonly chosen: { readonly staged: string; readonly name: string } | null;
}

/** The form of a schedule that is there; or of a new one, whose clocks are the reader's. */
export function draftOf(schedule: Schedule | null, zone: string): ScheduleDraft {
  if (schedule === null) return { ...USUAL, zone };
  const { query, covers, turn, keep, folder } = schedule;
  return {
    format: query.format,
    status: query.status,
    search: query.search ?? '',
    evidence: query.evidence !== 'hashes',
    covers,
    ...turn,
    keep,
    path: folder,
    chosen: null,
  };
}

const USUAL: Omit<ScheduleDraft, 'zone'> = {
  format: 'csv',
  status: 'all',
  search: '',
  evidence: true,
  covers: 'period',
  every: 'day',
  weekday: 1,
  at: '06:00',
  keep: 30,
  path: '',
  chosen: null,
};

/** What a filled-in form orders; null while its time is none. What it does not show of `known` stays as it was. */
export function orderOf(tenant: string, draft: ScheduleDraft, known: Schedule | null): ScheduleOrder | null {
  const { format, status, evidence, covers, every, weekday, at, zone, keep } = draft;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) return null;
  const search = draft.search.trim();
  const redact = known?.query.format === format ? known.query.redact : undefined;
  const query: ScheduledQuery = {
    tenant,
    format,
    status,
    ...(search === '' ? {} : { search }),
    ...(format === 'bundle' && !evidence ? { evidence: 'hashes' } : {}),
    ...(redact === undefined ? {} : { redact }),
  };
  return { query, covers, turn: { every, weekday, at, zone }, keep };
}

/** Whether a folder is named: one that was chosen, typed, or is there already. */
export function hasFolder({ path, chosen }: ScheduleDraft): boolean {
  return chosen !== null || path.trim() !== '';
}
