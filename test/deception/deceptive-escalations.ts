import { CORPUS, type Deception, inGroups } from './corpus.ts';

/** The fields of an escalation that the agent's side controls, by the names under which what is odd in them is told. */
export const FIELDS = [
  'id',
  'agent_name',
  'agent_id',
  'action',
  'target',
  'amount.text',
  'policy',
  'policy_text',
  'reference',
  'explanation',
  'data.note.inner',
  'data',
  'token.payload.issuer',
  'token.payload.nonce',
  'token.payload.capabilities',
] as const;
export type Field = (typeof FIELDS)[number];

/** Which deception stands in which field of one escalation. */
export type Placed = Readonly<Partial<Record<Field, Deception>>>;

/** An id longer than this is refused by its length alone. */
const LONGEST_ID = 400;

/**
 * The whole corpus, as many cases in an escalation as it has fields; from one to the next each kind moves on by a field,
 * so that all kinds come to stand in all fields.
 */
export const PLACED: readonly Placed[] = inGroups(CORPUS, FIELDS.length).map((group, n) => {
  const placed = group.map((one, at): [Field, Deception] => [FIELDS[(at + n) % FIELDS.length] as Field, one]);
  const long = placed.find(([field, { text }]) => field === 'id' && text.length > LONGEST_ID);
  const other = placed.find(([field]) => field === 'explanation');
  if (long !== undefined && other !== undefined) [long[1], other[1]] = [other[1], long[1]];
  return Object.fromEntries(placed);
});

export const TENANT = 'acme';
export const eventId = (n: number) => `c0ffee00-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The n-th escalation's line of a JSONL file to import; every field is honest where nothing is placed in it. */
export function escalationLine(n: number, placed: Placed): string {
  const text = (field: Field, honest: string) => placed[field]?.text ?? honest;
  const record = {
    escalation_id: text('id', `E-${n}`),
    status: 'ESCALATED',
    escalation_event_id: eventId(n),
    continuation_token: tokenWith(text),
    timestamp: '2026-11-01T10:00:00Z',
  };
  const request = {
    event_id: eventId(n),
    agent_id: text('agent_id', 'a7'),
    agent_name: text('agent_name', 'Freightmind'),
    action: text('action', 'wire_transfer'),
    target: text('target', 'Halden Freight'),
    amount: { value: 1200, currency: 'EUR', text: text('amount.text', 'EUR 1,200') },
    policy: text('policy', 'PAY-004'),
    policy_text: text('policy_text', 'Transfers above EUR 1,000 need a human'),
    reference: text('reference', 'PAY-1'),
    explanation: text('explanation', 'The supplier asked for it.'),
    source_hash: 'unchecked',
    signed: [],
    raw: { note: { inner: text('data.note.inner', 'a note') }, [text('data', 'another')]: 1 },
  };
  return JSON.stringify({
    ...{ tenant: TENANT, record, request, decision: null, deadline: null, claim: null, delivery: null },
    ...{ evidence: [], findings: [], dissents: [], version: '1' },
  });
}

/** A token of generation 1.7 that nobody signed. */
function tokenWith(text: (field: Field, honest: string) => string) {
  return {
    payload: {
      schema: 'chora.continuation.token.v3.1',
      ledger_event_id: eventId(0),
      source_capsule_root: '00'.repeat(32),
      capabilities: [text('token.payload.capabilities', 'payments:wire')],
      nonce: text('token.payload.nonce', 'nonce-1'),
      execution_target: { aid: '11'.repeat(32), circuit_id: 'circuit', intent_hash: '22'.repeat(32) },
      iat: 1_794_700_000,
      exp: 1_796_700_000,
      issuer: text('token.payload.issuer', 'chora-gate-eu-1'),
    },
    signature: '33'.repeat(64),
  };
}
