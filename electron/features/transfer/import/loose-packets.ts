import type { EscalationKey } from '../../../../shared/domain/escalation.ts';
import { describeImportCode } from '../../../../shared/domain/import-codes.ts';
import type { ReaderPacket } from '../../../gateways/files/reader-protocol.ts';
import type { NewEvidence, ReportEntry, Write } from '../../../store/ledger-store.ts';
import type { FeatureContext } from '../../context.ts';
import { sha256Hex } from '../../writing.ts';
import type { ImportTally } from './import-tally.ts';

interface Placing {
  readonly write: (tenant: string) => Write;
  readonly jobId: string;
  readonly dryRun: boolean;
}

/**
 * Attaches a loose packet to the one escalation whose token's source_capsule_root is its root, else whose id is its
 * authority.escalation_id. Where there is none or several it is kept unattached and said so; a packet never makes an
 * escalation.
 */
export async function placePacket(
  context: FeatureContext,
  packet: ReaderPacket,
  tally: ImportTally,
  placing: Placing,
): Promise<ReportEntry[]> {
  const { root, escalationId, tenants } = packet;
  const matches: EscalationKey[] = [];
  for (const tenant of tenants) matches.push(...(await context.store.matchPacket(tenant, { root, escalationId })));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) {
    if (await attachNew(context, match, packet, placing)) tally.addEvidence(match.tenant);
    return [];
  }
  await keep(context, packet, matches, placing);
  tally.unattached += 1;
  const described = describeImportCode(matches.length === 0 ? 'NO_ESCALATION' : 'AMBIGUOUS_ESCALATION');
  return [{ source: packet.source, locator: '', text: null, ...described }];
}

/** Attaches the packet unless its bytes are there already. */
async function attachNew(
  context: FeatureContext,
  key: EscalationKey,
  packet: ReaderPacket,
  placing: Placing,
): Promise<boolean> {
  const sha256 = sha256Hex(packet.bytes);
  const stored = await context.store.read(key, context.clock.now());
  if (stored?.escalation.evidence.some((piece) => piece.sha256 === sha256) === true) return false;
  const target = { key, evidence: [evidenceOf(packet)] };
  if (!placing.dryRun) await context.store.attach(placing.write(key.tenant), target);
  return true;
}

/** Keeps the packet in the tenant that it must be of; one that could be of several is in none. */
async function keep(
  context: FeatureContext,
  packet: ReaderPacket,
  matches: readonly EscalationKey[],
  { write, jobId, dryRun }: Placing,
): Promise<void> {
  const possible = matches.length === 0 ? packet.tenants : matches.map(({ tenant }) => tenant);
  const [tenant, ...others] = new Set(possible);
  if (tenant === undefined || others.length > 0) return;
  const unattached = [evidenceOf(packet)];
  await context.store.recordBatch({ ...write(tenant), rows: [], sourceRows: [], unattached, jobId, dryRun });
}

function evidenceOf({ bytes, kind, root }: ReaderPacket): NewEvidence {
  return { bytes, kind, role: 'escalation', ...(root === null ? {} : { root }) };
}
