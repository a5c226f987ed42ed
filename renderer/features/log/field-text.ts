/** A field's JSON as it is shown: a text without its quotes, of a person the name, all else as it stands. */
export function fieldText(json: string): { readonly text: string; readonly plain: boolean } {
  const text = plainText(json);
  return text === null ? { text: json, plain: false } : { text, plain: true };
}

function plainText(json: string): string | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'string') return value;
    const { name, profile } = (value ?? {}) as { name?: unknown; profile?: unknown };
    return typeof name === 'string' && profile !== undefined ? name : null;
  } catch {
    return null;
  }
}
