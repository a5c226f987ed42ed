import type { NewDecision, NewEvidence } from '../../ledger-store.ts';

type Resolution = NonNullable<NewDecision['resolution']>;
type Sealed = NonNullable<NewDecision['sealed']>;
type Packed<T extends { readonly packet: NewEvidence | null }> = Omit<T, 'packet'> & {
  readonly packet: PackedPiece | (null extends T['packet'] ? null : never);
};
type PackedPiece = Omit<NewEvidence, 'bytes'> & { readonly bytes: string };

/** A decision as JSON can hold it. A hold that an older desk left knows nothing of seals, nor of how it was read. */
export type PackedDecision = Omit<NewDecision, 'resolution' | 'seal' | 'sealed' | 'statement' | 'seen'> & {
  readonly resolution: Packed<Resolution> | null;
  readonly seal?: NewDecision['seal'];
  readonly sealed?: Packed<Sealed> | null;
  readonly seen?: NewDecision['seen'];
};

/** The packets' bytes in base64, as JSON has no bytes. A statement is made when the decision is due, so none is kept. */
export function packDecision({ statement: _statement, ...decision }: NewDecision): PackedDecision {
  const { resolution, sealed } = decision;
  return {
    ...decision,
    resolution: resolution && { ...resolution, packet: resolution.packet && packPiece(resolution.packet) },
    sealed: sealed && { ...sealed, packet: packPiece(sealed.packet) },
  };
}

/** The decision as it was packed. */
export function unpackDecision(packed: PackedDecision): NewDecision {
  const { resolution, seal = null, sealed = null, seen = null } = packed;
  return {
    ...packed,
    resolution: resolution && { ...resolution, packet: resolution.packet && unpackPiece(resolution.packet) },
    seal,
    statement: null,
    seen,
    sealed: sealed && { ...sealed, packet: unpackPiece(sealed.packet) },
  };
}

function packPiece(piece: NewEvidence): PackedPiece {
  return { ...piece, bytes: Buffer.from(piece.bytes).toString('base64') };
}

function unpackPiece(piece: PackedPiece): NewEvidence {
  return { ...piece, bytes: Buffer.from(piece.bytes, 'base64') };
}
