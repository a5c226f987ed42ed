import { createHash } from 'node:crypto';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { escalationJson } from '../../../shared/domain/escalation-json.ts';

/** A ledger event as it stands in the log. */
export interface LoggedEvent {
  readonly kind: string;
  readonly v: number;
  readonly seq: string;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** The escalation's event id, where the event is about one. */
  readonly event?: string;
  /** The leaf's bytes: RFC 8785. */
  readonly body: string;
  readonly leaf_sha256: string;
}

/** Members of an event that are not the same for all; `data` is JSON text, kept to the last digit. */
interface Told {
  readonly id: string;
  readonly type: string;
  readonly subject: string | null;
  readonly time: string;
  readonly data: string;
}

/**
 * The escalation's decision as one line of JSON, a CloudEvents 1.0 event in structured mode (docs/formats/cloudevents.md);
 * of one that is not decided, the escalation as it stands. `tenantUid` is the tenant's random uid. The id digests the
 * data: told twice, an unchanged decision is the same event.
 */
export function escalationCloudEvent(escalation: Escalation, tenantUid: string): string {
  const { record, decision } = escalation;
  const data = escalationJson(escalation);
  return eventLine(tenantUid, {
    id: createHash('sha256').update(data).digest('hex'),
    type: decision === null ? 'review-desk.escalation.v1' : 'review-desk.decision.v1',
    subject: record.escalation_event_id,
    time: decision?.decided_at ?? record.timestamp,
    data,
  });
}

/** An event of the tenant's log as one line of JSON, a CloudEvents 1.0 event; its id is its number in the log. */
export function ledgerCloudEvent({ body, leaf_sha256, ...event }: LoggedEvent, tenantUid: string): string {
  return eventLine(tenantUid, {
    id: `log/${event.seq}`,
    type: `review-desk.${event.kind}.v${event.v}`,
    subject: event.event ?? null,
    time: event.at,
    data: `{"leaf_sha256":"${leaf_sha256}","event":${body}}`,
  });
}

function eventLine(tenantUid: string, { data, subject, ...told }: Told): string {
  const attributes = {
    specversion: '1.0',
    id: told.id,
    source: `urn:vex-review-desk:${tenantUid}`,
    type: told.type,
    ...(subject === null ? {} : { subject }),
    time: told.time,
    datacontenttype: 'application/json',
  };
  return `${JSON.stringify(attributes).slice(0, -1)},"data":${data}}\n`;
}
