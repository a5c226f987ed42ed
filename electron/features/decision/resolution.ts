import type { Resolution } from '../../../shared/contract/decision.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import type { NewDecision, NewEvidence } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { readEvidenceFile } from '../escalation/evidence-file.ts';
import { sha256Hex } from '../writing.ts';

interface ApprovalForm {
  readonly resolution: Resolution;
  readonly event_id?: string | undefined;
}

/**
 * What an approval is recorded with (I4): the event id, made here where none is given, and the VEP hash, computed here
 * where the packet is brought. INTEGRITY_FAILED when the packet's structure fails or it is the request's own packet.
 */
export async function readResolution(
  context: FeatureContext,
  form: ApprovalForm,
  escalation: Escalation,
): Promise<NonNullable<NewDecision['resolution']>> {
  const packet = form.resolution.kind === 'packet' ? await readPacket(context, form.resolution.staged) : null;
  const vepHash =
    form.resolution.kind === 'hash' ? form.resolution.vep_hash : sha256Hex(packet?.bytes ?? new Uint8Array());
  refuseOwnPacket(vepHash, escalation);
  return { eventId: form.event_id ?? context.ids.uuid(), vepHash, packet };
}

async function readPacket(context: FeatureContext, staged: string): Promise<NewEvidence> {
  const file = context.staging.source(staged);
  const piece = await readEvidenceFile(file, 'resolution');
  if (piece.kind === 'vep' || piece.kind === 'capsule') return piece;
  const message = 'The resolution is no VEP packet. Nothing was recorded. Attach the packet of the decision.';
  throw new DeskError('INTEGRITY_FAILED', message, { file: file.name, check: 'structure' });
}

function refuseOwnPacket(vepHash: string, escalation: Escalation): void {
  if (!escalation.evidence.some((piece) => piece.role === 'escalation' && piece.sha256 === vepHash)) return;
  const message =
    "This is the request's own packet, not one of the decision. Nothing was recorded. Attach the packet of the decision.";
  throw new DeskError('INTEGRITY_FAILED', message, { sha256: vepHash, check: 'escalation' });
}
