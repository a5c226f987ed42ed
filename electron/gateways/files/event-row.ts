import { readJson } from '../../../shared/domain/json/read.ts';
import type { JsonValue } from '../../../shared/domain/json/value.ts';
import { type AuditEventRead, isBlobMember, readAuditEvent } from '../../../shared/domain/wire/audit-event.ts';

/** An audit row with its blobs. */
const EVENT_BYTES = 160 * 1024 * 1024;

/** An audit event with the row that it was read from. */
export interface EventRow {
  readonly bytes: Uint8Array;
  readonly value: JsonValue;
  readonly event: AuditEventRead;
}

/** The audit event that a row holds; null where it is none that can be read. */
export function readEventRow(bytes: Uint8Array): EventRow | null {
  const json = readJson(bytes, { bytes: EVENT_BYTES, byteArrays: isBlobMember });
  const event = json.ok ? readAuditEvent(json.value) : null;
  return json.ok && event !== null ? { bytes, value: json.value, event } : null;
}
