import type { Resolution } from '../../../shared/contract/decision.ts';
import { DeskError } from '../../../shared/domain/errors.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';
import { verifyEvidence } from '../../evidence/verify.ts';
import type { NewDecision, NewEvidence } from '../../store/ledger-store.ts';
import type { FeatureContext } from '../context.ts';
import { readEvidenceFile } from '../escalation/evidence-file.ts';
import { sha256Hex } from '../writing.ts';
import type { Examined } from './examine.ts';

/** A resolution that the reviewer brings; one that the desk seals is made later. */
export interface BroughtForm {
  readonly resolution: Exclude<Resolution, { kind: 'seal' }>;
  readonly event_id?: string | undefined;
}

export interface Brought {
  readonly resolution: NonNullable<NewDecision['resolution']>;
  /** What its packet is worth; null where only the hash is known. */
  readonly report: EvidenceReport | null;
}

/**
 * What an approval is recorded with (I4): the event id, made here where none is given, and the VEP hash, computed here
 * where the packet is brought, which is judged as the resolution of this escalation. INTEGRITY_FAILED when the file is
 * no packet or it is the request's own packet.
 */
export async function readResolution(context: FeatureContext, form: BroughtForm, examined: Examined): Promise<Brought> {
  const eventId = form.event_id ?? context.ids.uuid();
  if (form.resolution.kind === 'hash') {
    const { vep_hash: vepHash } = form.resolution;
    refuseOwnPacket(examined, vepHash, null);
    return { resolution: { eventId, vepHash, packet: null }, report: attachedReport(examined, vepHash) };
  }
  const packet = await readPacket(context, form.resolution.staged);
  const vepHash = sha256Hex(packet.bytes);
  const report = judgeResolution(packet.bytes, examined);
  refuseOwnPacket(examined, vepHash, report.root);
  return { resolution: { eventId, vepHash, packet: { ...packet, report, reportEpoch: examined.epoch } }, report };
}

/** What a packet is worth as the resolution of this escalation. */
export function judgeResolution(
  bytes: Uint8Array,
  { key, at, trust }: Pick<Examined, 'key' | 'at' | 'trust'>,
): EvidenceReport {
  return verifyEvidence(bytes, { at, trust, role: 'resolution', escalation: { id: key.id, event: key.event } });
}

/** Of a packet that was attached as the resolution's before the decision; null where there is none of this digest. */
export function attachedReport({ reports }: Pick<Examined, 'reports'>, sha256: string): EvidenceReport | null {
  const attached = reports.find((report) => report.role === 'resolution' && report.sha256 === sha256);
  if (attached === undefined) return null;
  const { role: _role, ...report } = attached;
  return report;
}

async function readPacket(context: FeatureContext, staged: string): Promise<NewEvidence> {
  const file = context.staging.source(staged);
  const piece = await readEvidenceFile(file, 'resolution');
  if (piece.kind === 'vep' || piece.kind === 'capsule') return piece;
  const message = 'The resolution is no VEP packet. Nothing was recorded. Attach the packet of the decision.';
  throw new DeskError('INTEGRITY_FAILED', message, { file: file.name, check: 'structure' });
}

/** The same pillars in other wrapping are the same packet: their root is one. */
function refuseOwnPacket({ stored, reports }: Examined, vepHash: string, root: string | null): void {
  const own = stored.escalation.evidence.some((piece) => piece.role === 'escalation' && piece.sha256 === vepHash);
  const rewrapped = root !== null && reports.some((report) => report.role === 'escalation' && report.root === root);
  if (!own && !rewrapped) return;
  const message =
    "This is the request's own packet, not one of the decision. Nothing was recorded. Attach the packet of the decision.";
  throw new DeskError('INTEGRITY_FAILED', message, { sha256: vepHash, check: 'escalation' });
}
