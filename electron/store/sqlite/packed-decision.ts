import type { NewDecision } from '../ledger-store.ts';

type Resolution = NonNullable<NewDecision['resolution']>;
type Packet = NonNullable<Resolution['packet']>;
/** A decision as JSON can hold it. */
export type PackedDecision = Omit<NewDecision, 'resolution'> & {
  readonly resolution:
    | (Omit<Resolution, 'packet'> & { packet: (Omit<Packet, 'bytes'> & { bytes: string }) | null })
    | null;
};

/** The packet's bytes in base64, as JSON has no bytes. */
export function packDecision(decision: NewDecision): PackedDecision {
  const { resolution } = decision;
  if (resolution === null) return { ...decision, resolution };
  const { packet } = resolution;
  return {
    ...decision,
    resolution: {
      ...resolution,
      packet: packet === null ? null : { ...packet, bytes: Buffer.from(packet.bytes).toString('base64') },
    },
  };
}

/** The decision as it was packed. */
export function unpackDecision(packed: PackedDecision): NewDecision {
  const { resolution } = packed;
  if (resolution === null) return { ...packed, resolution };
  const { packet } = resolution;
  return {
    ...packed,
    resolution: {
      ...resolution,
      packet: packet === null ? null : { ...packet, bytes: Buffer.from(packet.bytes, 'base64') },
    },
  };
}
