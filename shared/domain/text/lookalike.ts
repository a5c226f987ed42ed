import { disguisedAddresses, type Lookalike } from './lookalike-address.ts';

/** Scripts whose letters pass for one another's; words of Japanese, Korean and the like mix scripts in honesty. */
const SCRIPTS = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Armenian: /\p{Script=Armenian}/u,
  Cherokee: /\p{Script=Cherokee}/u,
  Coptic: /\p{Script=Coptic}/u,
  Georgian: /\p{Script=Georgian}/u,
  Lisu: /\p{Script=Lisu}/u,
  Tifinagh: /\p{Script=Tifinagh}/u,
  'Canadian Aboriginal': /\p{Script=Canadian_Aboriginal}/u,
  'of an old script':
    /[\p{Script=Deseret}\p{Script=Warang_Citi}\p{Script=Carian}\p{Script=Lycian}\p{Script=Old_Italic}\p{Script=Runic}\p{Script=Osage}\p{Script=Elbasan}]/u,
} as const;

type ScriptName = keyof typeof SCRIPTS;

/** Cyrillic and Greek letters that print as Latin ones do. */
const LIKE_LATIN = /^[асеорхуіјѕԁһԛԝӏѵАВЕКМНОРСТХІЈЅУονρυικαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{3,}$/u;

/** ASCII letters and digits in another style: mathematical, enclosed, full-width. */
const STYLED =
  /[\u{1d400}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}\u24b6-\u24e9\u{1f130}-\u{1f189}]|[\uff10-\uff5a](?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[\uff10-\uff5a]/u;

/**
 * Letters that print as ASCII ones do beside them (confusables.txt of Unicode 17.0.0) and that no living language
 * writes: phonetic ones, small capitals, letters of formulas, Roman numerals.
 */
const ODD = '\u017f\u0184\u01bf\u01c0\u0251\u0261\u026a\u026f\u028f\u1d04\u1d0f\u1d11\u1d1c\u1d20-\u1d22\ua731\u212e';
const LETTERLIKE = '\u2102\u210a-\u210d\u2110-\u2112\u2115\u2119-\u211d\u2124\u2128\u212a\u212c-\u2131\u2133\u2134';
const NUMERALS = '\u2160-\u217f';
const BESIDE_ASCII = new RegExp(
  `(?<=[A-Za-z])[${ODD}${LETTERLIKE}${NUMERALS}]|[${ODD}${LETTERLIKE}${NUMERALS}](?=[A-Za-z])`,
  'u',
);

/** Digits of two kinds in one number, such as an Arabic one among ASCII ones. */
const MIXED_DIGITS = /[0-9](?![0-9])\p{Nd}|(?![0-9])\p{Nd}[0-9]/u;

/** Units of measure, whose Greek letter belongs there. */
const UNIT = /^(?:\d+)?(?:[kKMGTmnpμµ]?Ω|μ[A-Za-z]{1,3})$/u;

const WORD = /[\p{L}\p{M}\p{N}\p{So}_]+/gu;

/**
 * Words that may pass for others (S64): letters of two scripts or digits of two kinds in one word, whole words of
 * letters that look Latin in a text with no other word of their script, ASCII in letters of another style or of
 * phonetics, addresses whose host is not what it seems. Not the whole of UTS 39: an ASCII letter that resembles another
 * one (`rn`, `1`) is not found.
 */
export function findLookalikes(text: string): Lookalike[] {
  const addresses = disguisedAddresses(text);
  if (/^\p{ASCII}*$/u.test(text)) return addresses;
  const words = [...new Set(text.match(WORD))];
  const found = words.flatMap((word) => mixedScripts(word) ?? oddLetter(word) ?? []);
  return [...found, ...foreignOnly(words), ...addresses];
}

/** Words all of whose letters look Latin, where no other word shows that they are honestly of their script. */
function foreignOnly(words: readonly string[]): Lookalike[] {
  const foreign = words.filter((word) => isNotLatin(word) && mixedScripts(word) === null);
  if (foreign.length === 0 || !foreign.every((word) => LIKE_LATIN.test(word))) return [];
  // Among Latin words any is odd; a text of its own must be long or all capitals, since short words of them there are.
  const odd = words.some(isLatin) ? foreign : foreign.filter((word) => word.length > 3 || word === word.toUpperCase());
  return odd.map((word) => ({ word, why: 'none of its letters is Latin' }));
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

function oddLetter(word: string): Lookalike | null {
  const match = STYLED.exec(word) ?? BESIDE_ASCII.exec(word) ?? MIXED_DIGITS.exec(word);
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
