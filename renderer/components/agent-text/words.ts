import { numberText } from '../numbers.ts';
/** What the app says around the agent's text. */
export const words = {
  groupLabel: 'Text written by the agent, not checked',
  begins: 'Agent text: ',
  ends: ' End of agent text.',
  head: 'Written by the agent',
  headNote: 'not checked',
  headNoteMore: ' · shown as stored',
  size: (characters: number) => `${numberText(characters)} ${characters === 1 ? 'character' : 'characters'}`,
  sizeMore: (lines: number) => `, ${numberText(lines)} ${lines === 1 ? 'line' : 'lines'}`,
  shown: (shown: number, all: number) => `Shown ${numberText(shown)} of ${numberText(all)}`,
  showAll: 'Show all',
  emptyLines: (lines: number) => `${numberText(lines)} empty lines`,
  redacted: 'redacted by VEX',
  menu: 'More ways to copy',
  copy: 'Copy, hidden characters escaped',
  copyExact: 'Copy exact bytes',
};
