import type { PieceReport } from '../../../shared/contract/escalation.ts';
import type { Finding } from '../../../shared/domain/escalation.ts';
import type { Check } from '../../../shared/domain/verdict.ts';
import { type Why, whyFailed } from '../../components/checks/why.ts';

/** Something that must be known before a word of the agent is read: in plain words, with the facts of the case. */
export interface Alarm extends Why {
  readonly code: string;
  /** The verifier's or the finding's own sentence; it may quote the agent's side. */
  readonly detail: string;
  /** Of a failed check: which one, and of which piece. */
  readonly check: Check['name'] | null;
  readonly sha256: string | null;
  /** Of what was decided, not of the request. */
  readonly ofResolution: boolean;
  readonly tone: 'bad' | 'warn';
}

/** Findings that say that what is shown may not be what was sent. */
const OF_FINDINGS: { readonly [code: string]: Why & { readonly tone: 'bad' | 'warn' } } = {
  CLAIM_DIFFERS: {
    lead: 'The request says something else than the signed packet.',
    means: 'The packet is what the gate signed. The text was changed, or was never true.',
    tone: 'bad',
  },
  EVENT_ALTERED: {
    lead: 'The account of this request was changed after it was written.',
    means:
      'VEX’s audit event no longer has the hash that it was written with. What stands below may not be what the agent sent.',
    tone: 'bad',
  },
  CHAIN_BROKEN: {
    lead: 'The log that this request comes from has a gap or was rearranged.',
    means: 'Each event names the one before it, and here one does not. Events may have been removed, added or moved.',
    tone: 'bad',
  },
  BLOBS_DIFFER: {
    lead: 'This request came with two different packets in one event.',
    means:
      'The one that the event’s hash covers is judged here. The other was added or changed outside; both are kept.',
    tone: 'bad',
  },
  BLOB_NOT_HASHED: {
    lead: 'No hash of the log covers the packet.',
    means:
      'Another packet could have been put in its place without a trace in the log. Its own signature is all that speaks for it.',
    tone: 'warn',
  },
};

/** Codes of findings that stand above the agent's words, and nowhere else. */
export const ALARM_CODES: ReadonlySet<string> = new Set(Object.keys(OF_FINDINGS));

/** What does not hold, failed checks first, then findings about where the request comes from, in their fixed order. */
export function alarmsOf(pieces: readonly PieceReport[], findings: readonly Finding[]): readonly Alarm[] {
  const failed = pieces.flatMap(({ sha256, role, checks }) =>
    checks
      .filter(({ verdict }) => verdict === 'failed')
      .map((check) => ({
        ...whyFailed(check),
        means: meaningOf(check, checks),
        code: check.code,
        detail: detailOf(check),
        check: check.name,
        sha256,
        ofResolution: role === 'resolution',
        tone: 'bad' as const,
      })),
  );
  const found = Object.entries(OF_FINDINGS).flatMap(([code, why]) =>
    findings
      .filter((finding) => finding.code === code)
      .map(({ message }) => ({ ...why, code, detail: message, check: null, sha256: null, ofResolution: false })),
  );
  return [...failed, ...found];
}

/** Where the gate's signature is genuine and the contents are not its, both belong together. */
function meaningOf(check: Check, all: readonly Check[]): string {
  const { means } = whyFailed(check);
  const signed = all.some(({ name, verdict }) => name === 'signature' && verdict === 'verified');
  return check.name === 'root' && signed ? `${means} ${SIGNED_BEFORE}` : means;
}

const SIGNED_BEFORE = 'The signature is genuine, and is for what it said before.';

/** Of a check with parts only those that failed are told. */
function detailOf({ detail, parts = [] }: Check): string {
  const failed = parts.filter(({ verdict }) => verdict === 'failed');
  return failed.length === 0 ? detail : failed.map((part) => part.detail).join(' ');
}
