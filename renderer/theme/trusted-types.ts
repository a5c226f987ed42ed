interface TrustedTypesLike {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): unknown;
}

/**
 * Installs the one Trusted Types policy that the content security policy allows: it refuses markup, script and script
 * addresses from wherever they come, so nothing in this page can turn text into a document (S62).
 */
export function refuseMarkup(): void {
  const types = (globalThis as { trustedTypes?: TrustedTypesLike }).trustedTypes;
  if (types === undefined) return;
  types.createPolicy('default', { createHTML: refuse, createScript: refuse, createScriptURL: refuse });
}

function refuse(): never {
  throw new TypeError('This page takes no markup and no script from text.');
}
