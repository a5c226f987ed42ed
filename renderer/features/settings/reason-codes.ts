import type { TenantSettings } from '../../../shared/contract/settings.ts';
import { ReasonCode } from '../../../shared/domain/escalation.ts';

type ReasonCodes = TenantSettings['reason_codes'];

/** Reason codes as a person edits them: one a line, `CODE label`. */
export function codesText(codes: ReasonCodes): string {
  return codes.map(({ code, label }) => `${code} ${label}`.trim()).join('\n');
}

/** The codes of such a text, or the first line that names none. A line without a label has the code as its label. */
export function readCodes(text: string): { ok: true; codes: ReasonCodes } | { ok: false; line: string } {
  const codes: ReasonCodes = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [code = '', ...words] = line.split(/\s+/);
    if (!ReasonCode.safeParse(code).success) return { ok: false, line };
    codes.push({ code, label: words.join(' ').slice(0, 100) || code });
  }
  return { ok: true, codes };
}
