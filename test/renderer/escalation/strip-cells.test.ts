import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textCell, timeCell, verdictCell } from '../../../renderer/features/escalation/strip-cells.ts';
import type { Verdict } from '../../../shared/domain/escalation.ts';
import { aCheck, aReport } from './opened.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const MINUTES = { warn: 240, bad: 30 };
const until = (at: string) => ({ at, source: 'agent' as const, overdue: false, past_on_arrival: false, all: [] });
const atOf = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

describe('the strip', () => {
  test('I6: verified only where a packet is there, it is judged with the present keys, and every check was made and held', () => {
    const verdict = fc.constantFrom('verified' as const, 'failed' as const, 'unchecked' as const);
    const kind = fc.constantFrom('vep' as const, 'capsule' as const, 'token' as const);
    const piece = fc
      .record({ kind, verdicts: fc.array(verdict, { minLength: 1, maxLength: 3 }) })
      .map((given) =>
        aReport({ kind: given.kind, checks: given.verdicts.map((one) => aCheck({ name: 'root', verdict: one })) }),
      );
    const judgement = fc.record({
      verdict,
      detail: fc.constant(''),
      current: fc.boolean(),
      judged_at: fc.constant(null),
    });
    fc.assert(
      fc.property(judgement, fc.array(piece, { maxLength: 4 }), (judged, reports) => {
        const cell = verdictCell(judged, reports);
        const packets = reports.some((one) => one.kind !== 'token');
        const all = packets && reports.every((one) => one.verdict === 'verified');
        expect(cell.sign === 'verified').toBe(judged.current && judged.verdict === 'verified' && all);
        expect(cell.sign === 'failed').toBe(judged.current && judged.verdict === 'failed');
      }),
    );
  });

  test('says what the verdict rests on, and why nothing is verified', () => {
    const judged = (verdict: Verdict, current = true) => ({ verdict, detail: '', current, judged_at: null });
    const checks = (...verdicts: Verdict[]) => [
      aReport({
        checks: (['structure', 'signature', 'pcrs'] as const).map((name, at) =>
          aCheck({ name, verdict: verdicts[at] ?? 'verified' }),
        ),
      }),
    ];
    expect(verdictCell(judged('verified'), checks())).toMatchObject({ note: '3 of 3 checks, with keys pinned before' });
    expect(verdictCell(judged('unchecked'), checks('verified', 'verified', 'unchecked'))).toMatchObject({
      sign: 'unchecked',
      ground: 'plain',
      note: '2 of 3 verified, not checked: pcrs',
    });
    expect(verdictCell(judged('failed'), checks('verified', 'failed', 'unchecked'))).toMatchObject({
      sign: 'failed',
      ground: 'bad',
      note: '1 of 3 checks failed: signature',
    });
    expect(verdictCell(judged('unchecked'), [])).toMatchObject({ sign: 'unchecked', note: 'no packet attached' });
    expect(verdictCell(judged('verified', false), checks())).toMatchObject({
      sign: 'unchecked',
      note: 'Being verified…',
    });
  });

  test('time warns by the tenant’s minutes, and is past at zero', () => {
    const cell = (minutes: number) => timeCell(until(atOf(minutes)), null, NOW, MINUTES);
    expect(cell(241)).toMatchObject({ sign: 'time-calm', ground: 'plain', title: '4 h 01 min left' });
    expect(cell(42)).toMatchObject({ sign: 'time-warn', ground: 'warn', title: '42 min left' });
    expect(cell(30)).toMatchObject({ sign: 'time-bad', ground: 'bad' });
    expect(cell(0)).toMatchObject({ sign: 'time-past', title: 'Past' });
    expect(timeCell(null, null, NOW, MINUTES)).toMatchObject({ sign: 'time-none' });
  });

  test('the worst finding of a text is said, and what is hidden is counted', () => {
    const found = [
      { code: 'LONG_TEXT', message: '' },
      { code: 'BIDI_CONTROL', message: '' },
    ];
    expect(textCell(found, 2, true)).toMatchObject({
      sign: 'deceptive',
      ground: 'hidden',
      title: '2 hidden characters',
    });
    expect(textCell([{ code: 'NO_VEP_HASH', message: '' }], 0, true)).toMatchObject({
      sign: 'plain',
      title: 'Plain text',
    });
  });
});
