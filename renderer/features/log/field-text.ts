/** A field's JSON as it is shown: a text without its quotes, all else as it stands. */
export function fieldText(json: string): { readonly text: string; readonly plain: boolean } {
  if (!json.startsWith('"')) return { text: json, plain: false };
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? { text: value, plain: true } : { text: json, plain: false };
  } catch {
    return { text: json, plain: false };
  }
}
