/** A word that may pass for another one, and the letters that make it so. */
export interface Lookalike {
  readonly word: string;
  /** For people: `а is Cyrillic`. */
  readonly why: string;
}

/** Scripts in which full-width forms of ASCII are honest. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const FULL_WIDTH = /[\uff01-\uff5e]/u;

/** Signs that pass for `/ : . _ -` of an address and that stand between two letters for no other reason. */
const FALSE_SIGN =
  /[A-Za-z][\u2044\u2215\u29f8\u2024\ufe52\u02d0\ua789\u2236\u0589\ufe55\u02cd\ufe4d-\ufe4f\ufe63][A-Za-z]/u;

/** Hyphens and dots of typesetting, honest between the words of a sentence but not in the names of an address. */
const TYPESET_SIGN = /[A-Za-z][\u2010\u2011\u2212\u3002\uff61][A-Za-z]/u;
const ADDRESS_LIKE = /[A-Za-z0-9][./:@][A-Za-z0-9]/;

/** What stands before the @ of an address is no host (RFC 3986, 3.2.1). */
const WITH_USER = /\bhttps?:\/\/[^\s/?#@]{1,500}@([^\s/?#@]{1,255})/iu;

/** Addresses and names whose signs or host are not what they seem. */
export function disguisedAddresses(text: string): Lookalike[] {
  const user = WITH_USER.exec(text);
  const found = user === null ? [] : [{ word: user[0], why: `its host is ${user[1]}` }];
  if (/^\p{ASCII}*$/u.test(text)) return found;
  const tokens = [...new Set(text.match(/\S+/gu))].filter((token) => !/^\p{ASCII}*$/u.test(token));
  const named = tokens.length === 1 && text.trim() === tokens[0];
  const fullWidth = FULL_WIDTH.test(text) && !CJK.test(text);
  const odd = tokens.flatMap((word) => {
    const why = whyOdd(word, named, fullWidth);
    return why === null ? [] : [{ word, why }];
  });
  return [...found, ...odd];
}

function whyOdd(token: string, isName: boolean, fullWidthIsOdd: boolean): string | null {
  const sign = FALSE_SIGN.exec(token) ?? (isName || ADDRESS_LIKE.test(token) ? TYPESET_SIGN.exec(token) : null);
  if (sign !== null) return `${[...sign[0]][1]} is not the plain sign`;
  const wide = fullWidthIsOdd ? FULL_WIDTH.exec(token) : null;
  return wide === null ? null : `${wide[0]} is not the plain character`;
}
