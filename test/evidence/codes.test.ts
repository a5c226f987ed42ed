import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyEvidence } from '../../electron/evidence/verify.ts';
import type { EvidenceReport } from '../../shared/domain/verdict.ts';
import { readCorpus } from '../fuzz/corpus.ts';
import { genuineOf } from '../fuzz/judge.ts';
import { runCase } from '../fuzz/run-case.ts';
import { projectRoot } from '../helpers/project-root.ts';

const corpus = readCorpus();
const manual = readFileSync(join(projectRoot, 'docs/formats/evidence.md'), 'utf8');
const documented = new Set(manual.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b[A-Z]{4,}\b/g));

function codesOf(report: EvidenceReport): string[] {
  return [
    ...report.checks.flatMap((check) => [check, ...(check.parts ?? [])].map(({ code }) => code)),
    ...report.findings,
  ];
}

describe('docs/formats/evidence.md', () => {
  it('has every code that the fixtures and mutants of them bring about', () => {
    const seen = new Set<string>();
    const remember = (bytes: Uint8Array, at = corpus.originals[0].at) => {
      for (const role of ['escalation', 'resolution'] as const) {
        const context = { at, trust: corpus.trust, role, escalation: { id: 'esc-44803', event: '' } };
        for (const code of codesOf(verifyEvidence(bytes, context))) seen.add(code);
      }
    };
    for (const { bytes, at } of corpus.originals) remember(bytes, at);
    const genuine = genuineOf(corpus);
    for (let seed = 0; seed < 2_000; seed += 1) remember(runCase(corpus, genuine, seed).bytes);
    expect(seen.size).toBeGreaterThan(60);
    const missing = [...seen].filter((code) => !documented.has(code) && !BINDING.test(code));
    expect(missing).toEqual([]);
  });
});

/** Written as `…_DIFFERS` and the like for each of the four bindings. */
const BINDING = /^(LEDGER_EVENT|AID|ROOT|CIRCUIT)_(DIFFERS|MISSING|UNKNOWN)$/;
