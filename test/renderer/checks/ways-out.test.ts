import { describe, expect, test } from 'vitest';
import { waitingFor } from '../../../renderer/components/checks/ways-out.ts';
import { aCheck, aReport } from '../escalation/opened.ts';

const noKey = { verdict: 'unchecked', code: 'NO_KEY', detail: 'No key of this purpose is pinned.' } as const;

describe('what would make it checked', () => {
  test('what waits for the same thing is one entry, whatever piece it is of', () => {
    const packet = (sha256: string) =>
      aReport({ sha256, checks: [aCheck({ name: 'structure' }), aCheck({ name: 'signature', ...noKey })] });
    const token = aReport({ kind: 'token', checks: [aCheck({ name: 'token.signature', ...noKey })] });
    expect(waitingFor([packet('aa'), packet('bb'), token])).toEqual([
      { cause: 'gate-key', checks: ['signature'], detail: noKey.detail },
      { cause: 'issuer-key', checks: ['token.signature'], detail: noKey.detail },
    ]);
  });

  test('without a packet everything waits for it, the binding of a token too', () => {
    const token = aReport({ kind: 'token', checks: [aCheck({ name: 'token.binding', verdict: 'unchecked' })] });
    expect(waitingFor([])).toMatchObject([{ cause: 'packet', checks: [] }]);
    expect(waitingFor([token])).toMatchObject([{ cause: 'packet', checks: ['token.binding'] }]);
  });

  test('what no key would change keeps its own reason, each by itself', () => {
    const checks = [
      aCheck({ name: 'nonce', verdict: 'unchecked', detail: 'The nonce is no number.' }),
      aCheck({ name: 'payload', verdict: 'unchecked', detail: 'Nothing covers it.' }),
      aCheck({ name: 'stark', verdict: 'unchecked', detail: 'This desk does not verify STARK proofs.' }),
    ];
    expect(waitingFor([aReport({ checks })]).map(({ cause, checks: names }) => [cause, ...names])).toEqual([
      ['verifier', 'stark'],
      ['other', 'nonce'],
      ['other', 'payload'],
    ]);
  });

  test('of a check with parts only those are said that stay open', () => {
    const part = (detail: string, verdict: 'verified' | 'unchecked') => ({ code: 'X', detail, verdict });
    const parts = [part('It is for the agent.', 'verified'), part('Its root did not verify.', 'unchecked')];
    const binding = aCheck({ name: 'token.binding', verdict: 'unchecked', detail: 'Both in one sentence.', parts });
    expect(waitingFor([aReport({ checks: [binding] })])).toMatchObject([{ detail: 'Its root did not verify.' }]);
  });

  test('a resolution’s own open checks are no reason to distrust the request', () => {
    const resolution = aReport({ role: 'resolution', checks: [aCheck({ name: 'signature', ...noKey })] });
    expect(waitingFor([aReport({ checks: [aCheck({ name: 'root' })] }), resolution])).toEqual([]);
  });
});
