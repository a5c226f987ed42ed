import { CarriedStatement } from '../../../../../shared/domain/carried-statement.ts';
import type { Outcome } from '../../../../../shared/domain/escalation.ts';
import type { LedgerEvent } from '../../../../../shared/domain/ledger-event.ts';
import { readCanonical } from '../../../../audit/log/canonical.ts';
import type { LineField, OpenField } from '../../../../audit/log/entry-line.ts';

/** A decision as its event has it; what was withheld is not there. */
export interface LoggedDecision {
  readonly outcome: Outcome;
  readonly at: string;
  readonly reasonCode: string;
  readonly reason?: string;
  readonly reviewer?: string;
  readonly vepHash?: string;
  readonly overrides: readonly string[];
  readonly acceptedUnchecked: readonly string[];
  readonly isSigned: boolean;
  readonly isSealed: boolean;
  /** What it is signed by; null where that, or what opens it, is not there. */
  readonly statement: CarriedStatement | null;
}

type DecisionEvent = Extract<LedgerEvent, { kind: 'decision.recorded' }>;

/** The decision that an event records. */
export function loggedDecision(event: DecisionEvent, opened: OpenedFields): LoggedDecision {
  const { outcome, at, reason_code: reasonCode, overrides, accepted_unchecked: acceptedUnchecked } = event;
  const [reason, reviewer] = [opened.text('reason'), opened.text('reviewer')];
  const vepHash = event.sealed?.vep_sha256 ?? event.resolution?.vep_hash;
  return {
    outcome,
    at,
    reasonCode,
    overrides,
    acceptedUnchecked,
    isSigned: event.v === 2,
    isSealed: (event.sealed ?? null) !== null,
    statement: statementOf(event, opened),
    ...(reason === undefined ? {} : { reason }),
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(vepHash === undefined ? {} : { vepHash }),
  };
}

/** The signed statement with what opens its commitments; null where a part of that was withheld, or there is none. */
function statementOf(event: DecisionEvent, opened: OpenedFields): CarriedStatement | null {
  if (event.v === 1) return null;
  const [escalation_id, reason, reviewer, policy] = ['escalation_id', 'reason', 'reviewer', 'policy'].map((name) =>
    opened.salt(name),
  );
  const salts = { escalation_id, reason, reviewer, ...(policy === undefined ? {} : { policy }) };
  const read = CarriedStatement.safeParse({ envelope: event.envelope, salts });
  return read.success && (event.fields.policy === undefined || policy !== undefined) ? read.data : null;
}

/** The fields of an entry that were not withheld. */
export class OpenedFields {
  private readonly fields: readonly LineField[];

  constructor(fields: readonly LineField[]) {
    this.fields = fields;
  }

  value(name: string): unknown {
    const value = this.find(name)?.value;
    return value === undefined ? undefined : readCanonical(value);
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' ? value : undefined;
  }

  salt(name: string): string | undefined {
    return this.find(name)?.salt;
  }

  private find(name: string): OpenField | undefined {
    return this.fields.find((field): field is OpenField => field.name === name && 'value' in field);
  }
}
