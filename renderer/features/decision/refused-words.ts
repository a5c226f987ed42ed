import type { ErrorFacts } from '../../queries/errors.ts';

/** The sentences of a decision that the desk refused, each with a way on. */
const WORDS = {
  failed: (checks: readonly string[]) =>
    `Not recorded: ${checks.join(', ')} failed. Your form is kept. Type ${checks.length === 1 ? 'its name' : 'each name'} to approve anyway, or reject.`,
  locked: 'Not recorded: your key is locked. Your form is kept. Unlock the key below and commit again.',
  lost: 'Not recorded: what protects your key can’t open it any more. Your form is kept. Bring the key back in Settings, or attach a packet.',
  changed: 'Not recorded: the escalation changed meanwhile. Your form is kept. Look at what changed and commit again.',
};

/** What is said above the form for a refusal; whatever has no sentence here speaks for itself. */
export function refusedWords({ code, message, details }: ErrorFacts): string {
  // A single `check` is one that no name overrides: the desk's own sentence says what to do.
  if (code === 'INTEGRITY_FAILED' && details.check === undefined) {
    const failed = namesIn(details.failed);
    return failed.length === 0 ? message : WORDS.failed(failed);
  }
  if (code === 'UNAUTHORIZED' && details.lost === true) return WORDS.lost;
  if (code === 'UNAUTHORIZED' && details.locked === true) return WORDS.locked;
  return code === 'CONFLICT' && details.view_sha256 !== undefined ? WORDS.changed : message;
}

/** The checks' names in what the desk says of them, each once: `[{ check, … }]`. */
function namesIn(value: unknown): readonly string[] {
  const checks: unknown[] = Array.isArray(value)
    ? value.map((failed) => (failed as { check?: unknown } | null)?.check)
    : [];
  return [...new Set(checks.filter((name) => typeof name === 'string'))];
}
