import type { CarriedStatement } from '../../../../shared/domain/carried-statement.ts';
import type { Finding } from '../../../../shared/domain/escalation.ts';
import type { Severity } from '../../../../shared/domain/import-codes.ts';
import type { DecisionClaim, ReaderRecord } from '../../../gateways/files/reader-protocol.ts';
import type { NewEscalation, ReportEntry, UpstreamDecision } from '../../../store/ledger-store.ts';
import { isSealedBy } from './imported-seal.ts';
import { checkImportedStatement } from './imported-statement.ts';

/**
 * The record with what holds of its decision's claim to be signed and sealed, and what there is to say of the rest. A
 * file's word counts for nothing (I6): without a statement that holds a decision comes in as neither.
 */
export function withCheckedDecision({ source, locator, row, claim }: ReaderRecord): {
  row: NewEscalation;
  findings: ReportEntry[];
} {
  const { decision } = row;
  if (decision === null || claim === undefined) return { row, findings: [] };
  const { held, said } = judge(row, claim);
  const place = { source, locator, escalationId: row.record.escalation_id, text: null };
  return { row: { ...row, decision: { ...decision, ...held } }, findings: said.map((one) => ({ ...place, ...one })) };
}

type Held = Pick<UpstreamDecision, 'signed' | 'sealed' | 'statement'>;
type Said = Finding & { readonly severity: Severity };

function judge(row: NewEscalation, claim: DecisionClaim): { held: Held; said: Said[] } {
  const { statement, signed, sealed, requestRow } = claim;
  if (statement === null) return { held: NEITHER, said: signed || sealed ? [ABSENT] : [] };
  const check = statement === 'other-form' ? OTHER_FORM : checkImportedStatement(row, statement, requestRow);
  if (!check.holds) return { held: NEITHER, said: [notHeld(check.why)] };
  const isSealed = sealed && isSealedBy(row, check.statement);
  return {
    held: { signed: true, sealed: isSealed, statement: statement as CarriedStatement },
    said: sealed && !isSealed ? [SEAL_NOT_HELD] : [],
  };
}

const NEITHER: Held = { signed: false, sealed: false };
const OTHER_FORM = { holds: false, why: 'is in no form that a desk writes' } as const;

const ABSENT: Said = {
  severity: 'info',
  code: 'STATEMENT_ABSENT',
  message: 'The decision is said to be signed, and its signed statement is not there. It is kept as unsigned.',
};
const SEAL_NOT_HELD: Said = {
  severity: 'finding',
  code: 'SEAL_NOT_HELD',
  message:
    'The decision is said to be sealed, and no packet that came with it is the one that its signer sealed. It is kept as signed, not as sealed.',
};

function notHeld(why: string): Said {
  const message = `The decision’s signed statement ${why}. The decision is kept as unsigned.`;
  return { severity: 'finding', code: 'STATEMENT_NOT_HELD', message };
}
