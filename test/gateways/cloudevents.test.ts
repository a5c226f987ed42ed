import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escalationCloudEvent, ledgerCloudEvent } from '../../electron/gateways/files/cloudevents.ts';
import { cloudEventsFormat } from '../../electron/gateways/files/text-formats.ts';
import type { Escalation } from '../../shared/domain/escalation.ts';
import { parseInstant } from '../../shared/domain/instant.ts';
import { decisionPage } from './pdf-models.ts';

const UID = '0d5d1f6e-2f0b-4d6e-9a53-2f5e0b8c7a11';

function escalation(changes: Partial<Escalation> = {}): Escalation {
  const some = { tenant: 'acme-finance', claim: null, delivery: null, version: '7' };
  return { ...decisionPage(1).escalation, ...some, ...changes };
}

/** A CloudEvents String: no control characters, noncharacters or lone surrogates (CloudEvents 1.0, Type System). */
function isString(value: unknown): value is string {
  if (typeof value !== 'string' || !value.isWellFormed()) return false;
  return !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(value);
}

/** What breaks the rules of CloudEvents 1.0 in an event of the JSON format (Required and Optional Attributes). */
function faultsOf(line: string): string[] {
  const event: Record<string, unknown> = JSON.parse(line);
  const faults: string[] = [];
  const hold = (rule: string, holds: boolean) => void (holds || faults.push(rule));
  for (const name of ['id', 'source', 'specversion', 'type']) {
    hold(`${name} is a string and not empty`, isString(event[name]) && event[name] !== '');
  }
  for (const name of Object.keys(event)) {
    hold(`${name} is of lower-case letters and digits`, /^[a-z0-9]{1,20}$/.test(name));
    if (name !== 'data') hold(`${name} is a string`, isString(event[name]));
  }
  hold('specversion is 1.0', event.specversion === '1.0');
  hold(
    'source is a URI-reference',
    /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9:@/?=&%._~!$'()*+,;-]+$/.test(String(event.source)),
  );
  hold('subject is not empty', event.subject !== '');
  hold('time is RFC 3339', event.time === undefined || parseInstant(String(event.time)) !== null);
  hold('datacontenttype is a media type', /^[a-z]+\/[a-z0-9.+-]+$/.test(String(event.datacontenttype)));
  hold('data is JSON beside one data_base64 at most', !('data_base64' in event && 'data' in event));
  return faults;
}

describe('CloudEvents 1.0', () => {
  test('a decision is an event of the tenant, about the escalation, at the time of the decision', () => {
    const line = escalationCloudEvent(escalation(), UID);
    expect(line.endsWith('}\n') && line.indexOf('\n') === line.length - 1).toBe(true);
    expect(faultsOf(line)).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      source: `urn:vex-review-desk:${UID}`,
      type: 'review-desk.decision.v1',
      subject: '7f3b1c52-6a30-4a3e-9a33-8a60c3b0a001',
      time: '2026-11-15T15:20:00Z',
      data: { tenant: 'acme-finance', record: { escalation_id: 'ESC-2026-000001' }, decision: { outcome: 'rejected' } },
    });
  });

  test('one that is not decided is told as it stands, and as another type', () => {
    const line = escalationCloudEvent(escalation({ decision: null }), UID);
    expect(faultsOf(line)).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ type: 'review-desk.escalation.v1', time: '2026-11-15T14:02:11.123Z' });
  });

  test('told twice it is one event, changed it is another', () => {
    const idOf = (one: Escalation) => JSON.parse(escalationCloudEvent(one, UID)).id;
    expect(idOf(escalation())).toBe(idOf(escalation()));
    expect(idOf(escalation({ version: '8' }))).not.toBe(idOf(escalation()));
  });

  test('numbers keep every digit', () => {
    const { request } = escalation();
    const exact = { ...request, amount: '{"value":12345678901234567890.10}' } as Escalation['request'];
    expect(escalationCloudEvent(escalation({ request: exact }), UID)).toContain('{"value":12345678901234567890.10}');
  });

  test('whatever an id, a name or a reason says, the attributes keep to the rules', () => {
    const anyText = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(anyText, anyText, anyText, (id, reviewer, reason) => {
        const one = escalation();
        const record = { ...one.record, escalation_id: id };
        const decision = one.decision === null ? null : { ...one.decision, reviewer, reason };
        const line = escalationCloudEvent({ ...one, record, decision }, UID);
        expect(faultsOf(line)).toEqual([]);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line).data.record.escalation_id).toBe(id);
      }),
    );
  });

  test('a ledger event is told by its kind and version, with its leaf', () => {
    const body = `{"at":"2026-11-15T15:20:00.001Z","kind":"decision.recorded","seq":"201","tenant":"${UID}","v":1}`;
    const event = { kind: 'decision.recorded', v: 1, seq: '201', at: '2026-11-15T15:20:00.001Z' };
    const about = { event: '7f3b1c52-6a30-4a3e-9a33-8a60c3b0a001' };
    const line = ledgerCloudEvent({ ...event, ...about, body, leaf_sha256: '9a'.repeat(32) }, UID);
    expect(faultsOf(line)).toEqual([]);
    expect(line).toContain(`"event":${body}`);
    expect(JSON.parse(line)).toMatchObject({
      id: 'log/201',
      type: 'review-desk.decision.recorded.v1',
      subject: about.event,
    });
    const of = ledgerCloudEvent({ ...event, kind: 'settings.changed', body: '{}', leaf_sha256: '9a'.repeat(32) }, UID);
    expect(faultsOf(of)).toEqual([]);
    expect(JSON.parse(of)).not.toHaveProperty('subject');
  });

  test('the rules here find what breaks them', () => {
    const event = JSON.parse(escalationCloudEvent(escalation(), UID));
    expect(faultsOf(JSON.stringify({ ...event, id: '' }))).not.toEqual([]);
    expect(faultsOf(JSON.stringify({ ...event, Wrong: 'x' }))).not.toEqual([]);
    expect(faultsOf(JSON.stringify({ ...event, subject: 'a\u0000b' }))).not.toEqual([]);
    expect(faultsOf(JSON.stringify({ ...event, time: 'yesterday' }))).not.toEqual([]);
  });

  test('an export of it is one line a record', async () => {
    const format = cloudEventsFormat(UID);
    const lines = [escalation(), escalation({ version: '9' })].map((one) => format.record(one, () => Promise.reject()));
    const file = format.head + (await Promise.all(lines)).join(format.between) + format.tail;
    expect(file.split('\n').slice(0, -1).map(faultsOf)).toEqual([[], []]);
  });
});
