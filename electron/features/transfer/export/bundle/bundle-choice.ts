import type { ExportQuery } from '../../../../../shared/contract/transfer.ts';
import { compareInstants, type Instant, parseInstant } from '../../../../../shared/domain/instant.ts';
import type { LogEntry } from '../../../../store/ledger-store.ts';
import { leafOf } from '../../../log/rows.ts';
import { type DigestSet, keyDigest } from './digest-set.ts';

/**
 * Whether an event is in a bundle whole: it is about an escalation of the query; or the query narrows by time alone, and
 * the event is of that time. All others are there by their hashes.
 */
export function isWhole(event: LogEntry, query: ExportQuery, selected: DigestSet): boolean {
  const { status, search, from, to } = query;
  const byTimeAlone = status === 'all' && search === undefined;
  if (byTimeAlone && from === undefined && to === undefined) return true;
  if (event.key !== null && selected.has(keyDigest(event.key))) return true;
  return byTimeAlone && isBetween(parseInstant(leafOf(event).at), from, to);
}

function isBetween(at: Instant | null, from: string | undefined, to: string | undefined): boolean {
  if (at === null) return false;
  const [first, end] = [parseInstant(from ?? ''), parseInstant(to ?? '')];
  return (first === null || compareInstants(at, first) >= 0) && (end === null || compareInstants(at, end) < 0);
}
