import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textCell, timeCell, verdictCell, worstVerdict } from '../../../renderer/features/escalation/strip-cells.ts';
import { aPiece } from './opened.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const MINUTES = { warn: 240, bad: 30 };
const until = (at: string) => ({ at, source: 'agent' as const, overdue: false, past_on_arrival: false, all: [] });
const atOf = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

describe('the strip', () => {
  test('I6: verified only where there is a packet and every piece that has a verdict is verified', () => {
    const verdict = fc.constantFrom('verified' as const, 'failed' as const, 'unchecked' as const);
    const kind = fc.constantFrom('vep' as const, 'capsule' as const, 'token' as const, 'source-row' as const);
    const piece = fc
      .record({ kind, verdict })
      .map((given) => aPiece(given.kind === 'source-row' ? { kind: given.kind, verdict: null } : given));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (evidence) => {
        const judged = evidence.filter((one) => one.verdict !== null);
        const packets = evidence.some((one) => one.kind === 'vep' || one.kind === 'capsule');
        const all = packets && judged.every((one) => one.verdict === 'verified');
        expect(worstVerdict(evidence) === 'verified').toBe(all);
        expect(worstVerdict(evidence) === 'failed').toBe(judged.some((one) => one.verdict === 'failed'));
      }),
    );
  });

  test('says why nothing is verified', () => {
    expect(verdictCell([aPiece({})])).toMatchObject({ sign: 'unchecked', note: 'This version does not verify yet' });
    expect(verdictCell([])).toMatchObject({ sign: 'unchecked', note: 'no packet attached' });
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
