import { describe, expect, test } from 'vitest';
import { changesBetween, onlyJudged, withheld } from '../../../renderer/features/escalation/changes.ts';
import { aPiece, opened } from './opened.ts';

const shown = opened({});

describe('a page that changes underneath', () => {
  test('I9: the same view is no change, whatever happens to claim, hold and version', () => {
    const claimed = opened({ escalation: { claim: { by: 'Bob', until: '2026-11-20T12:00:00Z' }, version: '9' } });
    expect(changesBetween(shown, claimed)).toEqual([]);
    expect(withheld(shown, claimed)).toBe(claimed);
  });

  test('S69: names what became different, worst first', () => {
    const packet = aPiece({ sha256: 'ee'.repeat(32) });
    const decision = {
      outcome: 'rejected' as const,
      source: 'desk' as const,
      decided_at: '2026-11-20T10:36:02Z',
      sealed: false,
      signed: false,
      overrides: [],
      accepted_unchecked: [],
    };
    const latest = opened({
      escalation: { view_sha256: '22'.repeat(32), evidence: [...shown.escalation.evidence, packet], decision },
    });
    expect(changesBetween(shown, latest)).toEqual(['decided', 'packet']);
  });

  test('a verdict that is another now is named, after what it may come from', () => {
    const failed = { escalation: { view_sha256: '22'.repeat(32) }, judgement: { verdict: 'failed' as const } };
    expect(changesBetween(shown, opened(failed))).toEqual(['verdict']);
    const packet = aPiece({ sha256: 'ee'.repeat(32) });
    const evidence = [...shown.escalation.evidence, packet];
    const both = opened({ ...failed, escalation: { ...failed.escalation, evidence } });
    expect(changesBetween(shown, both)).toEqual(['packet', 'verdict']);
  });

  test('verdicts that the page was waiting for are no change underneath; new evidence is one all the same', () => {
    const waiting = opened({ judgement: { current: false, judged_at: null }, reports: [] });
    const judged = opened({ escalation: { view_sha256: '22'.repeat(32) }, judgement: { verdict: 'failed' } });
    expect(onlyJudged(waiting, judged)).toBe(true);
    expect(onlyJudged(shown, judged)).toBe(false);
    const evidence = [...shown.escalation.evidence, aPiece({ sha256: 'ee'.repeat(32) })];
    expect(onlyJudged(waiting, opened({ escalation: { evidence } }))).toBe(false);
  });

  test('I9: a verdict is withheld with its view', () => {
    const latest = opened({
      escalation: { view_sha256: '22'.repeat(32) },
      judgement: { verdict: 'verified', detail: 'all 2 checks' },
      reports: [],
    });
    expect(withheld(shown, latest)).toMatchObject({ judgement: shown.judgement, reports: shown.reports });
  });

  test('a view of another digest is a change even where no part of it is known to differ', () => {
    expect(changesBetween(shown, opened({ escalation: { view_sha256: '22'.repeat(32) } }))).toEqual(['record']);
  });

  test('I9: what is withheld keeps the shown view and its digest, beside the claim and hold of now', () => {
    const claim = { by: 'Bob', until: '2026-11-20T12:00:00Z' };
    const latest = opened({ escalation: { view_sha256: '22'.repeat(32), evidence: [], claim, version: '9' } });
    const { escalation } = withheld(shown, latest);
    expect(escalation.view_sha256).toBe(shown.escalation.view_sha256);
    expect(escalation.evidence).toEqual(shown.escalation.evidence);
    expect(escalation).toMatchObject({ claim, version: '9' });
  });
});
