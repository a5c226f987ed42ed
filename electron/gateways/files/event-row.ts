import { readJson } from '../../../shared/domain/json/read.ts';
import type { JsonValue } from '../../../shared/domain/json/value.ts';
import { type AuditEventRead, isBlobMember, readAuditEvent } from '../../../shared/domain/wire/audit-event.ts';

/** An audit row with its blobs. */
export const EVENT_BYTES = 160 * 1024 * 1024;

/** An audit event with the row that it was read from. */
export interface EventRow {
  readonly bytes: Uint8Array;
  readonly value: JsonValue;
  readonly event: AuditEventRead;
}

/** The audit event that a row holds; null where it is none that can be read, as the row of a record is none. */
export function readEventRow(bytes: Uint8Array): EventRow | null {
  const json = readJson(bytes, { bytes: EVENT_BYTES, byteArrays: isBlobMember });
  const event = json.ok ? readAuditEvent(json.value) : null;
  if (!json.ok || event === null || (event.id === null && event.type === null)) return null;
  return { bytes, value: json.value, event };
}

/** Whether the event asks about the escalation of this id; one that names another is never taken for its own. */
export function asksAbout({ event }: EventRow, id: string): boolean {
  const { type, request, escalation_id: named } = event;
  return type === 'ESCALATION' && request !== null && (named === null || named === id || isRedacted(named));
}

/** Whether the event decides on the escalation of this id. */
export function decidesOn({ event }: EventRow, id: string): boolean {
  return event.type === 'HUMAN_OVERRIDE' && (event.outcome?.resolves === id || isRedacted(event.outcome?.resolves));
}

/** Upstream redacts any text of 32 or more letters and digits, an escalation's id too. */
function isRedacted(text: string | undefined): boolean {
  return text === '[REDACTED]';
}
