/** A piece of plain text: a host name, or what stands between host names. */
export interface HostPiece {
  readonly text: string;
  readonly host: boolean;
  /** The host's ASCII form (RFC 5891 A-label) where it differs from what is written, else null. */
  readonly punycode: string | null;
}

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]*[\\p{L}\\p{N}\\p{M}])?';
const HOST = new RegExp(`(?<![\\p{L}\\p{N}_.-])(?:${LABEL}\\.)+\\p{L}{2,24}(?![\\p{L}\\p{N}_])`, 'gu');

/** Endings that make an ASCII word with dots a host rather than a file or a table's name. */
const ENDINGS = new Set(
  'ai app at be biz ca ch cloud co com cz de dev dk es eu example fi fr ie in info int invalid io it jp li localhost me net nl no nu onion org pl pt ro ru se shop site sk test tk tv ua uk us xyz'.split(
    ' ',
  ),
);

/**
 * Splits text at its host names. A host is told by its ending, by `://` or `@` before it, or by letters beyond ASCII,
 * which are never left without their punycode. The pieces joined are the text.
 */
export function splitHosts(text: string): readonly HostPiece[] {
  const pieces: HostPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(HOST)) {
    if (!isHost(match[0], text.slice(0, match.index))) continue;
    if (match.index > from) pieces.push(plain(text.slice(from, match.index)));
    pieces.push({ text: match[0], host: true, punycode: punycodeOf(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push(plain(text.slice(from)));
  return pieces;
}

function plain(text: string): HostPiece {
  return { text, host: false, punycode: null };
}

function isHost(name: string, before: string): boolean {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return !isAscii(name) || ENDINGS.has(ending) || before.endsWith('://') || before.endsWith('@');
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** The WHATWG URL parser is the browser's own IDNA; what it refuses has no punycode. */
function punycodeOf(host: string): string | null {
  if (isAscii(host)) return null;
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : null;
}
