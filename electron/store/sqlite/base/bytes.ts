import { hash } from 'node:crypto';

export { sha256 } from '../../../audit/log/sha256.ts';

/** The text as UTF-8, and back: how ids, texts and JSON bodies lie in the store. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
export function text(bytes: Uint8Array): string {
  return view(bytes).toString('utf8');
}

/** A value as a JSON body, and back; of the desk's own making, so the shape is trusted. */
export function body(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
export function unbody<T>(bytes: Uint8Array): T {
  return JSON.parse(text(bytes)) as T;
}

/** SHA-256 in lower-case hex; of what is not there, null. */
export function digestOf(bytes: Uint8Array | string): string;
export function digestOf(bytes: Uint8Array | string | null): string | null;
export function digestOf(bytes: Uint8Array | string | null): string | null {
  return bytes === null ? null : hash('sha256', bytes);
}

export function hex(bytes: Uint8Array): string {
  return view(bytes).toString('hex');
}
export function unhex(digits: string): Uint8Array {
  return Buffer.from(digits, 'hex');
}

/** A UUID (lower-case, hyphenated) as its 16 bytes, and back. */
export function uuidBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
export function uuidText(bytes: Uint8Array): string {
  const digits = hex(bytes);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
