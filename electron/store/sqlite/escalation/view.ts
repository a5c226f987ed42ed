import type { Escalation } from '../../../../shared/domain/escalation.ts';
import type { EvidenceReport } from '../../../../shared/domain/verdict.ts';
import { viewOf } from '../../../../shared/domain/view.ts';
import { jcsText } from '../../../evidence/json/jcs.ts';
import { digestOf, utf8 } from '../base/bytes.ts';
import type { Reader } from '../base/connection.ts';
import type { TenantRow } from '../tenant/tenants.ts';
import { reportsOf } from './evidence.ts';
import { isCurrent } from './judgement.ts';
import { type EscalationRow, toEscalation } from './rows.ts';

/** An escalation as its reviewer sees it at one moment. */
export interface Viewed {
  readonly escalation: Escalation;
  /** Of each piece in the order of the evidence; null for a source row and for what is not judged currently. */
  readonly reports: readonly (EvidenceReport | null)[];
  /** The view as RFC 8785 bytes, and their SHA-256, 64 lower-case hex digits (I9). */
  readonly view: Uint8Array;
  readonly sha256: string;
}

/** The same for one snapshot, whether it is read or about to be decided. */
export function viewed(
  db: Reader,
  tenant: Pick<TenantRow, 'name' | 'trustEpoch'>,
  row: EscalationRow,
  now: number,
): Viewed {
  const escalation = toEscalation(db, tenant, row, now);
  const current = isCurrent(row, tenant.trustEpoch, now);
  const reports = reportsOf(db, row.escalation_id).map((report) => (current ? report : null));
  const view = utf8(jcsText(viewOf(escalation, reports)));
  return { escalation, reports, view, sha256: digestOf(view) };
}
