import type { Check, EvidenceReport } from '../../../shared/domain/verdict.ts';
import type { FormState } from './form.ts';
import { resolutionOf, type SealFacts } from './sealing.ts';

/** A failed check that stands in an approval's way until its name is typed. */
export interface FailedCheck {
  /** Whose check it is: the request's evidence, or the resolution packet that was attached. */
  readonly of: 'request' | 'packet';
  readonly name: string;
  /** What did not hold, in words. */
  readonly detail: string;
}

/** Where the form keeps what was typed for a check: two packets may fail the same one. */
export function checkKey({ of, name }: FailedCheck): string {
  return `${of} ${name}`;
}

/** The name stands there letter by letter: `yes` or a click overrides nothing. */
export function isTyped(state: FormState, check: FailedCheck): boolean {
  return (state.typedChecks[checkKey(check)] ?? '').trim() === check.name;
}

/** Each check that failed once, with the words of its first failing. */
export function failedOf(of: FailedCheck['of'], checks: readonly Check[]): readonly FailedCheck[] {
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  const firsts = new Map(failed.toReversed().map(({ name, detail }) => [name, { of, name, detail }]));
  return [...new Set(failed.map(({ name }) => name))].flatMap((name) => firsts.get(name) ?? []);
}

/** Checks that refuse a resolution packet, whatever is overridden: without them it is no packet, or not this one. */
const NEVER_OVERRIDDEN = ['structure', 'root'] as const;

/** The check for which a packet can't be a resolution at all, else null. */
export function refusedFor(report: EvidenceReport | null): string | null {
  const failed = (name: string) => report?.checks.some((check) => check.name === name && check.verdict === 'failed');
  return NEVER_OVERRIDDEN.find((name) => failed(name) === true) ?? null;
}

/** All that the approval, as the form stands, overrides by name: of the request, then of the attached packet. */
export function overridden(
  state: FormState,
  facts: SealFacts & { readonly failed: readonly FailedCheck[] },
): readonly FailedCheck[] {
  if (state.outcome !== 'approved') return [];
  const attached = resolutionOf(state, facts) === 'packet' ? (state.packet?.report?.checks ?? []) : [];
  return [...facts.failed, ...failedOf('packet', attached)];
}

/**
 * Whether a reason code may explain an override: OTHER, and those whose name says that an exception was made. The list
 * is the tenant's, so the name is what tells.
 */
export function explainsOverride(code: string): boolean {
  return code === 'OTHER' || /(^|_)(EXCEPTION|OVERRIDE|OVERRIDDEN)(_|$)/.test(code);
}
