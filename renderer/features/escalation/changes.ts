import type { Opened } from '../../../shared/contract/escalation.ts';

/** What became different between the view that is shown and the one that is stored now. */
export type Change =
  | 'decided'
  | 'packet'
  | 'token'
  | 'evidence'
  | 'verdict'
  | 'request'
  | 'deadline'
  | 'findings'
  | 'dissent'
  | 'record';

/**
 * What changed for the decision, worst first; empty where the views are the same. Claims, deliveries and the clock are
 * no part of a view (I9), so they are shown at once and never listed.
 */
export function changesBetween(shown: Opened, latest: Opened): readonly Change[] {
  const [was, is] = [shown.escalation, latest.escalation];
  if (was.view_sha256 === is.view_sha256) return [];
  const known = new Set(was.evidence.map((piece) => piece.sha256));
  const added = is.evidence.filter((piece) => !known.has(piece.sha256));
  const list: [Change, boolean][] = [
    ['decided', !same(was.decision, is.decision)],
    ['packet', added.some((piece) => piece.kind === 'vep' || piece.kind === 'capsule')],
    ['token', added.some((piece) => piece.kind === 'token')],
    ['evidence', added.length === 0 && !same(piecesOf(shown), piecesOf(latest))],
    ['verdict', shown.judgement.verdict !== latest.judgement.verdict || verdictsDiffer(shown, latest)],
    ['request', !same(was.request, is.request)],
    ['deadline', !same(lasting(was.deadline), lasting(is.deadline))],
    ['findings', !same(was.findings, is.findings)],
    ['dissent', !same(was.dissents, is.dissents)],
  ];
  const found = list.filter(([, differs]) => differs).map(([change]) => change);
  return found.length > 0 ? found : ['record'];
}

/**
 * What the page may show: all of the latest but its view, which stays the shown one until the reader asks for the
 * change. So a claim or a hold appears at once, and nothing that is judged moves under the hand.
 */
export function withheld(shown: Opened, latest: Opened): Opened {
  if (shown.escalation.view_sha256 === latest.escalation.view_sha256) return latest;
  const { claim, delivery, version, events } = latest.escalation;
  const { token, judgement, reports, resolution } = shown;
  const escalation = { ...shown.escalation, claim, delivery, version, events };
  return { ...latest, token, judgement, reports, resolution, escalation };
}

/**
 * Whether the latest only brings the verdicts that the shown one was waiting for: the same evidence, judged by now. The
 * page said that it was being verified, so this is no change underneath.
 */
export function onlyJudged(shown: Opened, latest: Opened): boolean {
  if (shown.judgement.current || !latest.judgement.current) return false;
  return same(piecesOf(shown), piecesOf(latest)) && same(shown.escalation.decision, latest.escalation.decision);
}

function piecesOf({ escalation }: Opened): readonly string[] {
  return escalation.evidence.map(({ sha256, role }) => `${sha256} ${role}`);
}

/** Whether a piece that is there on both sides is worth something else now. */
function verdictsDiffer(shown: Opened, latest: Opened): boolean {
  const now = new Map(latest.escalation.evidence.map(({ sha256, role, verdict }) => [`${sha256} ${role}`, verdict]));
  return shown.escalation.evidence.some(({ sha256, role, verdict }) => {
    const is = now.get(`${sha256} ${role}`);
    return is !== undefined && is !== verdict;
  });
}

function lasting(deadline: Opened['escalation']['deadline']) {
  return deadline === null ? null : { ...deadline, overdue: false };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
