/** Colours of print (ux, tokens of the light theme): black on white, a word beside every colour. */
export const INK = {
  text: '#14181d',
  soft: '#454e59',
  line: '#7d8794',
  hair: '#c9d0d8',
  ok: '#0a6b3b',
  bad: '#b0131f',
  open: '#454e59',
  accent: '#2450bd',
  hidden: '#6630b0',
  hiddenGround: '#f1e9fb',
  letterGround: '#eceff3',
  badGround: '#fdeaea',
} as const;
export type Ink = (typeof INK)[keyof typeof INK];
