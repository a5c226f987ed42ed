import type { Escalation } from '../../../shared/domain/escalation.ts';
import { viewOf } from '../../../shared/domain/view.ts';
import { jcs } from '../../evidence/jcs.ts';
import { hex, sha256 } from './bytes.ts';

/** The view of an escalation as RFC 8785 bytes and their SHA-256, 64 lower-case hex digits (I9). */
export function viewBytes(escalation: Escalation): { view: Uint8Array; sha256: string } {
  const view = jcs(viewOf(escalation));
  return { view, sha256: hex(sha256(view)) };
}
