import { Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import type { FormState, SentDecision } from './form.ts';

/** What the page knows beside the form. */
export interface FormFacts {
  /** Approving needs the tick for evidence that was not checked, or for there being none. */
  readonly asksUnchecked: boolean;
  /** Names of the checks that stand unchecked: what the tick accepts. */
  readonly unchecked: readonly string[];
  /** The deadline has passed. */
  readonly past: boolean;
  /** Codes that may be chosen here. */
  readonly codes: readonly string[];
  /** SHA-256 of the request's own packets, which can't be its resolution. */
  readonly requestPackets: readonly string[];
  /** Characters of the agent's text that were not shown yet. */
  readonly hiddenCharacters: number;
  /** The escalation changed and the change was not shown yet. */
  readonly changed: boolean;
}

export type Field = 'shown' | 'text' | 'unchecked' | 'past' | 'code' | 'reason' | 'packet' | 'hash' | 'event';

/** Why a field stands in the way; the words are in words.ts. */
export type Lack =
  | 'change-not-shown'
  | 'text-not-shown'
  | 'unchecked-not-accepted'
  | 'past-not-known'
  | 'code-missing'
  | 'reason-missing'
  | 'reason-short'
  | 'reason-long'
  | 'packet-missing'
  | 'hash-missing'
  | 'hash-malformed'
  | 'hash-of-request'
  | 'event-malformed';

export interface Missing {
  readonly field: Field;
  readonly lack: Lack;
}

/** This form asks for so many characters; the contract for one. */
export const REASON_MIN = 10;
export const REASON_MAX = 2000;

/** Characters as the contract counts them: code points of the trimmed reason. */
export function reasonLength(reason: string): number {
  return [...reason.trim()].length;
}

/** All that is missing, in field order; empty: the form may be committed. */
export function missing(state: FormState, facts: FormFacts): readonly Missing[] {
  const lacks: (Missing | null)[] = [
    facts.changed ? { field: 'shown', lack: 'change-not-shown' } : null,
    ...(state.outcome === 'approved' ? approvalLacks(state, facts) : []),
    codeLack(state, facts),
    reasonLack(state),
    ...(state.outcome === 'approved' ? resolutionLacks(state, facts) : []),
  ];
  return lacks.filter((lack) => lack !== null);
}

function approvalLacks(state: FormState, facts: FormFacts): (Missing | null)[] {
  return [
    facts.hiddenCharacters > 0 ? { field: 'text', lack: 'text-not-shown' } : null,
    facts.asksUnchecked && !state.acceptsUnchecked ? { field: 'unchecked', lack: 'unchecked-not-accepted' } : null,
    facts.past && !state.knowsPast ? { field: 'past', lack: 'past-not-known' } : null,
  ];
}

function codeLack(state: FormState, facts: FormFacts): Missing | null {
  if (facts.codes.includes(state.reasonCode)) return null;
  return state.outcome === 'expired' && state.reasonCode === '' ? null : { field: 'code', lack: 'code-missing' };
}

function reasonLack(state: FormState): Missing | null {
  const length = reasonLength(state.reason);
  if (length === 0 && state.outcome === 'expired') return null;
  if (length === 0) return { field: 'reason', lack: 'reason-missing' };
  if (length > REASON_MAX) return { field: 'reason', lack: 'reason-long' };
  return length < REASON_MIN ? { field: 'reason', lack: 'reason-short' } : null;
}

function resolutionLacks(state: FormState, facts: FormFacts): (Missing | null)[] {
  const event = state.eventId.trim().toLowerCase();
  const packet: Missing | null = state.packet === null ? { field: 'packet', lack: 'packet-missing' } : null;
  return [
    state.resolution === 'packet' ? packet : hashLack(state.vepHash, facts.requestPackets),
    event === '' || Uuid.safeParse(event).success ? null : { field: 'event', lack: 'event-malformed' },
  ];
}

function hashLack(typed: string, requestPackets: readonly string[]): Missing | null {
  const hash = typed.trim().toLowerCase();
  if (hash === '') return { field: 'hash', lack: 'hash-missing' };
  if (!Sha256Hex.safeParse(hash).success) return { field: 'hash', lack: 'hash-malformed' };
  return requestPackets.includes(hash) ? { field: 'hash', lack: 'hash-of-request' } : null;
}

/** The decision as the contract takes it, or null while something is missing. */
export function toDecision(state: FormState, facts: FormFacts): SentDecision | null {
  if (missing(state, facts).length > 0) return null;
  if (state.outcome === 'expired') return { outcome: 'expired', ...givenWords(state) };
  const why = {
    reason: state.reason.trim().toWellFormed(),
    reason_code: state.reasonCode,
  };
  if (state.outcome !== 'approved') return { outcome: state.outcome, ...why };
  const event = state.eventId.trim().toLowerCase();
  return {
    outcome: 'approved',
    ...why,
    accepted_unchecked: [...facts.unchecked],
    resolution: resolutionOf(state),
    ...(event === '' ? {} : { event_id: event }),
  };
}

function givenWords(state: FormState) {
  const reason = state.reason.trim().toWellFormed();
  return {
    ...(reason === '' ? {} : { reason }),
    ...(state.reasonCode === '' ? {} : { reason_code: state.reasonCode }),
  };
}

function resolutionOf(state: FormState) {
  return state.resolution === 'packet' && state.packet !== null
    ? { kind: 'packet' as const, staged: state.packet.staged }
    : { kind: 'hash' as const, vep_hash: state.vepHash.trim().toLowerCase() };
}
