import type { SelectQueryBuilder } from 'kysely';
import type { Schema } from './schema.ts';

/** Where an escalation stands in the order of recording. */
export interface ListPlace {
  readonly list_epoch: number;
  readonly list_position: number;
  readonly escalation_id: number;
}

/** Before every list. */
export const FIRST: ListPlace = { list_epoch: -1, list_position: -1, escalation_id: -1 };

export type From = ListPlace & { tenantId: number };

/** The rows after a place: each part of it by the index, as in list-query.ts, for many rows share a position. */
export function inOrderAfter<O>(query: SelectQueryBuilder<Schema, 'escalations', O>, arg: From) {
  const ofTenant = query.where('tenant_id', '=', arg.tenantId);
  const inEpoch = ofTenant.where('list_epoch', '=', arg.list_epoch);
  return inEpoch
    .where('list_position', '=', arg.list_position)
    .where('escalation_id', '>', arg.escalation_id)
    .unionAll(inEpoch.where('list_position', '>', arg.list_position))
    .unionAll(ofTenant.where('list_epoch', '>', arg.list_epoch))
    .orderBy('list_epoch')
    .orderBy('list_position')
    .orderBy('escalation_id');
}
