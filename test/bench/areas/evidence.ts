import { NO_TRUST } from '../../../electron/evidence/trust/trust.ts';
import { verifyEvidence } from '../../../electron/evidence/verify.ts';
import { instant } from '../../evidence/trusted.ts';
import { BarePrimitives } from '../bare/evidence.ts';
import { alternate, type Measurement, rates } from '../measure.ts';
import { GATE_HEX, PACKET_KINDS, type PacketKind, signedPacket } from '../signed-packets.ts';
import type { Testbed } from '../testbed.ts';

const ROUNDS = 15;
/** Packets of a round, all of them different; a MiB of each is enough to be no longer in any cache. */
const IN_A_ROUND: Readonly<Record<PacketKind, number>> = {
  '2k': 1000,
  '1m-json': 8,
  '1m-payload': 32,
  '1m-magpie': 32,
};

/** Packets that are verified in a second on one core, of every kind, beside the bare primitives. */
export async function* measurePackets(bed: Testbed): AsyncGenerator<Measurement> {
  for (const kind of PACKET_KINDS) {
    bed.say(`verifying packets, ${kind}`);
    yield await measureKind(bed, kind);
  }
}

async function measureKind(bed: Testbed, kind: PacketKind): Promise<Measurement> {
  const packets = Array.from({ length: bed.rounds(IN_A_ROUND[kind]) }, (_, n) => signedPacket(kind, n + 1));
  const trust = { ...NO_TRUST, keys: [{ name: 'gate', purpose: 'gate' as const, public_hex: GATE_HEX }] };
  const context = { at: instant('2026-11-15T12:00:00Z'), role: 'escalation' as const, trust };
  const bare = new BarePrimitives(GATE_HEX);
  const taken = await alternate(
    bed.rounds(ROUNDS),
    () => expectAll(packets.every(({ bytes }) => verifyEvidence(bytes, context).verdict === 'verified')),
    () => expectAll(packets.every((packet) => bare.verify(packet))),
  );
  return rates(`evidence-${kind}`, packets.length, taken, 'packets/s');
}

/** A time in which something did not verify is none. */
function expectAll(verified: boolean): void {
  if (!verified) throw new Error('A packet did not verify.');
}
