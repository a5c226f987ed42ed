import { jcsText } from '../../evidence/json/jcs.ts';

/** No writer of ours nests deeper, and where a machine's stack ends must decide nothing (S49). */
const MAX_DEPTH = 64;

/**
 * The value of a text that is JSON in RFC 8785 form, the one spelling that the desk writes; undefined for any other
 * text. No member can be there twice, no number be rounded, and what is read is what was hashed.
 */
export function readCanonical(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isShallow(value, MAX_DEPTH) && jcsText(value) === text ? value : undefined;
  } catch {
    // No JSON, or JSON that has no canonical form.
    return undefined;
  }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
