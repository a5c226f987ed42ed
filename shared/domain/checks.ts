import type { Evidence } from './escalation.ts';

/** The checks of one kind of evidence, by their names in the command line's Verdict. */
const CHECKS_OF: Readonly<Record<Evidence['kind'], readonly string[]>> = {
  vep: ['structure', 'root', 'signature'],
  capsule: ['structure', 'root', 'signature', 'hashes'],
  token: ['token.structure', 'token.signature', 'token.lifecycle', 'token.binding'],
  'source-row': [],
};

/**
 * Names of the checks that stand unchecked on an escalation's evidence, each once, in the order of the evidence. A
 * decision taken all the same records them as accepted: nothing unchecked passes unsaid (I6).
 */
export function uncheckedChecks(evidence: readonly Evidence[]): string[] {
  const open = evidence.filter(({ role, verdict }) => role === 'escalation' && verdict === 'unchecked');
  return [...new Set(open.flatMap(({ kind }) => CHECKS_OF[kind]))];
}
