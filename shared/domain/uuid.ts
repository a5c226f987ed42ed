/** A UUID that was read, in the one form the desk keeps. */
export interface ReadUuid {
  /** Lower-case, 8-4-4-4-12. */
  readonly uuid: string;
  /** It was written in another form that upstream's reader takes too. */
  readonly odd: boolean;
  readonly nil: boolean;
}

const NIL = '00000000-0000-0000-0000-000000000000';
const USUAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HYPHENATED = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;

/** Whether the text is a UUID of any version in the form 8-4-4-4-12, in either case (RFC 9562, 4). */
export function isUuid(text: string): boolean {
  return HYPHENATED.test(text);
}

/**
 * The UUID in any form that upstream's reader takes: 8-4-4-4-12, the same in braces or after `urn:uuid:`, and 32
 * digits without hyphens, in either case. Null for everything else.
 */
export function readUuid(text: string): ReadUuid | null {
  if (USUAL.test(text)) return { uuid: text, odd: false, nil: text === NIL };
  const uuid = hyphenated(text)?.toLowerCase();
  return uuid === undefined ? null : { uuid, odd: true, nil: uuid === NIL };
}

function hyphenated(text: string): string | undefined {
  const bare = text.startsWith('urn:uuid:') ? text.slice(9) : (/^\{(.*)\}$/.exec(text)?.[1] ?? text);
  if (HYPHENATED.test(bare)) return bare;
  if (!/^[0-9a-fA-F]{32}$/.test(text)) return undefined;
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
