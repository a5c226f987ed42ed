/** What a character is that needs showing, and by what name it is shown. */
export type HiddenKind =
  | 'bidi'
  | 'invisible'
  | 'tag'
  | 'control'
  | 'selector'
  | 'space'
  | 'private'
  | 'unassigned'
  | 'surrogate';

/** Names in use for code points in a row, from the first one on; `_` where there is none. */
const ROWS: readonly (readonly [number, string])[] = [
  [0x0000, 'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI'],
  [0x0010, 'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'],
  [0x007f, 'DEL PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3'],
  [0x0090, 'DCS PU1 PU2 STS CCH MW SPA EPA SOS SGC SCI CSI ST OSC PM APC NBSP'],
  [0x00ad, 'SHY'],
  [0x034f, 'CGJ'],
  [0x061c, 'ALM'],
  [0x115f, 'HCF HJF'],
  [0x180b, 'FVS1 FVS2 FVS3 MVS FVS4'],
  [0x2000, 'NQSP MQSP ENSP EMSP 3/MSP 4/MSP 6/MSP FSP PSP THSP HSP ZWSP ZWNJ ZWJ LRM RLM'],
  [0x2028, 'LSEP PSEP LRE RLE PDF LRO RLO NNBSP'],
  [0x205f, 'MMSP WJ FA IT IS IP _ LRI RLI FSI PDI ISS ASS IAFS AAFS NADS NODS'],
  [0x2800, 'BLANK'],
  [0x3000, 'IDSP'],
  [0x3164, 'HF'],
  [0xfeff, 'ZWNBSP'],
  [0xffa0, 'HWHF'],
  [0xfff9, 'IAA IAS IAT'],
];

const NAMES: ReadonlyMap<number, string> = new Map(
  ROWS.flatMap(([first, names]) => names.split(' ').map((name, i): [number, string] => [first + i, name])),
);

const BIDI = /\p{Bidi_Control}/u;
const SELECTOR = /\p{Variation_Selector}/u;
const SPACE = /[\p{Zs}\p{Zl}\p{Zp}]/u;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The kind of a code point for which `needsShowing` holds. */
export function hiddenKind(codePoint: number): HiddenKind {
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return 'control';
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return 'surrogate';
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f) return 'tag';
  const character = String.fromCodePoint(codePoint);
  if (BIDI.test(character)) return 'bidi';
  if (SELECTOR.test(character)) return 'selector';
  if (SPACE.test(character)) return 'space';
  if (INVISIBLE.test(character)) return 'invisible';
  return /\p{Co}/u.test(character) ? 'private' : 'unassigned';
}

/** The name and code point by which a character is shown, such as `RLO 202E`; `U+` alone leads where it has no name. */
export function hiddenLabel(codePoint: number): string {
  const hex = codePoint.toString(16).toUpperCase().padStart(4, '0');
  const name = NAMES.get(codePoint) ?? selectorName(codePoint);
  return name === undefined || name === '_' ? `U+${hex}` : `${name} ${hex}`;
}

function selectorName(codePoint: number): string | undefined {
  if (codePoint >= 0xfe00 && codePoint <= 0xfe0f) return `VS${codePoint - 0xfe00 + 1}`;
  if (codePoint >= 0xe0100 && codePoint <= 0xe01ef) return `VS${codePoint - 0xe0100 + 17}`;
  return undefined;
}
