import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  DECISION_TYPE,
  type DecisionPredicate,
  DecisionStatement,
  readDecision,
  signDecision,
  writeDecision,
} from '../../electron/audit/statement/decision-statement.ts';
import { readEnvelope, signersOf, writeEnvelope } from '../../electron/audit/statement/dsse.ts';
import { PAYLOAD_TYPE, readStatement } from '../../electron/audit/statement/statement.ts';
import { jcs } from '../../electron/evidence/json/jcs.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { predicate, subjects, testKey } from './synthetic-log.ts';

const reviewer = testKey('reviewer');
const { key: _, ...unsigned } = predicate({ key: reviewer.publicHex });
const payloadOf = (value: unknown) => ({ payloadType: PAYLOAD_TYPE, payload: jcs(value), signatures: [] });
const plain = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;

describe('the decision statement', () => {
  test('is an in-toto Statement in a DSSE envelope that its named key signed', () => {
    const envelope = signDecision(subjects, unsigned, reviewer);
    const again = readEnvelope(jcs(writeEnvelope(envelope)));
    expect(again).not.toBeNull();
    if (again === null) return;
    expect(signersOf(again, [reviewer.publicKey, testKey('desk').publicKey])).toEqual([reviewer.publicKey]);
    const statement = readStatement(again.payload);
    expect(statement?.predicateType).toBe(DECISION_TYPE);
    expect(statement?.subjects.map(({ name }) => name)).toEqual([
      'escalation-event',
      'resolution',
      'evidence/1',
      'evidence/2',
    ]);
    const read = readDecision(again);
    expect(read.ok && read.statement.predicate).toEqual(predicate({ key: reviewer.publicHex }));
  });

  test('the same decision always has the same bytes, whatever the order of its members', () => {
    const one = predicate({ key: reviewer.publicHex });
    const turned = Object.fromEntries(Object.entries(one).reverse()) as DecisionPredicate;
    expect(Buffer.from(writeDecision(subjects, turned))).toEqual(Buffer.from(writeDecision(subjects, one)));
  });

  test('I9: any changed byte of statement or signature is not what the key signed', () => {
    const envelope = signDecision(subjects, unsigned, reviewer);
    const sig = envelope.signatures[0]?.sig ?? new Uint8Array();
    fc.assert(
      fc.property(fc.nat(envelope.payload.length + 63), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const [payload, signature] = [Uint8Array.from(envelope.payload), Uint8Array.from(sig)];
        const [target, place] = at < payload.length ? [payload, at] : [signature, at - payload.length];
        target[place] = (target[place] ?? 0) ^ flip;
        const changed = { ...envelope, payload, signatures: [{ keyid: null, sig: signature }] };
        expect(signersOf(changed, [reviewer.publicKey])).toEqual([]);
      }),
    );
  });

  test('what does not fit the schema is never signed', () => {
    const wrong = { ...unsigned, reason_code: 'free text' };
    expect(() => signDecision(subjects, wrong, reviewer)).toThrow(z.ZodError);
    const more = { ...unsigned, note: 'Ada' };
    expect(() => signDecision(subjects, more, reviewer)).toThrow(z.ZodError);
  });

  test('a newer version is said as such, and so is a statement of another kind', () => {
    const statement = plain(writeDecision(subjects, predicate({ key: reviewer.publicHex })));
    const newer = readDecision(payloadOf({ ...statement, predicateType: DECISION_TYPE.replace('v1', 'v2') }));
    expect(newer).toMatchObject({ ok: false, code: 'UNKNOWN_STATEMENT', why: expect.stringContaining('version') });
    const other = readDecision(payloadOf({ ...statement, predicateType: 'https://slsa.dev/provenance/v1' }));
    expect(other).toMatchObject({ ok: false, code: 'UNKNOWN_STATEMENT', why: expect.stringContaining('no decision') });
    const type = readDecision({ ...payloadOf(statement), payloadType: 'text/plain' });
    expect(type).toMatchObject({ ok: false, code: 'UNKNOWN_STATEMENT' });
  });

  test('a payload in another spelling, or with a member more, less or twice, is none', () => {
    const bytes = writeDecision(subjects, predicate({ key: reviewer.publicHex }));
    const text = Buffer.from(bytes).toString('utf8');
    const statement = plain(bytes);
    const spellings = [
      JSON.stringify(statement, null, 1),
      text.replace('{', '{"_type":"https://in-toto.io/Statement/v1",'),
      JSON.stringify({ ...statement, more: 1 }),
      JSON.stringify({ ...statement, subject: [] }),
      '',
    ];
    for (const spelling of spellings) {
      const read = readDecision({ payloadType: PAYLOAD_TYPE, payload: Buffer.from(spelling), signatures: [] });
      expect(read).toMatchObject({ ok: false, code: 'NOT_A_STATEMENT' });
    }
  });

  test('the published JSON Schema is the one that is checked', () => {
    const published = readFileSync(join(projectRoot, 'docs/formats/decision-v1.schema.json'), 'utf8');
    const schema = { $id: `${DECISION_TYPE}/schema`, title: 'A decision', ...z.toJSONSchema(DecisionStatement) };
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});
