import type { TextStyle } from './paragraph.ts';

/** The scale of print (ux 14, in points). */
export const STYLE = {
  title: { family: 'strong', size: 20, leading: 26 },
  heading: { family: 'strong', size: 11, leading: 16 },
  outcome: { family: 'strong', size: 16, leading: 20 },
  lead: { family: 'sans', size: 10.5, leading: 15 },
  body: { family: 'sans', size: 9.5, leading: 13.5 },
  strong: { family: 'strong', size: 9.5, leading: 13.5 },
  label: { family: 'sans', size: 8.5, leading: 13.5 },
  note: { family: 'sans', size: 8.5, leading: 12 },
  mono: { family: 'mono', size: 8.5, leading: 13.5 },
  digest: { family: 'mono', size: 8, leading: 13.5 },
  check: { family: 'mono', size: 8, leading: 12 },
  paper: { family: 'mono', size: 8.5, leading: 12.5 },
  gutter: { family: 'mono', size: 7, leading: 12.5 },
} as const satisfies Record<string, TextStyle>;
