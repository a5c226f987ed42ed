import { expect, test } from 'vitest';
import { type DecisionPredicate, writeDecision } from '../../../electron/audit/statement/decision-statement.ts';
import { fieldText } from '../../../renderer/features/log/field-text.ts';
import { inSixteens, openedText, readStatement } from '../../../renderer/features/log/statement-rows.ts';

const hex = (byte: string): string => byte.repeat(32);
const UUID = '00000000-0000-4000-8000-000000000001';

const predicate: DecisionPredicate = {
  tenant: UUID,
  escalation_id: hex('01'),
  event: UUID,
  outcome: 'approved',
  reason_code: 'CALLED_BACK',
  reason: hex('02'),
  reviewer: hex('03'),
  key: hex('04'),
  signed_by: 'reviewer',
  view_sha256: hex('05'),
  shown_at: '2026-11-16T09:30:00Z',
  decided_at: '2026-11-16T09:36:40Z',
  verdicts: [],
  findings: [],
  opened: [
    { sha256: hex('06'), ms: 31_000 },
    { sha256: hex('07'), ms: 11_900 },
  ],
  suggestion: { shown: false, default: null },
  overrides: ['signature'],
  accepted_unchecked: ['pcrs'],
  policy: null,
  settings: null,
};

function payloadOf(given: Partial<DecisionPredicate>, resolution: string | null): string {
  const subjects = { event: hex('08'), resolution, evidence: [hex('06'), hex('07')] };
  return new TextDecoder().decode(writeDecision(subjects, { ...predicate, ...given }));
}

test('the statement that a desk writes is read: what it says stands in it', () => {
  expect(readStatement(payloadOf({}, hex('09')))).toEqual({
    outcome: 'approved',
    code: 'CALLED_BACK',
    evidence: [hex('06'), hex('07')],
    vepHash: hex('09'),
    decidedAt: '2026-11-16T09:36:40Z',
    shownAt: '2026-11-16T09:30:00Z',
    opened: { pieces: 2, ms: 42_900 },
    overrides: ['signature'],
    accepted: ['pcrs'],
  });
  expect(readStatement(payloadOf({ opened: [] }, null))).toMatchObject({ vepHash: null, opened: { pieces: 0, ms: 0 } });
});

test('a payload of another form is not guessed at', () => {
  const other = ['', 'null', '[]', '{"predicate":{}}', payloadOf({}, null).slice(0, -1)];
  for (const payload of other) expect(readStatement(payload)).toBeNull();
});

test('how evidence was opened is said in pieces and time', () => {
  expect(openedText({ pieces: 0, ms: 0 })).toBeNull();
  expect(openedText({ pieces: 1, ms: 900 })).toBe('1 piece for 0 s');
  expect(openedText({ pieces: 2, ms: 42_900 })).toBe('2 pieces for 42 s');
});

test('a hash is shown whole in groups', () => {
  expect(inSixteens(hex('ab')).join('')).toBe(hex('ab'));
  expect(inSixteens(hex('ab'))).toHaveLength(4);
});

test('a field that is a text is shown without quotes, any other as it stands', () => {
  expect(fieldText('"a\\u202eb"')).toEqual({ text: 'a\u202eb', plain: true });
  expect(fieldText('{"name":"M. Okafor","profile":"ffed"}')).toEqual({ text: 'M. Okafor', plain: true });
  expect(fieldText('{"name":"gate","purpose":"gate"}').plain, 'of what is no person').toBe(false);
  expect(fieldText('{"record":"00"}')).toEqual({ text: '{"record":"00"}', plain: false });
  expect(fieldText('"broken')).toEqual({ text: '"broken', plain: false });
});
