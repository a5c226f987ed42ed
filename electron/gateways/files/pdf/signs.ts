import type { Outcome, Verdict } from '../../../../shared/domain/escalation.ts';
import { INK, type Ink } from './ink.ts';
import type { Pen } from './pen.ts';

/** A sign and its word: the shape says which kind of fact, the word which value (ux 4). */
export interface Sign {
  readonly word: string;
  readonly ink: Ink;
  /** In a square of 24, from Tabler Icons (MIT). */
  readonly path: string;
  readonly filled?: true;
}

const CIRCLE = 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0';

const VERDICTS: Readonly<Record<Verdict, Sign>> = {
  verified: {
    word: 'Verified',
    ink: INK.ok,
    filled: true,
    path: 'M11.998 2l.118 .007l.059 .008l.061 .013l.111 .034a.993 .993 0 0 1 .217 .112l.104 .082l.255 .218a11 11 0 0 0 7.189 2.537l.342 -.01a1 1 0 0 1 1.005 .717a13 13 0 0 1 -9.208 16.25a1 1 0 0 1 -.502 0a13 13 0 0 1 -9.209 -16.25a1 1 0 0 1 1.005 -.717a11 11 0 0 0 7.531 -2.527l.263 -.225l.096 -.075a.993 .993 0 0 1 .217 -.112l.112 -.034a.97 .97 0 0 1 .119 -.021l.115 -.007zm3.71 7.293a1 1 0 0 0 -1.415 0l-3.293 3.292l-1.293 -1.292l-.094 -.083a1 1 0 0 0 -1.32 1.497l2 2l.094 .083a1 1 0 0 0 1.32 -.083l4 -4l.083 -.094a1 1 0 0 0 -.083 -1.32z',
  },
  failed: {
    word: 'Failed',
    ink: INK.bad,
    filled: true,
    path: 'M14.899 2c.796 0 1.558 .316 2.121 .879l4.101 4.1c.563 .563 .879 1.325 .879 2.122v5.798c0 .796 -.316 1.558 -.879 2.121l-4.101 4.101c-.563 .563 -1.325 .879 -2.121 .879h-5.798c-.796 0 -1.558 -.316 -2.122 -.879l-4.1 -4.101c-.563 -.563 -.879 -1.325 -.879 -2.121v-5.798c0 -.796 .316 -1.558 .879 -2.122l4.1 -4.1c.563 -.563 1.325 -.879 2.122 -.879h5.798zm-2.899 13c-.552 0 -1 .448 -1 1c0 .552 .448 1 1 1h.01c.552 0 1 -.448 1 -1c0 -.552 -.448 -1 -1 -1h-.01zm0 -8c-.552 0 -1 .448 -1 1v4c0 .552 .448 1 1 1c.552 0 1 -.448 1 -1v-4c0 -.552 -.448 -1 -1 -1z',
  },
  unchecked: {
    word: 'Unchecked',
    ink: INK.open,
    path: 'M8.56 3.69a9 9 0 0 0 -2.92 1.95M3.69 8.56a9 9 0 0 0 -.69 3.44M3.69 15.44a9 9 0 0 0 1.95 2.92M8.56 20.31a9 9 0 0 0 3.44 .69M15.44 20.31a9 9 0 0 0 2.92 -1.95M20.31 15.44a9 9 0 0 0 .69 -3.44M20.31 8.56a9 9 0 0 0 -1.95 -2.92M15.44 3.69a9 9 0 0 0 -3.44 -.69',
  },
};

const OUTCOMES: Readonly<Record<Outcome, Sign>> = {
  approved: { word: 'Approved', ink: INK.accent, path: `${CIRCLE}M9 12l2 2l4 -4` },
  rejected: { word: 'Rejected', ink: INK.bad, path: `${CIRCLE}M10 10l4 4m0 -4l-4 4` },
  withdrawn: { word: 'Withdrawn', ink: INK.open, path: 'M9 14l-4 -4l4 -4M5 10h11a4 4 0 1 1 0 8h-1' },
  expired: {
    word: 'Expired',
    ink: INK.open,
    path: 'M6 20v-2a6 6 0 1 1 12 0v2a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1M6 4v2a6 6 0 1 0 12 0v-2a1 1 0 0 0 -1 -1h-10a1 1 0 0 0 -1 1',
  },
  // What came RESOLVED may have been rejected upstream: never called approved.
  unknown: { word: 'Resolved', ink: INK.open, path: `${CIRCLE}M11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0` },
};

export function verdictSign(verdict: Verdict): Sign {
  return VERDICTS[verdict];
}

export function outcomeSign(outcome: Outcome): Sign {
  return OUTCOMES[outcome];
}

/** Draws the sign in a square with its upper left corner at x, y. */
export function drawSign({ doc }: Pen, { path, ink, filled }: Sign, x: number, y: number, square: number): void {
  doc
    .save()
    .translate(x, y)
    .scale(square / 24)
    .path(path);
  if (filled === true) doc.fill(ink, 'even-odd');
  else doc.lineWidth(2).lineCap('round').lineJoin('round').stroke(ink);
  doc.restore();
}
