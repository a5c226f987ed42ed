declare module 'linebreak' {
  /** Where a text may be broken into lines, front to back (UAX 14). */
  class LineBreaker {
    constructor(text: string);
    /** The next place, in UTF-16 units; the last one is the text's end. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
  export = LineBreaker;
}
