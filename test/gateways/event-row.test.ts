import { expect, test } from 'vitest';
import { readEventRow } from '../../electron/gateways/files/event-row.ts';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const ID = '919108f7-52d1-4320-9bac-f847db4148a8';

test('the row of a record is no audit event’s: a statement of a decision would name it as what asked', () => {
  const record = {
    escalation_id: 'a',
    status: 'ESCALATED',
    escalation_event_id: ID,
    timestamp: '2026-11-01T00:00:00Z',
  };
  expect(readEventRow(bytes(record))).toBeNull();
  expect(readEventRow(bytes({ id: ID, event_type: 'ESCALATION', data: { escalation_id: 'a' } }))).not.toBeNull();
  expect(readEventRow(bytes({ event_type: 'HUMAN_OVERRIDE', data: {} }))).not.toBeNull();
  expect(readEventRow(bytes([]))).toBeNull();
});
