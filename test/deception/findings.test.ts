import { describe, expect, it } from 'vitest';
import type { ExactJson } from '../../shared/domain/escalation.ts';
import { agentTexts, fieldFindings } from '../../shared/domain/text/agent-texts.ts';
import { escapeForTerminal } from '../../shared/domain/text/escape.ts';
import { textFindings } from '../../shared/domain/text/findings.ts';
import { needsShowing } from '../../shared/domain/text/ranges.ts';
import { CORPUS } from './corpus.ts';
import { HONEST } from './honest.ts';

const codes = (text: string) => textFindings(text).map(({ code }) => code);

describe('the corpus of deceptions', () => {
  it('has at least 300 cases, each another', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(300);
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
    expect(new Set(CORPUS.map(({ text }) => text)).size).toBe(CORPUS.length);
  });

  it.each(CORPUS.map((one) => [one.code, one.name, one.text] as const))('S63, S64, S67 %s: %s', (code, _name, text) => {
    expect(codes(text)).toContain(code);
    const escaped = [...escapeForTerminal(text)].map((character) => character.codePointAt(0) ?? 0);
    expect(escaped.filter((point) => point === 0x0a || needsShowing(point))).toEqual([]);
  });
});

describe('honest texts', () => {
  it('raise no false alarm, in any of them', () => {
    const alarms = HONEST.flatMap((text) => textFindings(text).map(({ code, message }) => ({ text, code, message })));
    expect(alarms).toEqual([]);
  });
});

describe('every text of an escalation that the agent controls', () => {
  const record = { escalation_id: 'E\u200b1', status: 'ESCALATED', escalation_event_id: '', timestamp: '' } as const;
  const token = JSON.stringify({
    payload: { issuer: 'gаte', capabilities: ['a\u202eb'], nonce: '\u0007' },
    signature: '00',
  });
  const request = {
    event_id: '',
    agent_id: 'id\u00ad1',
    agent_name: 'раураl',
    amount: '{"value":1,"currency":"EUR","text":"1\u200d0"}' as ExactJson,
    explanation: '[Approve]',
    source_hash: 'ok' as const,
    signed: [],
    raw: JSON.stringify({ explanation: '[Approve]', 'note\u2060s': [{ inner: '\u001b[2J' }], n: 7 }) as ExactJson,
  };
  const found = fieldFindings(
    agentTexts({ tenant: 'аcme', record: { ...record, continuation_token: token as ExactJson }, request }),
  );

  it('is looked at where it stands: id, members, all of the data and of the token', () => {
    expect(found.map(({ field, code }) => [field, code])).toEqual([
      ['id', 'INVISIBLE_IN_TEXT'],
      ['tenant', 'LOOKALIKE'],
      ['agent_name', 'LOOKALIKE'],
      ['agent_id', 'INVISIBLE_IN_TEXT'],
      ['amount.text', 'INVISIBLE_IN_TEXT'],
      ['explanation', 'IMITATES_APP'],
      ['data', 'INVISIBLE_IN_TEXT'],
      ['data.note\u2060s.inner', 'CONTROL_IN_TEXT'],
      ['token.payload.issuer', 'LOOKALIKE'],
      ['token.payload.capabilities', 'BIDI_CONTROL'],
      ['token.payload.nonce', 'CONTROL_IN_TEXT'],
    ]);
  });

  it('is the names alone where there is no request', () => {
    expect(agentTexts({ tenant: 'acme', record, request: null })).toEqual([
      { field: 'id', text: 'E\u200b1' },
      { field: 'tenant', text: 'acme' },
    ]);
  });
});
