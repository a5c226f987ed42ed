import type { ExportQuery } from '../../../../shared/contract/transfer.ts';
import type { ExportRange } from '../../../store/ledger-store.ts';

/** A query of the contract as the store takes it. */
export function rangeOf({ tenant, status, from, to, search }: ExportQuery, now: number): ExportRange {
  return {
    tenant,
    status,
    now,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(search === undefined ? {} : { search }),
  };
}
