export type Severity = 'refused' | 'finding' | 'info';

interface ImportCodeFacts {
  readonly severity: Severity;
  /** What is the matter, in plain words; nothing of the source's own text. */
  readonly message: string;
}

const refused = (message: string): ImportCodeFacts => ({ severity: 'refused', message });
const finding = (message: string): ImportCodeFacts => ({ severity: 'finding', message });
const info = (message: string): ImportCodeFacts => ({ severity: 'info', message });

/** All that an import can say of a row, a packet or a source (docs/guide/command-line.md, "Import codes"). */
export const IMPORT_CODES = {
  NOT_JSON: refused('The value is not JSON.'),
  NOT_UTF8: refused('The value is not UTF-8 text.'),
  NOT_TEXT: refused('The cell holds something other than text.'),
  NOT_A_RECORD: refused('The value is not a coordination record.'),
  MISSING_MEMBER: refused('A member that every record has is missing.'),
  DUPLICATE_MEMBER: refused('A member is named twice: readers would disagree on its value.'),
  TOO_DEEP: refused('The JSON is nested deeper than 64 levels.'),
  TOO_LARGE: refused('The value is larger than the desk reads.'),
  BAD_TEXT: refused('A text holds a lone surrogate or a noncharacter.'),
  BAD_STATUS: refused('The status is not ESCALATED, RESOLVED or EXPIRED.'),
  BAD_UUID: refused('An event id is not a UUID.'),
  BAD_TIMESTAMP: refused('The timestamp is not an RFC 3339 date and time.'),
  BAD_TOKEN: refused('The continuation token has the shape of neither protocol generation.'),
  BAD_LIST: refused('The active list is not an array of texts.'),
  KEY_MISMATCH: refused('The record names another escalation than its key.'),
  AMBIGUOUS_KEY: refused('The key fits two tenants.'),
  EMPTY_TENANT: refused('The tenant has no name.'),
  NOT_A_PACKET: refused('The file is neither records nor a packet that the desk knows.'),
  BUNDLE_REFUSED: refused('The bundle does not hold what it says; nothing of it was imported.'),
  CONFLICT: refused('It was decided differently here; both decisions are kept.'),
  INVISIBLE_IN_ID: finding('The escalation id has invisible or control characters.'),
  EMPTY_ID: finding('The escalation id is empty.'),
  LONG_ID: finding('The escalation id is longer than 512 characters.'),
  ID_REUSED: finding('Another escalation has the same id with another event.'),
  NOT_LISTED: finding('The record is escalated, but its ledger does not list it as active.'),
  LISTED_BUT_DECIDED: finding('The record is decided, but its ledger still lists it as active.'),
  LISTED_WITHOUT_RECORD: finding('The active list names an escalation without a record that can be read.'),
  LISTED_TWICE: finding('The active list names an escalation more than once.'),
  HASH_NOT_SHA256: finding('The resolution’s VEP hash is not a SHA-256.'),
  HASH_NOT_LOWER_CASE: finding('The resolution’s VEP hash is not written in lower case.'),
  NO_VEP_HASH: finding('It is resolved without a VEP hash.'),
  NO_EVENT_ID: finding('It is resolved without an event id.'),
  RESOLUTION_WHILE_ACTIVE: finding('It has a resolution, but its status is ESCALATED.'),
  UNKNOWN_MEMBER: finding('The record or its token has members that the desk does not know; the kept row has them.'),
  ODD_UUID: finding('An event id is a UUID that is not written in the usual form.'),
  NIL_UUID: finding('An event id is the nil UUID, which names nothing.'),
  TIME_TOO_FINE: finding('The timestamp is finer than nanoseconds; the digits beyond are only in the kept row.'),
  LEAP_SECOND: finding('The timestamp is a leap second.'),
  TIME_IN_FUTURE: finding('The timestamp lies in the future.'),
  TIME_TOO_OLD: finding('The timestamp lies before 2020.'),
  EVENT_ABSENT: finding('The ledger has no audit event for it: who asked, and for what, is unknown.'),
  EVENT_ALTERED: finding('The audit event’s hash does not match the event: it was changed after it was written.'),
  CHAIN_BROKEN: finding('The audit log is not one unbroken chain.'),
  BLOB_NOT_HASHED: finding('The packet comes from the part of the audit event that no hash covers.'),
  BLOBS_DIFFER: finding('The audit event holds two packets that differ; both are kept.'),
  NO_ESCALATION: finding('The packet belongs to no escalation here; it is kept unattached.'),
  AMBIGUOUS_ESCALATION: finding('The packet fits several escalations; it is kept unattached.'),
  BUNDLE_UNCHECKED: info('The bundle was imported, but not all of it could be checked.'),
  BUNDLE_IN_PART: info('The bundle does not have everything of its records.'),
  TOKEN_OF_1_6: info('The continuation token is of protocol generation 1.6.'),
  OTHER_TENANT: info('The row belongs to a tenant that was not asked for.'),
  FOREIGN_KEY: info('The row is no part of the coordination ledger.'),
} as const satisfies Record<string, ImportCodeFacts>;

export type ImportCode = keyof typeof IMPORT_CODES;

/** The code's severity and words, ready for a report's row. */
export function describeImportCode(code: ImportCode): { code: ImportCode; severity: Severity; message: string } {
  return { code, ...IMPORT_CODES[code] };
}
