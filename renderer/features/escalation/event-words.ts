const SAID: { readonly [type: string]: (by: string) => string } = {};

/** A ledger event in words; a kind that this page does not know is named as it stands. */
export function eventWords(type: string, by: string): string {
  return SAID[type]?.(by) ?? `${type.replaceAll(/[._-]/g, ' ')} by ${by}.`;
}
