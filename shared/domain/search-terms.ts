/** One thing to look for: the words of a phrase, the last of which may go on. */
export interface SearchTerm {
  /** At least one word: letters and digits only, one space between. */
  readonly words: string;
  /** The last word is the beginning of one; not so in quotes. */
  readonly prefix: boolean;
}

const PIECE = /"([^"]*)"?|[^\s"]+/gu;
const NOT_OF_A_WORD = /[^\p{L}\p{M}\p{N}\p{Co}]+/gu;

/**
 * What a search text asks for, by the one rule that both engines follow: words begin as they were typed, a quoted
 * phrase stands as it is, all of them must be there; anything but letters and digits only parts words. Whatever the
 * text holds, what comes out is plain words: no syntax of an index gets through. Empty when there are none.
 */
export function searchTerms(text: string): SearchTerm[] {
  return [...text.matchAll(PIECE)].flatMap(([piece, quoted]) => {
    const words = (quoted ?? piece).replace(NOT_OF_A_WORD, ' ').trim();
    return /[\p{L}\p{N}\p{Co}]/u.test(words) ? [{ words, prefix: quoted === undefined }] : [];
  });
}
