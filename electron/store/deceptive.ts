import type { Finding } from '../../shared/domain/escalation.ts';

/** Findings by which a text may fool its reader; they put an escalation into the view `deceptive`. */
const DECEPTIVE: ReadonlySet<string> = new Set([
  'BIDI_CONTROL',
  'INVISIBLE_IN_TEXT',
  'INVISIBLE_IN_ID',
  'TAG_TEXT',
  'CONTROL_IN_TEXT',
  'LOOKALIKE',
  'LONG_TEXT',
  'IMITATES_APP',
  'SPEAKS_TO_A_MODEL',
]);

export function isDeceptive(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => DECEPTIVE.has(code));
}
