import { PROOF_HEAD } from './verify-head.ts';

const ZIP = Buffer.from('504b0304', 'hex');
/** A note's empty line and the dash of its first signature. */
const SIGNATURES = Buffer.from('\n\n\u2014 ');

/** Which file of a log the bytes begin as, told by content; null for all else. A checkpoint is given whole. */
export function auditFileKind(bytes: Uint8Array): 'bundle' | 'checkpoint' | 'proof' | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start.subarray(0, ZIP.length).equals(ZIP)) return 'bundle';
  if (start.subarray(0, PROOF_HEAD.length + 1).equals(Buffer.from(`${PROOF_HEAD}\n`))) return 'proof';
  return start.includes(SIGNATURES) ? 'checkpoint' : null;
}
