import type { ErrorCode } from './errors.ts';
import type { Outcome, Status } from './escalation.ts';
import { isSha256Hex } from './hex.ts';
import { compareInstants, parseInstant } from './instant.ts';
import { isUuid } from './uuid.ts';

/** A decision as the states know it: what it says and what it rests on, not who gave which reason. */
export interface Ruling {
  readonly outcome: Outcome;
  readonly source: 'desk' | 'upstream';
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly eventId: string | null;
  readonly vepHash: string | null;
}

/** What decides where an escalation may go next. null: not recorded yet. */
export interface EscalationState {
  readonly status: Status;
  /** The record's own timestamp, RFC 3339 in UTC. */
  readonly timestamp: string;
  readonly ruling: Ruling | null;
  readonly dissents: readonly Ruling[];
  readonly corrections: number;
}

export type Command =
  /** By hand: a known one is refused. */
  | { readonly do: 'record'; readonly status: Status; readonly timestamp: string; readonly ruling: Ruling | null }
  /** From a file or gateway, as often as it comes. */
  | { readonly do: 'import'; readonly status: Status; readonly timestamp: string; readonly ruling: Ruling | null }
  | { readonly do: 'decide'; readonly ruling: Ruling }
  | { readonly do: 'correct' };

export type Effect = 'recorded' | 'unchanged' | 'updated' | 'conflict' | 'decided' | 'dissented' | 'corrected';

/** What a command does. A refusal with an effect (`dissented`) changes the state all the same: I8 keeps what lost. */
export interface Transition {
  readonly state: EscalationState | null;
  readonly effect: Effect | null;
  readonly refusal: ErrorCode | null;
}

/**
 * Where `command` takes an escalation. Both ends are final (I3): once decided, status and ruling never change again,
 * whatever comes, and a decision that comes too late or otherwise becomes a dissent, once (I8). What the desk approves
 * has an event id and a VEP hash of 64 lower-case hex digits (I4); what came RESOLVED stays as it came.
 * Refusals: NOT_FOUND, ALREADY_EXISTS, ALREADY_DECIDED, INVALID_INPUT, CONFLICT (nothing decided to correct).
 */
export function transition(state: EscalationState | null, command: Command): Transition {
  switch (command.do) {
    case 'record':
      return state === null ? recorded(command) : refused(state, 'ALREADY_EXISTS');
    case 'import':
      return state === null ? recorded(command) : importedAgain(state, command);
    case 'decide':
      return state === null ? refused(state, 'NOT_FOUND') : decided(state, command.ruling);
    case 'correct':
      return state === null ? refused(state, 'NOT_FOUND') : corrected(state);
  }
}

/** Whether two decisions say the same: their outcome and, of a resolution, what it rests on. */
export function sameRuling(a: Ruling, b: Ruling): boolean {
  const sameGround = a.eventId === b.eventId && a.vepHash === b.vepHash;
  if (a.outcome === 'unknown' || b.outcome === 'unknown') return sameGround;
  return a.outcome === b.outcome && (a.outcome !== 'approved' || sameGround);
}

type Incoming = Extract<Command, { do: 'record' | 'import' }>;

function recorded({ status, timestamp, ruling }: Incoming): Transition {
  return { state: { status, timestamp, ruling, dissents: [], corrections: 0 }, effect: 'recorded', refusal: null };
}

/** docs/architecture.md, "Importing again". */
function importedAgain(state: EscalationState, command: Incoming): Transition {
  const { status, timestamp, ruling } = command;
  if (state.ruling !== null && ruling !== null) return bothDecided(state, ruling, isOlder(timestamp, state.timestamp));
  if (state.ruling !== null) return same(state, 'unchanged');
  if (isOlder(timestamp, state.timestamp)) return same(state, 'unchanged');
  const isNews = ruling !== null || timestamp !== state.timestamp;
  return isNews
    ? { state: { ...state, status, timestamp, ruling }, effect: 'updated', refusal: null }
    : same(state, 'unchanged');
}

function bothDecided(state: EscalationState, ruling: Ruling, older: boolean): Transition {
  const stands = state.ruling;
  if (stands === null || sameRuling(stands, ruling)) return same(state, 'unchanged');
  // An older copy of what upstream itself has replaced since is no second opinion.
  if (older && stands.source === 'upstream' && ruling.source === 'upstream') return same(state, 'unchanged');
  if (state.dissents.some((known) => isSameDissent(known, ruling))) return same(state, 'conflict');
  return { state: { ...state, dissents: [...state.dissents, ruling] }, effect: 'conflict', refusal: null };
}

/** A dissent keeps no event id: it is told apart by where it came from, when it was given, and what it says. */
function isSameDissent(a: Ruling, b: Ruling): boolean {
  return a.source === b.source && a.at === b.at && a.outcome === b.outcome && a.vepHash === b.vepHash;
}

function decided(state: EscalationState, ruling: Ruling): Transition {
  if (!isWellFormed(ruling)) return refused(state, 'INVALID_INPUT');
  if (state.ruling !== null) {
    const dissents = [...state.dissents, ruling];
    return { state: { ...state, dissents }, effect: 'dissented', refusal: 'ALREADY_DECIDED' };
  }
  const status = ruling.outcome === 'approved' ? 'RESOLVED' : 'EXPIRED';
  return { state: { ...state, status, timestamp: ruling.at, ruling }, effect: 'decided', refusal: null };
}

/** I4, and its reverse: only an approval has a resolution. */
function isWellFormed({ outcome, eventId, vepHash }: Ruling): boolean {
  if (outcome === 'unknown') return false;
  if (outcome !== 'approved') return eventId === null && vepHash === null;
  return eventId !== null && isUuid(eventId) && vepHash !== null && isSha256Hex(vepHash);
}

function corrected(state: EscalationState): Transition {
  if (state.ruling === null) return refused(state, 'CONFLICT');
  return { state: { ...state, corrections: state.corrections + 1 }, effect: 'corrected', refusal: null };
}

function same(state: EscalationState, effect: Effect): Transition {
  return { state, effect, refusal: null };
}

function refused(state: EscalationState | null, refusal: ErrorCode): Transition {
  return { state, effect: null, refusal };
}

function isOlder(a: string, b: string): boolean {
  if (a === b) return false;
  const [left, right] = [parseInstant(a), parseInstant(b)];
  return left !== null && right !== null && compareInstants(left, right) < 0;
}
