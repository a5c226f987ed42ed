export type Strength = 'empty' | 'short' | 'weak' | 'fair' | 'strong';

/** Characters as the contract counts them. */
const SHORTEST = 8;
const FAIR_BITS = 40;
const STRONG_BITS = 55;
/** What a word is worth that stands in a common list. */
const WORD_BITS = 14;
/** Letters without a gap are as many words as these go into them. */
const WORD_LETTERS = 6;

/**
 * A rough lower bound of what a guesser has to try: letters count by their kinds, what repeats or runs on counts once,
 * and words that are only letters count as words. It advises; only the length is a rule.
 */
export function strengthOf(passphrase: string): Strength {
  if (passphrase === '') return 'empty';
  if (passphrase.length < SHORTEST) return 'short';
  const bits = Math.min(letterBits(passphrase), wordBits(passphrase));
  if (bits >= STRONG_BITS) return 'strong';
  return bits >= FAIR_BITS ? 'fair' : 'weak';
}

function letterBits(text: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 33],
  ];
  const alphabet = kinds.reduce((sum, [kind, size]) => (kind.test(text) ? sum + size : sum), 0);
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const fresh = codes.filter((code, at) => at === 0 || Math.abs(code - (codes[at - 1] ?? 0)) > 1);
  const distinct = new Set(fresh).size;
  return Math.min(fresh.length, 2 * distinct) * Math.log2(alphabet);
}

/** A text of words alone is as strong as its distinct words; one with anything else is not bounded here. */
function wordBits(text: string): number {
  const parts = text
    .trim()
    .toLowerCase()
    .split(/[\s\-_.]+/);
  if (!parts.every((part) => /^\p{L}+$/u.test(part))) return Number.POSITIVE_INFINITY;
  const words = [...new Set(parts)].map((part) => Math.max(1, part.length / WORD_LETTERS / 2));
  return words.reduce((sum, each) => sum + each, 0) * WORD_BITS;
}
