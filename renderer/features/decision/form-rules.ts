import { Sha256Hex, Uuid } from '../../../shared/domain/escalation.ts';
import type { FormState, SentDecision } from './form.ts';
import { type FailedCheck, isTyped, overridden } from './overrides.ts';
import { cannotSealNow, resolutionOf, type SealFacts } from './sealing.ts';

/** What the page knows beside the form. */
export interface FormFacts extends SealFacts {
  /** Checks of the request's evidence that failed: an approval names each. */
  readonly failed: readonly FailedCheck[];
  /** The evidence is being verified with the present keys: nothing can be said of it yet. */
  readonly beingVerified: boolean;
  /** Approving needs the tick for evidence that was not checked, or for there being none. */
  readonly asksUnchecked: boolean;
  /** Names of the checks that stand unchecked and are not waived: what the tick accepts. */
  readonly unchecked: readonly string[];
  /** Names of those that stand unchecked and that the tenant waived: they are recorded as accepted without a tick. */
  readonly waived: readonly string[];
  /** The deadline has passed. */
  readonly past: boolean;
  /** Codes that may be chosen here, and those of them that may explain an override. */
  readonly codes: readonly string[];
  readonly overrideCodes: readonly string[];
  /** SHA-256 of the request's own packets, which can't be its resolution. */
  readonly requestPackets: readonly string[];
  /** Characters of the agent's text that were not shown yet. */
  readonly hiddenCharacters: number;
  /** The escalation changed and the change was not shown yet. */
  readonly changed: boolean;
}

export type Field =
  | 'shown'
  | 'text'
  | 'check'
  | 'unchecked'
  | 'past'
  | 'code'
  | 'reason'
  | 'seal'
  | 'packet'
  | 'packet-check'
  | 'hash'
  | 'event';

/** Why a field stands in the way; the words are in words.ts. */
export type Lack =
  | 'change-not-shown'
  | 'being-verified'
  | 'text-not-shown'
  | 'check-not-typed'
  | 'unchecked-not-accepted'
  | 'past-not-known'
  | 'code-missing'
  | 'code-no-override'
  | 'reason-missing'
  | 'reason-short'
  | 'reason-short-override'
  | 'reason-long'
  | 'key-missing'
  | 'key-locked'
  | 'seal-impossible'
  | 'packet-missing'
  | 'packet-check-not-typed'
  | 'hash-missing'
  | 'hash-malformed'
  | 'hash-of-request'
  | 'event-malformed';

export interface Missing {
  readonly field: Field;
  readonly lack: Lack;
}

/** This form asks for so many characters, and for more with an override; the contract for one. */
export const REASON_MIN = 10;
export const REASON_MIN_OVERRIDE = 30;
export const REASON_MAX = 2000;

/** Characters as the contract counts them: code points of the trimmed reason. */
export function reasonLength(reason: string): number {
  return [...reason.trim()].length;
}

/** How long a reason has to be at least, as the form stands. */
export function leastReason(state: FormState, facts: FormFacts): number {
  return overridden(state, facts).length > 0 ? REASON_MIN_OVERRIDE : REASON_MIN;
}

/** Whether the deadline's passing needs a tick: not where the dead token itself has to be overridden by name. */
export function asksPast(facts: FormFacts): boolean {
  return facts.past && !facts.failed.some(({ name }) => name === 'token.lifecycle');
}

/** All that is missing, in field order; empty: the form may be committed. */
export function missing(state: FormState, facts: FormFacts): readonly Missing[] {
  const approves = state.outcome === 'approved';
  const lacks: (Missing | null)[] = [
    facts.changed ? { field: 'shown', lack: 'change-not-shown' } : null,
    ...(approves ? approvalLacks(state, facts) : []),
    codeLack(state, facts),
    reasonLack(state, facts),
    ...(approves || state.outcome === 'rejected' ? resolutionLacks(state, facts) : []),
  ];
  return lacks.filter((lack) => lack !== null);
}

function approvalLacks(state: FormState, facts: FormFacts): (Missing | null)[] {
  const untyped = facts.failed.some((check) => !isTyped(state, check));
  return [
    facts.beingVerified ? { field: 'shown', lack: 'being-verified' } : null,
    facts.hiddenCharacters > 0 ? { field: 'text', lack: 'text-not-shown' } : null,
    untyped ? { field: 'check', lack: 'check-not-typed' } : null,
    facts.asksUnchecked && !state.acceptsUnchecked ? { field: 'unchecked', lack: 'unchecked-not-accepted' } : null,
    asksPast(facts) && !state.knowsPast ? { field: 'past', lack: 'past-not-known' } : null,
  ];
}

function codeLack(state: FormState, facts: FormFacts): Missing | null {
  if (facts.codes.includes(state.reasonCode)) {
    const explains = overridden(state, facts).length === 0 || facts.overrideCodes.includes(state.reasonCode);
    return explains ? null : { field: 'code', lack: 'code-no-override' };
  }
  return state.outcome === 'expired' && state.reasonCode === '' ? null : { field: 'code', lack: 'code-missing' };
}

function reasonLack(state: FormState, facts: FormFacts): Missing | null {
  const length = reasonLength(state.reason);
  const least = leastReason(state, facts);
  if (length === 0 && state.outcome === 'expired') return null;
  if (length === 0) return { field: 'reason', lack: 'reason-missing' };
  if (length > REASON_MAX) return { field: 'reason', lack: 'reason-long' };
  if (length >= least) return null;
  return { field: 'reason', lack: least === REASON_MIN ? 'reason-short' : 'reason-short-override' };
}

function resolutionLacks(state: FormState, facts: FormFacts): (Missing | null)[] {
  const choice = resolutionOf(state, facts);
  const event = state.eventId.trim().toLowerCase();
  const ofChoice = {
    seal: () => sealLack(facts),
    packet: () => packetLack(state, facts),
    hash: () => hashLack(state.vepHash, facts.requestPackets),
    none: () => null,
  };
  const malformed = state.outcome === 'approved' && event !== '' && !Uuid.safeParse(event).success;
  return [ofChoice[choice](), malformed ? { field: 'event', lack: 'event-malformed' } : null];
}

function sealLack(facts: FormFacts): Missing | null {
  const why = cannotSealNow(facts);
  return why === null ? null : { field: 'seal', lack: why };
}

function packetLack(state: FormState, facts: FormFacts): Missing | null {
  if (state.packet === null) return { field: 'packet', lack: 'packet-missing' };
  const untyped = overridden(state, facts).some((check) => check.of === 'packet' && !isTyped(state, check));
  return untyped ? { field: 'packet-check', lack: 'packet-check-not-typed' } : null;
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
  const why = { reason: state.reason.trim().toWellFormed(), reason_code: state.reasonCode };
  const seals = resolutionOf(state, facts) === 'seal' && facts.key !== null;
  if (state.outcome === 'withdrawn') return { outcome: 'withdrawn', ...why };
  if (state.outcome === 'rejected') {
    return { outcome: 'rejected', ...why, ...(seals ? { seal: { key_id: facts.key.key_id } } : {}) };
  }
  const event = state.eventId.trim().toLowerCase();
  return {
    outcome: 'approved',
    ...why,
    overrides: [...new Set(overridden(state, facts).map(({ name }) => name))],
    // What the tick says and no more: the desk adds what the tenant waives by the settings in force when it records.
    accepted_unchecked: [...facts.unchecked],
    resolution: seals ? { kind: 'seal', key_id: facts.key.key_id } : broughtResolution(state, facts),
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

function broughtResolution(state: FormState, facts: FormFacts) {
  return resolutionOf(state, facts) === 'packet' && state.packet !== null
    ? { kind: 'packet' as const, staged: state.packet.staged }
    : { kind: 'hash' as const, vep_hash: state.vepHash.trim().toLowerCase() };
}
