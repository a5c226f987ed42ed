/** Scripts whose letters pass for one another's; words of Japanese, Korean and the like mix scripts in honesty. */
const SCRIPTS = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Armenian: /\p{Script=Armenian}/u,
  Cherokee: /\p{Script=Cherokee}/u,
  Coptic: /\p{Script=Coptic}/u,
} as const;

type ScriptName = keyof typeof SCRIPTS;

/** Cyrillic and Greek letters that print as Latin ones do. */
const LIKE_LATIN = /^[асеорхуіјѕԁһԛԝӏѵАВЕКМНОРСТХІЈЅУονρυικαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{3,}$/u;

/** ASCII letters and digits in another style: mathematical, full-width. */
const STYLED = /[\u{1d400}-\u{1d7ff}]|[\uff10-\uff5a](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[\uff10-\uff5a]/u;

/** Units of measure, whose Greek letter belongs there. */
const UNIT = /^(?:\d+)?(?:[kKMGTmnpμµ]?Ω|μ[A-Za-z]{1,3})$/u;

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

/** A word that may pass for another one, and the letters that make it so. */
export interface Lookalike {
  readonly word: string;
  /** For people: `а is Cyrillic`. */
  readonly why: string;
}

/**
 * Words that may pass for others (S64): letters of two scripts in one word, whole words of letters that look Latin in
 * a text that is otherwise Latin, ASCII in mathematical or full-width letters. Not the whole of UTS 39: a word in one
 * script that resembles another in the same script is not found.
 */
export function findLookalikes(text: string): Lookalike[] {
  if (/^\p{ASCII}*$/u.test(text)) return [];
  const words = [...new Set(text.match(WORD))];
  const found = words.flatMap((word) => mixedScripts(word) ?? styled(word) ?? []);
  const foreign = words.filter((word) => isNotLatin(word) && mixedScripts(word) === null);
  const disguised = foreign.length > 0 && foreign.every((word) => LIKE_LATIN.test(word)) && words.some(isLatin);
  return [...found, ...(disguised ? foreign.map((word) => ({ word, why: 'none of its letters is Latin' })) : [])];
}

function mixedScripts(word: string): Lookalike | null {
  if (UNIT.test(word)) return null;
  const letters = [...word].map((letter) => ({ letter, script: scriptOf(letter) }));
  const scripts = new Set(letters.flatMap(({ script }) => script ?? []));
  if (scripts.size < 2) return null;
  const usual: ScriptName = scripts.has('Latin') ? 'Latin' : (letters.find(({ script }) => script)?.script ?? 'Latin');
  const odd = letters.find(({ script }) => script !== null && script !== usual);
  return { word, why: `${odd?.letter} is ${odd?.script}` };
}

function styled(word: string): Lookalike | null {
  const match = STYLED.exec(word);
  return match === null ? null : { word, why: `${match[0]} is not the plain letter` };
}

function scriptOf(letter: string): ScriptName | null {
  // Marks have scripts too, but a pile of them is another finding.
  if (!/\p{L}/u.test(letter)) return null;
  for (const name of Object.keys(SCRIPTS) as ScriptName[]) if (SCRIPTS[name].test(letter)) return name;
  return null;
}

function isLatin(word: string): boolean {
  return SCRIPTS.Latin.test(word);
}

function isNotLatin(word: string): boolean {
  return /\p{L}/u.test(word) && !isLatin(word);
}
