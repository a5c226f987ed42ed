import type { TokenFacts } from '../../../shared/contract/escalation.ts';
import { readJsonText } from '../../../shared/domain/json/read.ts';
import { describeToken } from '../../../shared/domain/wire/token.ts';

/** The record's token decoded for reading; null where there is none, or one of neither generation's shape. */
export function tokenFacts(exact: string | undefined): TokenFacts | null {
  if (exact === undefined) return null;
  const json = readJsonText(exact);
  const token = json.ok ? describeToken(json.value) : null;
  if (token === null) return null;
  return {
    generation: token.generation,
    schema: token.schema,
    ledger_event_id: token.ledger_event_id,
    aid: token.aid,
    circuit_id: token.circuit_id ?? null,
    intent_hash: token.intent_hash ?? null,
    source_capsule_root: token.source_capsule_root,
    resolution_event_id: token.resolution_event_id ?? null,
    capabilities: [...token.capabilities],
    nonce: token.nonce,
    issued_at: token.iat,
    expires_at: token.exp,
    issuer: token.issuer,
    unknown_members: [...token.unknown],
  };
}
