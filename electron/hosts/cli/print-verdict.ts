import { basename, dirname } from 'node:path';
import { fieldFindings } from '../../../shared/domain/text/agent-texts.ts';
import { type Check, type EvidenceReport, worstVerdict } from '../../../shared/domain/verdict.ts';
import { provenBy } from '../../desk/file-verifier.ts';
import { printCheck, TONES, WORD_WIDTH } from './print-check.ts';
import type { Terminal } from './terminal.ts';

/** A file's name, as it was given, and what was found out about its bytes. */
export interface JudgedFile {
  readonly file: string;
  readonly report: EvidenceReport;
}

/** One line of JSON with the members of a Verdict (docs/guide/command-line.md), or a block of lines for people. */
export function printVerdict(terminal: Terminal, judged: JudgedFile): void {
  if (terminal.json) terminal.document(JSON.stringify(verdictJson(judged)));
  else printBlock(terminal, judged);
}

function verdictJson({ file, report }: JudgedFile) {
  const { sha256, bytes, kind, verdict, profile, generation, canonicalization, root, header, findings } = report;
  const checks = report.checks.map(({ name, verdict, code, detail }) => ({ name, verdict, code, detail }));
  return {
    ...{ file, sha256, bytes, kind, verdict, profile, generation, canonicalization, root, header, findings },
    checks,
  };
}

/** What is told of these is what they prove, not how many checks they passed. */
const OF_A_LOG: readonly EvidenceReport['kind'][] = ['bundle', 'checkpoint', 'proof'];

function printBlock(terminal: Terminal, { file, report }: JudgedFile): void {
  const { verdict, kind, bytes, sha256, checks, findings, key } = report;
  terminal.toned(TONES[verdict], verdict.toUpperCase().padEnd(WORD_WIDTH), ` ${file}`);
  terminal.line(`  ${OF_A_LOG.includes(kind) ? provenBy(report) : sentence(checks)}`);
  terminal.line(`  ${kind}, ${bytes} bytes, SHA-256 ${sha256}`);
  for (const line of aboutLines(report)) terminal.line(`  ${line}`);
  for (const check of checks) printCheck(terminal, '  ', check);
  if (key !== null) terminal.line(`  key       ${key.name} (${key.purpose}) ${key.public_hex}`);
  for (const code of findings) terminal.line(`  finding   ${code}`);
  printFlaggedNames(terminal, file, report);
  terminal.line();
}

/** Whoever sends a file or a trust file chose these names. */
function printFlaggedNames(terminal: Terminal, file: string, { key }: EvidenceReport): void {
  const names = [
    { field: 'file name', text: basename(file) },
    { field: 'folder', text: dirname(file) },
    ...(key === null ? [] : [{ field: 'key name', text: key.name }]),
  ];
  for (const { field, code, message } of fieldFindings(names))
    terminal.line(`  flagged   ${field}: ${code}. ${message}`);
}

/** What all the checks together say, in words. */
function sentence(checks: readonly Check[]): string {
  const named = (verdict: Check['verdict']) =>
    checks.filter((check) => check.verdict === verdict).map(({ name }) => name);
  const [failed, unchecked] = [named('failed'), named('unchecked')];
  const of = `${checks.length - failed.length - unchecked.length} of ${checks.length} checks verified`;
  if (worstVerdict(checks.map(({ verdict }) => verdict)) === 'verified') return `All ${checks.length} checks verified.`;
  const words = [
    ...(failed.length > 0 ? [`failed: ${failed.join(', ')}`] : []),
    ...(unchecked.length > 0 ? [`not checked: ${unchecked.join(', ')}`] : []),
  ];
  return `${of}; ${words.join('; ')}.`;
}

function aboutLines({ profile, generation, canonicalization, root, header }: EvidenceReport): string[] {
  const made = [
    ...(profile === null ? [] : [`profile ${profile}`]),
    ...(generation === undefined ? [] : [`generation ${generation}`]),
    ...(canonicalization === undefined ? [] : [`canonicalization ${canonicalization}`]),
  ];
  return [
    ...(made.length === 0 ? [] : [made.join(', ')]),
    ...(root === null ? [] : [`root ${root}`]),
    ...(header === undefined ? [] : [`header version ${header.version}, nonce ${header.nonce}, aid ${header.aid}`]),
  ];
}
