import { z } from 'zod';
import { Outcome, Sha256Hex } from '../../../shared/domain/escalation.ts';
import { leftText } from '../../components/time.ts';

/** What the panel reads of a decision's statement; the rest of it is shown as bytes. */
const Payload = z.object({
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: Sha256Hex }) })),
  predicate: z.object({
    outcome: Outcome,
    reason_code: z.string(),
    shown_at: z.string().nullable(),
    decided_at: z.string(),
    opened: z.array(z.object({ sha256: z.string(), ms: z.number() })),
    overrides: z.array(z.string()),
    accepted_unchecked: z.array(z.string()),
  }),
});

export interface SaidInStatement {
  readonly outcome: Outcome;
  readonly code: string;
  /** SHA-256 of each piece, in the order shown. */
  readonly evidence: readonly string[];
  /** Of the packet that resolves it. */
  readonly vepHash: string | null;
  readonly decidedAt: string;
  readonly shownAt: string | null;
  /** How many pieces were opened, and for how long together in milliseconds. */
  readonly opened: { readonly pieces: number; readonly ms: number };
  readonly overrides: readonly string[];
  readonly accepted: readonly string[];
}

/** What a statement's payload says; null where it is of a form that this window does not know. */
export function readStatement(payload: string): SaidInStatement | null {
  const read = Payload.safeParse(parsed(payload));
  if (!read.success) return null;
  const { subject, predicate } = read.data;
  const digests = (is: (name: string) => boolean) =>
    subject.filter(({ name }) => is(name)).map(({ digest }) => digest.sha256);
  return {
    outcome: predicate.outcome,
    code: predicate.reason_code,
    evidence: digests((name) => name.startsWith('evidence/')),
    vepHash: digests((name) => name === 'resolution')[0] ?? null,
    decidedAt: predicate.decided_at,
    shownAt: predicate.shown_at,
    opened: {
      pieces: new Set(predicate.opened.map(({ sha256 }) => sha256)).size,
      ms: predicate.opened.reduce((sum, { ms }) => sum + ms, 0),
    },
    overrides: predicate.overrides,
    accepted: predicate.accepted_unchecked,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `1 piece for 42 s`. */
export function openedText({ pieces, ms }: SaidInStatement['opened']): string | null {
  return pieces === 0 ? null : `${pieces} ${pieces === 1 ? 'piece' : 'pieces'} for ${leftText(ms)}`;
}

/** A hash in groups of sixteen digits, as it is compared by eye. */
export function inSixteens(hash: string): readonly string[] {
  return hash.match(/.{1,16}/g) ?? [];
}
