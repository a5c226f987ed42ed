import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEventHash } from '../../../electron/gateways/files/source-event-hash.ts';
import { WireRecord } from '../../../shared/domain/escalation.ts';
import { readJsonText } from '../../../shared/domain/json/read.ts';
import type { JsonValue } from '../../../shared/domain/json/value.ts';
import { isBlobMember, readAuditEvent } from '../../../shared/domain/wire/audit-event.ts';
import { readRecord } from '../../../shared/domain/wire/record.ts';
import { describeToken } from '../../../shared/domain/wire/token.ts';
import { writeRecord } from '../../../shared/domain/wire/write-record.ts';

const UUID = '7b9c432e-8074-46ef-af10-4ab1b0c51b1b';
const rubbish = fc.jsonValue({ maxDepth: 3 });

/** Mostly right, so that the readers get past their first member. */
function nearly<T>(...right: T[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: rubbish });
}

const target = fc.record({ aid: nearly('a'), circuit_id: nearly('c'), intent_hash: nearly('h') });
const payload = fc.record(
  {
    schema: nearly('s'),
    ledger_event_id: nearly(UUID),
    source_capsule_root: nearly('r'),
    capabilities: nearly([], ['a:b']),
    nonce: nearly('n'),
    execution_target: fc.oneof(target, rubbish),
    aid: nearly('a'),
    iat: nearly<unknown>(1, '2026-11-01T00:00:00Z'),
    exp: nearly<unknown>(2, '2026-11-02T00:00:00Z'),
    issuer: nearly('i'),
    __proto__: rubbish,
  },
  { requiredKeys: ['schema', 'nonce', 'iat', 'exp', 'issuer'] },
);
const token = fc.oneof(fc.record({ payload, signature: nearly('00') }), rubbish);
const record = fc.record(
  {
    escalation_id: nearly('e', '', 'a\u202eb', 'x'.repeat(600)),
    status: nearly('ESCALATED', 'RESOLVED', 'EXPIRED'),
    escalation_event_id: nearly(UUID, UUID.toUpperCase()),
    resolution_event_id: nearly<unknown>(UUID, null),
    resolution_vep_hash: nearly<unknown>('0'.repeat(64), 'final', null),
    continuation_token: token,
    timestamp: nearly('2026-11-01T00:00:00+02:00', '2026-06-30T23:59:60Z'),
    more: rubbish,
  },
  { requiredKeys: ['escalation_id', 'status', 'escalation_event_id', 'timestamp'] },
);
const event = fc.record(
  {
    id: nearly(UUID),
    event_type: nearly('ESCALATION'),
    timestamp: nearly('2026-11-01T00:00:00Z'),
    agent_id: nearly<unknown>('a', null),
    actor: nearly({ type: 'bot', id: 'x' }),
    data: fc.oneof(fc.dictionary(fc.constantFrom('action', 'amount', 'escalation_id', 'x'), rubbish), rubbish),
    hash: nearly(Array(32).fill(1)),
    previous_hash: nearly<unknown>(null, Array(32).fill(2)),
    sequence_number: nearly(0, 7),
    approval_signatures: nearly([]),
    evidence_capsule: fc.oneof(fc.record({ vep_blob: nearly([1, 2], [256]) }), rubbish),
    vep_blob: nearly([1, 2]),
  },
  { requiredKeys: [] },
);

function parse(value: unknown): JsonValue | undefined {
  const json = readJsonText(JSON.stringify(value), { byteArrays: isBlobMember });
  return json.ok ? json.value : undefined;
}

describe('malformed input', () => {
  it('to the record reader is refused, or read into what it reads again', () => {
    let accepted = 0;
    const check = fc.property(record, (raw) => {
      const value = parse(raw);
      const read = value === undefined ? undefined : readRecord(value, Date.UTC(2026, 11));
      if (read?.ok !== true) return;
      accepted += 1;
      expect(WireRecord.parse(read.record)).toEqual(read.record);
      for (const order of ['struct', 'sorted'] as const) {
        const again = readRecord(new TextEncoder().encode(writeRecord(read.record, order)), Date.UTC(2026, 11));
        expect(again).toMatchObject({ ok: true, record: read.record });
      }
    });
    fc.assert(check, { numRuns: 1000 });
    expect(accepted).toBeGreaterThan(50);
  });

  it('to the token’s description never throws', () => {
    let described = 0;
    const check = fc.property(token, (raw) => {
      const value = parse(raw);
      if (value !== undefined && describeToken(value) !== null) described += 1;
    });
    fc.assert(check, { numRuns: 2000 });
    expect(described).toBeGreaterThan(50);
  });

  it('to the event reader and its hash never throws', () => {
    const seen = new Set<string>();
    const check = fc.property(event, (raw) => {
      const value = parse(raw);
      if (value === undefined) return;
      seen.add(checkEventHash(value));
      expect(readAuditEvent(value)).not.toBeNull();
    });
    fc.assert(check, { numRuns: 1000 });
    expect(seen.has('unchecked')).toBe(true);
  });
});
