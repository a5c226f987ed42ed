import type { EvidenceRole } from '../../../shared/domain/escalation.ts';
import type { Check, CheckName, EvidenceFileKind } from '../../../shared/domain/verdict.ts';

/** Why checks could not be made. What has the same cause has the same way out. */
export const OPEN_CAUSES = ['packet', 'gate-key', 'issuer-key', 'baseline', 'verifier', 'other'] as const;
export type OpenCause = (typeof OPEN_CAUSES)[number];

/** Checks that wait for the same thing, in the order of the evidence. */
export interface Waiting {
  readonly cause: OpenCause;
  /** Empty where without a packet there is nothing to check. */
  readonly checks: readonly CheckName[];
  /** What the verifier says of the first of them: of a check with parts, of those that stay open. */
  readonly detail: string;
}

export interface CheckedPiece {
  readonly role: EvidenceRole;
  readonly kind: EvidenceFileKind;
  readonly checks: readonly Check[];
}

/** Whether there is a packet of the request itself: what a verdict is about. */
export function hasPacket(pieces: readonly CheckedPiece[]): boolean {
  return pieces.some(({ role, kind }) => role === 'escalation' && (kind === 'vep' || kind === 'capsule'));
}

/** What would make the request's unchecked checks checked: one entry a cause, however many checks wait for it. */
export function waitingFor(pieces: readonly CheckedPiece[]): readonly Waiting[] {
  const found = new Map<string, { cause: OpenCause; checks: CheckName[]; detail: string }>();
  const packet = hasPacket(pieces);
  if (!packet) found.set('packet', { cause: 'packet', checks: [], detail: '' });
  const open = pieces.filter(({ role }) => role === 'escalation').flatMap(({ checks }) => checks);
  for (const check of open.filter(({ verdict }) => verdict === 'unchecked')) {
    const cause = causeOf(check, packet);
    // Of what has no way out each check says its own reason.
    const key = cause === 'other' ? check.name : cause;
    const known = found.get(key) ?? { cause, checks: [], detail: openDetail(check) };
    if (!known.checks.includes(check.name)) known.checks.push(check.name);
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => OPEN_CAUSES.indexOf(a.cause) - OPEN_CAUSES.indexOf(b.cause));
}

function openDetail({ detail, parts = [] }: Check): string {
  const open = parts.filter(({ verdict }) => verdict === 'unchecked').map((part) => part.detail.replace(/\.$/, ''));
  return parts.length < 2 || open.length === 0 ? detail : `${open.join('; ')}.`;
}

function causeOf({ name, code }: Check, packet: boolean): OpenCause {
  if (code === 'NO_KEY') return name === 'token.signature' ? 'issuer-key' : 'gate-key';
  if (name === 'pcrs') return 'baseline';
  if (name === 'stark') return 'verifier';
  return name === 'token.binding' && !packet ? 'packet' : 'other';
}
