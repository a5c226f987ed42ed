import type { StatementFacts } from '../../../shared/contract/log.ts';
import type { CarriedStatement } from '../../../shared/domain/carried-statement.ts';
import type { ExactJson } from '../../../shared/domain/escalation.ts';
import { parseInstant } from '../../../shared/domain/instant.ts';
import { decodeUtf8 } from '../../../shared/domain/json/utf8.ts';
import { envelopeIn, type Leaf } from '../../audit/log/entry-line.ts';
import { judgeStatement } from '../../audit/statement/check-statement.ts';
import { readDecision } from '../../audit/statement/decision-statement.ts';
import { type Envelope, pae, readEnvelope } from '../../audit/statement/dsse.ts';
import { jcs } from '../../evidence/json/jcs.ts';
import { judgeSignature, type SignatureAnswer } from '../../evidence/trust/signature.ts';
import type { TrustStore } from '../../evidence/trust/trust.ts';

const NO_KEY = '0'.repeat(64);

/**
 * What a decision's leaf says in its signed statement, and whether that holds with the pinned keys; null for another
 * event, and for a decision of before statements were signed.
 */
export function statementFacts(leaf: Leaf, trust: TrustStore): StatementFacts | null {
  if ((envelopeIn(leaf) ?? null) === null) return null;
  const { verdict, detail } = judgeStatement(leaf, trust);
  const envelope = readEnvelope(jcs(leaf.envelope));
  const signed_by = leaf.signed_by === 'reviewer' ? 'reviewer' : 'desk';
  const read = envelope === null ? null : readDecision(envelope);
  const payload = (decodeUtf8(envelope?.payload ?? new Uint8Array()) ?? 'null') as ExactJson;
  if (envelope === null || read?.ok !== true) {
    return { verdict, detail, signed_by, key: null, public_hex: NO_KEY, payload };
  }
  const { predicate } = read.statement;
  const key = verdict === 'verified' ? judgeSigner(envelope, predicate, trust).key : null;
  return { verdict, detail, signed_by, key, public_hex: predicate.key, payload };
}

/**
 * The same of the statement that a decision was imported with, which was compared with the decision then. It is signed by
 * the key that it names, whoever's that is: without that key being pinned it is unchecked (I6).
 */
export function broughtFacts({ envelope: written }: CarriedStatement, trust: TrustStore): StatementFacts | null {
  const envelope = readEnvelope(jcs(written));
  const read = envelope === null ? null : readDecision(envelope);
  if (envelope === null || read?.ok !== true) return null;
  const { predicate } = read.statement;
  const { signed_by, key: public_hex, decided_at } = predicate;
  const own = { ...trust, keys: trust.keys.filter((key) => key.public_hex === public_hex) };
  const { verdict, detail, key } = judgeSigner(envelope, { signed_by, decided_at }, own);
  return {
    verdict,
    detail: own.keys.length === 0 ? NOT_PINNED : detail,
    signed_by,
    key,
    public_hex,
    payload: (decodeUtf8(envelope.payload) ?? 'null') as ExactJson,
  };
}

const NOT_PINNED = 'It is signed by the key that it names, which is not pinned here.';

function judgeSigner(
  { payloadType, payload, signatures }: Envelope,
  { signed_by, decided_at }: { signed_by: 'reviewer' | 'desk'; decided_at: string },
  trust: TrustStore,
): SignatureAnswer {
  return judgeSignature({
    signature: signatures[0]?.sig ?? new Uint8Array(),
    messages: [{ profile: 'dsse', bytes: pae(payloadType, payload) }],
    purposes: [signed_by],
    trust,
    at: parseInstant(decided_at),
    over: 'statement',
  });
}
