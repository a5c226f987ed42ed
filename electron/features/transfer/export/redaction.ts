import type { ExportQuery, Redactable } from '../../../../shared/contract/transfer.ts';
import type { Escalation } from '../../../../shared/domain/escalation.ts';

/** What else says the same: a name or a reason that stays elsewhere was not left out. */
const ALSO: Readonly<Partial<Record<Redactable, readonly string[]>>> = {
  reviewer: ['actor', 'dissent', 'entry'],
  reason: ['dissent'],
};
/** A digest over what an event binds, values that stay out among them: whoever has it could try guesses of them. */
const GUESSABLE = 'content';
const WITHHELD = 'withheld';

/** What an export leaves out. */
export interface Redaction {
  /** Names of the log's fields, in order. */
  readonly names: readonly string[];
  /** The escalation without what stays out, in a record's form still. */
  escalation(escalation: Escalation): Escalation;
  /** A key's name, which is its person's. */
  keyName(purpose: string, name: string): string;
}

export function redactionOf({ redact = [] }: Pick<ExportQuery, 'redact'>): Redaction {
  const names = new Set<string>(redact.flatMap((name) => [name, GUESSABLE, ...(ALSO[name] ?? [])]));
  return {
    names: [...names].sort(),
    escalation: (escalation) => (names.size === 0 ? escalation : without(escalation, names)),
    keyName: (purpose, name) => (purpose === 'reviewer' && names.has('reviewer') ? WITHHELD : name),
  };
}

function without(escalation: Escalation, names: ReadonlySet<string>): Escalation {
  const { record, decision, dissents, request, claim } = escalation;
  return {
    ...escalation,
    record: names.has('escalation_id') ? { ...record, escalation_id: WITHHELD } : record,
    decision: decision === null ? null : said(decision, names),
    dissents: names.has('dissent') ? [] : dissents,
    request: request === null ? null : asked(request, names),
    claim: names.has('actor') ? null : claim,
  };
}

function said(decision: NonNullable<Escalation['decision']>, names: ReadonlySet<string>) {
  const { reviewer, reason, ...rest } = decision;
  return {
    ...rest,
    ...(reviewer === undefined || names.has('reviewer') ? {} : { reviewer }),
    ...(reason === undefined || names.has('reason') ? {} : { reason }),
  };
}

function asked(request: NonNullable<Escalation['request']>, names: ReadonlySet<string>) {
  const { policy, policy_text, explanation, ...rest } = request;
  return {
    ...rest,
    ...(policy === undefined || names.has('policy') ? {} : { policy }),
    ...(policy_text === undefined || names.has('policy') ? {} : { policy_text }),
    ...(explanation === undefined || names.has('explanation') ? {} : { explanation }),
  };
}
