/** What the app says around the agent's text. */
export const words = {
  groupLabel: 'Text written by the agent, not checked',
  begins: 'Agent text: ',
  ends: ' End of agent text.',
  head: 'Written by the agent',
  headNote: 'not checked · shown as stored',
  size: (characters: number, lines: number) =>
    `${count(characters)} ${characters === 1 ? 'character' : 'characters'}, ${count(lines)} ${lines === 1 ? 'line' : 'lines'}`,
  shown: (shown: number, all: number) => `Shown ${count(shown)} of ${count(all)}`,
  showAll: 'Show all',
  emptyLines: (lines: number) => `${count(lines)} empty lines`,
  redacted: 'redacted by VEX',
  menu: 'More ways to copy',
  copy: 'Copy, hidden characters escaped',
  copyExact: 'Copy exact bytes',
};

function count(n: number): string {
  return n.toLocaleString();
}
