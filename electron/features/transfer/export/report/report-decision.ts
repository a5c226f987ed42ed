import { DeskError } from '../../../../../shared/domain/errors.ts';
import type { EscalationKey, HistoryEvent } from '../../../../../shared/domain/escalation.ts';
import { encodeHex } from '../../../../../shared/domain/hex.ts';
import { decodeUtf8 } from '../../../../../shared/domain/json/utf8.ts';
import { readDecision } from '../../../../audit/statement/decision-statement.ts';
import { readEnvelope } from '../../../../audit/statement/dsse.ts';
import { jcs } from '../../../../evidence/json/jcs.ts';
import { fingerprintOf } from '../../../../evidence/trust/fingerprint.ts';
import type { Correction, DecisionPage } from '../../../../gateways/files/pdf/report-model.ts';
import type { LoggedEvent } from '../../../../store/ledger-store.ts';
import { trustOf } from '../../../keys/trust-store.ts';
import { leafOf } from '../../../log/rows.ts';
import { statementFacts } from '../../../log/statement-facts.ts';
import type { ExportRun } from '../export-run.ts';
import type { Redaction } from '../redaction.ts';

/** One decision's pages: what is known of it now, and what the log says. */
export async function decisionPage(
  run: ExportRun,
  key: EscalationKey,
  number: number,
  redaction: Redaction,
): Promise<DecisionPage> {
  const { store, clock } = run.context;
  const stored = await store.read(key, clock.now());
  if (stored === null)
    throw new DeskError('INTEGRITY_FAILED', 'A record went while the report was written. Nothing was kept of it.');
  const seq = await store.decisionEvent(key);
  const event = seq === null ? null : await store.logEvent(key.tenant, seq);
  return {
    number,
    escalation: redaction.escalation(stored.escalation),
    reports: stored.reports,
    escalated_at: await escalatedAt(run, stored.escalation.events),
    shown_at: event === null ? null : shownAt(event),
    statement: event === null ? null : await statementOf(run, event, redaction),
    corrections: await correctionsOf(run, stored.escalation.events, redaction),
    withheld: redaction.names,
  };
}

/** As the log has it: the record's own time is set again when it is decided. */
async function escalatedAt({ context, tenant }: ExportRun, events: readonly HistoryEvent[]): Promise<string | null> {
  let at: string | null = null;
  for (const { type, seq } of events) {
    if (type !== 'escalation.recorded' && type !== 'escalation.updated') continue;
    const event = await context.store.logEvent(tenant, Number(seq));
    const leaf = event === null ? null : leafOf(event);
    if (leaf?.status === 'ESCALATED' && typeof leaf.timestamp === 'string') at = leaf.timestamp;
  }
  return at;
}

/** When the view was shown, as the statement has it. */
function shownAt(event: LoggedEvent): string | null {
  const { envelope } = leafOf(event);
  const read = envelope === undefined ? null : readEnvelope(jcs(envelope));
  const decision = read === null ? null : readDecision(read);
  return decision?.ok === true ? decision.statement.predicate.shown_at : null;
}

/** null for a decision that came with its record. */
async function statementOf(
  { context, tenant }: ExportRun,
  event: LoggedEvent,
  redaction: Redaction,
): Promise<DecisionPage['statement']> {
  const leaf = leafOf(event);
  if (leaf.kind !== 'decision.recorded') return null;
  const facts = statementFacts(leaf, (await trustOf(context, tenant)).trust);
  const name = facts?.key?.name;
  return {
    signed_by: facts?.signed_by ?? null,
    signer: facts === null || name === undefined ? null : redaction.keyName(facts.signed_by, name),
    key_fingerprint: facts === null ? null : fingerprintOf(facts.public_hex),
    log_index: String(event.seq),
    leaf_sha256: encodeHex(event.leafSha256),
    view_sha256: typeof leaf.view_sha256 === 'string' ? leaf.view_sha256 : '',
  };
}

async function correctionsOf(
  { context, tenant }: ExportRun,
  events: readonly HistoryEvent[],
  { names }: Redaction,
): Promise<Correction[]> {
  const corrections: Correction[] = [];
  for (const { type, seq, at, actor } of events) {
    if (type !== 'decision.corrected') continue;
    const event = await context.store.logEvent(tenant, Number(seq));
    const value = event?.fields.find(({ name }) => name === 'reason')?.value ?? null;
    const reason =
      value === null || names.includes('reason') ? null : (JSON.parse(decodeUtf8(value) ?? 'null') as string);
    corrections.push({ at, by: names.includes('actor') ? null : actor, reason });
  }
  return corrections;
}
