interface TrustedTypesLike {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown;
}

/**
 * Installs the one Trusted Types policy that the content security policy allows: it refuses markup, script and script
 * addresses from wherever they come, so nothing in this page can turn text into a document (S62). Text without any
 * markup passes: React sets the text of style elements that way.
 */
export function refuseMarkup(): void {
  const types = (globalThis as { trustedTypes?: TrustedTypesLike }).trustedTypes;
  types?.createPolicy('default', { createHTML: withoutMarkup, createScript: refuse, createScriptURL: refuse });
}

/** The text itself where it has no markup at all, not even a character reference; else TypeError. */
export function withoutMarkup(text: string): string {
  return /[<&]/.test(text) ? refuse() : text;
}

function refuse(): never {
  throw new TypeError('This page takes no markup and no script from text.');
}
