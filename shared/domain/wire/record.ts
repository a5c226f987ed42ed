import { type ExactJson, STATUSES, type Status, type WireRecord } from '../escalation.ts';
import { IMPORT_CODES, type ImportCode } from '../import-codes.ts';
import { type Instant, parseInstant, toEpochMillis, toUtcText } from '../instant.ts';
import { readJson } from '../json/read.ts';
import { JsonObject, type JsonValue } from '../json/value.ts';
import { writeJson } from '../json/write.ts';
import { hasHidden } from '../text/ranges.ts';
import { readUuid } from '../uuid.ts';
import { type ReadToken, readToken, wireToken } from './token.ts';
import { STRUCT_ORDER } from './write-record.ts';

/** A record row beyond this is TOO_LARGE. */
export const RECORD_BYTES = 1024 * 1024;

const LONG_ID = 512;
const FUTURE_MILLIS = 5 * 60 * 1000;
const OLDEST_MILLIS = Date.UTC(2020, 0, 1);

export interface RecordRead {
  readonly ok: true;
  /** The record as VEX reads it back. */
  readonly record: WireRecord;
  readonly timestamp: Instant;
  /** The token exactly as it came: what its signature is over. */
  readonly token: ReadToken | null;
  /** Findings and infos, each once, in the order in which they were met. */
  readonly findings: readonly ImportCode[];
}

export interface RecordRefusal {
  readonly ok: false;
  readonly code: ImportCode;
  readonly message: string;
}

/** Thrown inside the reader only; `readRecord` turns it into a refusal. */
class Refused extends Error {
  readonly code: ImportCode;

  constructor(code: ImportCode, detail?: string) {
    super(detail === undefined ? IMPORT_CODES[code].message : `${IMPORT_CODES[code].message} (${detail})`);
    this.code = code;
  }
}

/**
 * Reads a coordination record, from its row's bytes or as a value already read. What upstream could not read is
 * refused: the reader's own codes (`readJson`), NOT_A_RECORD, MISSING_MEMBER, BAD_STATUS, BAD_UUID, BAD_TIMESTAMP and
 * BAD_TOKEN. What it would read but not write so is normalised and becomes a finding. `now` is when the import began,
 * in milliseconds since 1970; without it TIME_IN_FUTURE is never found.
 */
export function readRecord(source: Uint8Array | JsonValue, now?: number): RecordRead | RecordRefusal {
  try {
    return read(parse(source), now ?? Number.POSITIVE_INFINITY);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}

function parse(source: Uint8Array | JsonValue): JsonValue {
  if (!(source instanceof Uint8Array)) return source;
  const json = readJson(source, { bytes: RECORD_BYTES });
  if (json.ok) return json.value;
  throw new Refused(json.code, `${json.message} at byte ${json.at}`);
}

function read(value: JsonValue, now: number): RecordRead {
  if (!(value instanceof JsonObject)) throw new Refused('NOT_A_RECORD');
  const findings = new Set<ImportCode>();
  const id = required(value, 'escalation_id');
  if (typeof id !== 'string') throw new Refused('NOT_A_RECORD', 'escalation_id is not text');
  const status = statusOf(required(value, 'status'));
  const eventId = uuidOf(required(value, 'escalation_event_id'), findings);
  const timestamp = timestampOf(required(value, 'timestamp'));
  const resolutionId = optional(value, 'resolution_event_id', (member) => uuidOf(member, findings));
  const hash = optional(value, 'resolution_vep_hash', hashTextOf);
  const token = optional(value, 'continuation_token', tokenOf) ?? null;
  judgeId(id, findings);
  judgeResolution(status, resolutionId, hash, findings);
  judgeTime(timestamp, now, findings);
  judgeToken(token, findings);
  if (value.names().some((name) => !MEMBERS.has(name))) findings.add('UNKNOWN_MEMBER');
  const record: WireRecord = {
    escalation_id: id,
    status,
    escalation_event_id: eventId,
    ...(resolutionId === undefined ? {} : { resolution_event_id: resolutionId }),
    ...(hash === undefined ? {} : { resolution_vep_hash: hash }),
    ...(token === null ? {} : { continuation_token: writeJson(wireToken(token)) as ExactJson }),
    timestamp: toUtcText(timestamp),
  };
  return { ok: true, record, timestamp, token, findings: [...findings] };
}

const MEMBERS: ReadonlySet<string> = new Set(STRUCT_ORDER);

function required(object: JsonObject, name: string): JsonValue {
  const value = object.get(name);
  if (value === undefined) throw new Refused('MISSING_MEMBER', name);
  return value;
}

/** A member that may be absent or null, which mean the same upstream. */
function optional<T>(object: JsonObject, name: string, read: (value: JsonValue) => T): T | undefined {
  const value = object.get(name);
  return value === undefined || value === null ? undefined : read(value);
}

function statusOf(value: JsonValue): Status {
  const status = STATUSES.find((known) => known === value);
  if (status === undefined) throw new Refused('BAD_STATUS');
  return status;
}

function uuidOf(value: JsonValue, findings: Set<ImportCode>): string {
  const uuid = typeof value === 'string' ? readUuid(value) : null;
  if (uuid === null) throw new Refused('BAD_UUID');
  if (uuid.odd) findings.add('ODD_UUID');
  if (uuid.nil) findings.add('NIL_UUID');
  return uuid.uuid;
}

function timestampOf(value: JsonValue): Instant {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) throw new Refused('BAD_TIMESTAMP');
  return instant;
}

function hashTextOf(value: JsonValue): string {
  if (typeof value !== 'string') throw new Refused('NOT_A_RECORD', 'resolution_vep_hash is not text');
  return value;
}

function tokenOf(value: JsonValue): ReadToken {
  const token = readToken(value);
  if (token === null) throw new Refused('BAD_TOKEN');
  return token;
}

function judgeId(id: string, findings: Set<ImportCode>): void {
  if (id === '') findings.add('EMPTY_ID');
  if (id.length > LONG_ID && [...id].length > LONG_ID) findings.add('LONG_ID');
  // A line break may stand in a text, but not in an id.
  if (id.includes('\n') || hasHidden(id)) findings.add('INVISIBLE_IN_ID');
}

function judgeResolution(
  status: Status,
  eventId: string | undefined,
  hash: string | undefined,
  findings: Set<ImportCode>,
): void {
  if (hash !== undefined && !/^[0-9a-fA-F]{64}$/.test(hash)) findings.add('HASH_NOT_SHA256');
  else if (hash !== undefined && /[A-F]/.test(hash)) findings.add('HASH_NOT_LOWER_CASE');
  if (status === 'RESOLVED') {
    if (hash === undefined) findings.add('NO_VEP_HASH');
    if (eventId === undefined) findings.add('NO_EVENT_ID');
  }
  if (status === 'ESCALATED' && (hash !== undefined || eventId !== undefined)) findings.add('RESOLUTION_WHILE_ACTIVE');
}

function judgeTime(instant: Instant, now: number, findings: Set<ImportCode>): void {
  if (instant.finerThanNanos) findings.add('TIME_TOO_FINE');
  if (instant.leapSecond) findings.add('LEAP_SECOND');
  const millis = toEpochMillis(instant);
  if (millis > now + FUTURE_MILLIS) findings.add('TIME_IN_FUTURE');
  if (millis < OLDEST_MILLIS) findings.add('TIME_TOO_OLD');
}

function judgeToken(token: ReadToken | null, findings: Set<ImportCode>): void {
  if (token === null) return;
  if (token.unknown.length > 0) findings.add('UNKNOWN_MEMBER');
  if (token.generation === '1.6') findings.add('TOKEN_OF_1_6');
}
