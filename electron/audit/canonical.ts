import { jcsText } from '../evidence/json/jcs.ts';

/**
 * The value of a text that is JSON in RFC 8785 form, the one spelling that the desk writes; undefined for any other
 * text. No member can be there twice, no number be rounded, and what is read is what was hashed.
 */
export function readCanonical(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return jcsText(value) === text ? value : undefined;
  } catch {
    // No JSON, or JSON that has no canonical form, or of a depth that no writer of ours reaches.
    return undefined;
  }
}
