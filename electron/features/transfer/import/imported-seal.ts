import { parseInstant } from '../../../../shared/domain/instant.ts';
import { textOf } from '../../../../shared/domain/json/value.ts';
import type { CheckName } from '../../../../shared/domain/verdict.ts';
import type { DecisionStatement } from '../../../audit/statement/decision-statement.ts';
import type { TrustStore } from '../../../evidence/trust/trust.ts';
import { examine } from '../../../evidence/verify.ts';
import type { NewEscalation } from '../../../store/ledger-store.ts';
import { sha256Hex } from '../../writing.ts';

/** What a packet holds to that a desk sealed. */
const MUST_VERIFY: readonly CheckName[] = ['structure', 'root', 'signature', 'aid', 'nonce', 'escalation'];

/**
 * Whether a decision, whose statement holds, was sealed. The statement names the packet and not who made it, so the packet
 * must tell: it is there, of the digest that the statement names; its root is signed by the very key that signed the
 * statement, which is its agent; and it says of this escalation what the statement says: the outcome, the reason code,
 * and the view that was decided on.
 */
export function isSealedBy({ record, evidence }: NewEscalation, { subject, predicate }: DecisionStatement): boolean {
  const named = subject.find(({ name }) => name === 'resolution')?.digest.sha256;
  const piece = evidence.find(
    ({ kind, role, bytes }) => kind === 'vep' && role === 'resolution' && sha256Hex(bytes) === named,
  );
  const at = parseInstant(predicate.decided_at);
  if (piece === undefined || at === null || predicate.signed_by !== 'reviewer') return false;
  const escalation = { id: record.escalation_id, event: record.escalation_event_id };
  const { report, packet } = examine(piece.bytes, { at, trust: only(predicate.key), role: 'resolution', escalation });
  const holds = MUST_VERIFY.every((name) =>
    report.checks.some((check) => check.name === name && check.verdict === 'verified'),
  );
  if (!holds || packet === null) return false;
  const { pillars, header } = packet.read;
  const { authority, witness } = pillars.objects;
  return (
    header?.aid === predicate.key &&
    textOf(authority.get('outcome')) === (predicate.outcome === 'approved' ? 'ALLOW' : 'HALT') &&
    textOf(authority.get('reason_code')) === predicate.reason_code &&
    textOf(witness.get('receipt_hash')) === predicate.view_sha256
  );
}

/** The statement's own key, to find out whether the packet is by the same: nothing that is told of it is a verdict. */
function only(publicHex: string): TrustStore {
  return { keys: [{ name: 'signer', purpose: 'reviewer', public_hex: publicHex }], baselines: [] };
}
