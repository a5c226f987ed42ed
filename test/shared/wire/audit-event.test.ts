import { describe, expect, it } from 'vitest';
import { Request } from '../../../shared/domain/escalation.ts';
import { readJson, readJsonText } from '../../../shared/domain/json/read.ts';
import { type AuditEventRead, isBlobMember, readAuditEvent } from '../../../shared/domain/wire/audit-event.ts';
import { vexRows } from '../../helpers/vex-rows.ts';

const EVENT = {
  id: '99EC1D22-3b08-4282-aebf-b8ae7955cf7d',
  event_type: 'ESCALATION',
  timestamp: '2026-10-06T09:48:44.594288212Z',
  agent_id: 'cf231dc3-c4e7-418b-9cbd-b136e1acbd1c',
  actor: { id: 'cf231dc3', type: 'bot' },
  data: { escalation_id: 'e1' },
};

function read(event: unknown): AuditEventRead {
  const json = readJsonText(JSON.stringify(event), { byteArrays: isBlobMember });
  const audit = json.ok ? readAuditEvent(json.value) : null;
  if (audit === null) throw new Error('not read');
  return audit;
}

describe('audit events', () => {
  const rows = vexRows('demo').filter((row) => /^audit:tenant:.*:event:/.test(row.key));

  it('of the demo ledger give a request each, or an outcome', () => {
    let requests = 0;
    let packets = 0;
    for (const row of rows) {
      const json = readJson(row.value, { byteArrays: isBlobMember });
      const audit = json.ok ? readAuditEvent(json.value) : null;
      expect(row.key.endsWith(`:event:${audit?.id}`)).toBe(true);
      if (audit?.outcome == null) {
        const request = Request.parse({ ...audit?.request, source_hash: 'ok', signed: [] });
        expect(request.action).toBeTypeOf('string');
        expect(audit?.escalation_id).toBeTypeOf('string');
        requests += 1;
      } else {
        expect(audit.type).toBe('HUMAN_OVERRIDE');
        expect(audit.outcome.decision).toMatch(/^(approved|rejected)$/);
      }
      if (audit?.blob != null) {
        expect(String.fromCharCode(...audit.blob.subarray(0, 3))).toBe('VEP');
        packets += 1;
      }
    }
    expect([requests, rows.length - requests, packets]).toEqual([111, 35, 121]);
  });

  it('give ids in the usual form, and no request without one', () => {
    expect(read(EVENT).request?.event_id).toBe('99ec1d22-3b08-4282-aebf-b8ae7955cf7d');
    expect(read({ ...EVENT, id: 'x' })).toMatchObject({ id: null, request: null });
  });

  it('leave out members of another type, and keep the data as it came', () => {
    const data = '{"action":5,"amount":12,"target":null,"policy":"[REDACTED]","x":9007199254740993}';
    const json = readJsonText(JSON.stringify({ ...EVENT, data: 0 }).replace('"data":0', `"data":${data}`));
    const request = json.ok ? readAuditEvent(json.value)?.request : null;
    expect(request).toEqual({
      event_id: '99ec1d22-3b08-4282-aebf-b8ae7955cf7d',
      agent_id: EVENT.agent_id,
      policy: '[REDACTED]',
      raw: data,
    });
    for (const odd of [null, [], 'text', undefined])
      expect(read({ ...EVENT, data: odd }).request?.agent_id).toBe(EVENT.agent_id);
  });

  it.each([
    [{ currency: 'EUR', value: 1 }, '{"currency":"EUR","value":1}'],
    ['EUR 1', '"EUR 1"'],
  ])('keep an amount exactly: %j', (amount, text) => {
    expect(read({ ...EVENT, data: { amount } }).request?.amount).toBe(text);
  });

  it.each([
    ['the capsule’s alone', undefined, [1], [1], null, []],
    ['the event’s own where the capsule has none', [2], undefined, [2], null, ['BLOB_NOT_HASHED']],
    ['both where they are the same', [1, 2], [1, 2], [1, 2], null, []],
    ['the capsule’s where they differ', [1, 3], [1, 2], [1, 2], [1, 3], ['BLOBS_DIFFER']],
    ['none where there is none', null, undefined, null, null, []],
    ['none where it is no bytes', [256], ['x'], null, null, []],
  ])('take the packet of %s', (_, own, hashed, blob, other, findings) => {
    const audit = read({ ...EVENT, vep_blob: own, evidence_capsule: { outcome: 'ESCALATE', vep_blob: hashed } });
    expect(audit.blob && [...audit.blob]).toEqual(blob);
    expect(audit.otherBlob && [...audit.otherBlob]).toEqual(other);
    expect(audit.findings).toEqual(findings);
    expect(audit.capsule?.outcome).toBe('ESCALATE');
  });

  it('say what an override resolves', () => {
    const data = { resolves_escalation_id: 'e1', decision: 'rejected', rationale: 'no' };
    expect(read({ ...EVENT, data }).outcome).toEqual({ resolves: 'e1', decision: 'rejected', rationale: 'no' });
    expect(read(EVENT).outcome).toBeNull();
  });

  it('are objects', () => expect(readAuditEvent(null)).toBeNull());
});
