import type { Opened, PieceReport } from '../../../shared/contract/escalation.ts';
import type { Evidence } from '../../../shared/domain/escalation.ts';
import { words } from './words.ts';

/** Reports that are shown together: a packet with the one token beside it, else each piece by itself. */
export interface EvidenceGroup {
  readonly of: 'packet' | 'token' | 'resolution';
  readonly reports: readonly [PieceReport, ...PieceReport[]];
}

/**
 * The reports of an escalation's evidence, each with the kind that its piece is kept as: what is too broken to be known
 * for a packet is still the packet that was attached.
 */
export function piecesOf({ escalation, reports }: Pick<Opened, 'escalation' | 'reports'>): readonly PieceReport[] {
  return reports.map((report) => {
    const piece = escalation.evidence.find(({ sha256, role }) => sha256 === report.sha256 && role === report.role);
    return piece === undefined || piece.kind === 'source-row' ? report : { ...report, kind: piece.kind };
  });
}

/** The cards that the reports make, packets first: a lone packet takes its lone token with it. */
export function groupsOf(reports: readonly PieceReport[]): readonly EvidenceGroup[] {
  const own = reports.filter(({ role }) => role === 'escalation');
  const packets = own.filter(isPacket);
  const tokens = own.filter(({ kind }) => kind === 'token');
  const [packet] = packets;
  const [token] = tokens;
  const resolution = reports.filter(({ role }) => role === 'resolution').map((one) => group('resolution', one));
  if (packet !== undefined && token !== undefined && own.length === 2 && !shareChecks(packet, token)) {
    return [group('packet', packet, token), ...resolution];
  }
  const alone = [...packets.map((one) => group('packet', one)), ...tokens.map((one) => group('token', one))];
  return [...alone, ...resolution];
}

/** Why there are no checks to show now: they are being made, or, in words, what they came to before the bytes were removed. */
export function whyNoChecks({ escalation, judgement }: Pick<Opened, 'escalation' | 'judgement'>): string {
  const isGone = escalation.evidence.some(({ removed_at }) => removed_at !== undefined);
  return isGone ? words.removedSince(judgement.detail) : words.beingVerified;
}

function isPacket({ kind }: PieceReport): boolean {
  return kind !== 'token';
}

/** A packet may carry a token of its own: then the names of the checks alone would not tell them apart. */
function shareChecks(a: PieceReport, b: PieceReport): boolean {
  const names = new Set(a.checks.map(({ name }) => name));
  return b.checks.some(({ name }) => names.has(name));
}

function group(of: EvidenceGroup['of'], first: PieceReport, ...rest: PieceReport[]): EvidenceGroup {
  return { of, reports: [first, ...rest] };
}

const ORDER = ['vep', 'capsule', 'token', 'source-row'];

/** Packets first, rows as they came from the source last; otherwise as they were attached. */
export function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}
