import type { z } from 'zod';
import type { DecisionForm, Draft } from '../../../shared/contract/decision.ts';
import type { EvidenceReport } from '../../../shared/domain/verdict.ts';

/** What the form sends: the contract's decision before its defaults. */
export type SentDecision = z.input<typeof DecisionForm>;

/** The form's outcomes; `expired` is offered only for what is past its deadline, and needs no words. */
export type FormOutcome = SentDecision['outcome'];

/** A staged file that was looked at and may be the resolution. */
export interface AttachedPacket {
  readonly staged: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly root: string | null;
  /** What the desk made of it as this escalation's resolution. */
  readonly report: EvidenceReport | null;
}

/** How an approval's packet comes about, or whether a rejection gets one. `none`: a rejection without a packet. */
export type ResolutionChoice = 'seal' | 'packet' | 'hash' | 'none';

/** All that a reviewer has put into the form. */
export interface FormState {
  readonly outcome: FormOutcome;
  readonly reasonCode: string;
  readonly reason: string;
  /** null: not chosen, the usual one is meant. */
  readonly resolution: ResolutionChoice | null;
  readonly packet: AttachedPacket | null;
  readonly vepHash: string;
  readonly eventId: string;
  /** The tick that accepts what was not checked. */
  readonly acceptsUnchecked: boolean;
  /** The tick that says the reviewer knows the agent stopped waiting. */
  readonly knowsPast: boolean;
  /** What was typed to override each failed check, by the check's key. */
  readonly typedChecks: { readonly [check: string]: string };
}

/** An empty form for the outcome whose key was pressed. */
export function emptyForm(outcome: FormOutcome): FormState {
  return {
    outcome,
    reasonCode: '',
    reason: '',
    resolution: null,
    packet: null,
    vepHash: '',
    eventId: '',
    acceptsUnchecked: false,
    knowsPast: false,
    typedChecks: {},
  };
}

export type FormAction =
  | { readonly type: 'outcome'; readonly outcome: FormOutcome }
  | { readonly type: 'edit'; readonly fields: Partial<Omit<FormState, 'outcome'>> }
  | { readonly type: 'type-check'; readonly check: string; readonly text: string }
  | { readonly type: 'restore'; readonly draft: Draft; readonly outcome?: FormOutcome }
  | { readonly type: 'changed-underneath' };

/**
 * The form after an action. Another outcome keeps code and reason; both it and a change underneath clear the ticks
 * and the typed names of failed checks (S69), so nothing said of the old view counts for the new one.
 */
export function reduceForm(state: FormState, action: FormAction): FormState {
  switch (action.type) {
    case 'outcome':
      return action.outcome === state.outcome ? state : { ...state, outcome: action.outcome, ...UNSAID };
    case 'edit':
      return { ...state, ...action.fields };
    case 'type-check':
      return { ...state, typedChecks: { ...state.typedChecks, [action.check]: action.text } };
    case 'restore':
      return { ...fromDraft(action.draft), ...(action.outcome ? { outcome: action.outcome } : {}) };
    case 'changed-underneath':
      return { ...state, ...UNSAID };
  }
}

const UNSAID = { acceptsUnchecked: false, knowsPast: false, typedChecks: {} };

function fromDraft(draft: Draft): FormState {
  return {
    ...emptyForm(draft.outcome),
    reason: draft.reason,
    reasonCode: draft.reason_code,
    vepHash: draft.vep_hash,
    // A draft without a typed hash may only have kept the usual choice.
    resolution: draft.resolution === 'hash' && draft.vep_hash === '' ? null : draft.resolution,
    eventId: draft.event_id,
  };
}

/** What is kept of a form as a draft: the text, never ticks or staged files. */
export function toDraft(state: FormState, why: Draft['saved_because'] = 'typing'): Draft {
  return {
    outcome: state.outcome,
    reason: state.reason.toWellFormed(),
    reason_code: state.reasonCode,
    vep_hash: state.vepHash.trim().slice(0, 128),
    event_id: state.eventId.trim().slice(0, 64),
    resolution: state.resolution === null || state.resolution === 'none' ? 'hash' : state.resolution,
    saved_because: why,
  };
}

/** True when nothing in the form is worth keeping. */
export function isBlank(state: FormState): boolean {
  return state.reason.trim() === '' && state.vepHash.trim() === '' && state.eventId.trim() === '';
}
