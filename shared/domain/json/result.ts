import type { JsonValue } from './value.ts';

/** Why a text is refused; NOT_JSON holds byte order marks and numbers beyond a double as well. */
export type JsonFaultCode = 'NOT_UTF8' | 'NOT_JSON' | 'DUPLICATE_MEMBER' | 'TOO_DEEP' | 'TOO_LARGE' | 'BAD_TEXT';

/** What is read but must be said: other readers would take the number for another one (S53, RFC 7493, 2.2). */
export type JsonNoteKind = 'UNSAFE_INTEGER' | 'MINUS_ZERO' | 'UNDERFLOW';

/** `at` is the byte offset of the number. */
export interface JsonNote {
  readonly kind: JsonNoteKind;
  readonly at: number;
}

export interface JsonRead {
  readonly ok: true;
  readonly value: JsonValue;
  readonly notes: readonly JsonNote[];
}

/** `at` is the byte offset where the fault was seen. */
export interface JsonRefusal {
  readonly ok: false;
  readonly code: JsonFaultCode;
  readonly at: number;
  readonly message: string;
}

export type JsonResult = JsonRead | JsonRefusal;

/** What a document may cost (S49; design.md, Limits). */
export interface JsonLimits {
  /** Bytes of the whole document. */
  readonly bytes: number;
  /** Arrays and objects open at once. */
  readonly depth: number;
  /** Values of any kind, byte arrays not counted. */
  readonly nodes: number;
  /** Up to this size a document is decoded once and its texts are cut out of it, each of which keeps it in memory. */
  readonly whole: number;
  /** Elements of one byte array. */
  readonly byteArrayLength: number;
  /** Names of members whose array of integers 0 to 255 is read into a Uint8Array, without a node for each. */
  readonly byteArrays: (memberName: string) => boolean;
}

export const defaultLimits: JsonLimits = {
  bytes: 16 * 1024 * 1024,
  depth: 64,
  nodes: 100_000,
  whole: 1024 * 1024,
  byteArrayLength: 16 * 1024 * 1024,
  byteArrays: () => false,
};

/** Thrown inside the reader only; `readJson` turns it into a refusal. */
export class JsonFault extends Error {
  readonly code: JsonFaultCode;
  readonly at: number;

  constructor(code: JsonFaultCode, at: number, message: string) {
    super(message);
    this.code = code;
    this.at = at;
  }
}
