import { type Check, type EvidenceReport, worstVerdict } from '../../../shared/domain/verdict.ts';
import type { Terminal, Tone } from './terminal.ts';

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

const TONES = { verified: 'good', failed: 'bad', unchecked: 'open' } as const satisfies Record<string, Tone>;

/** The widest of the checks' names that a packet has; longer ones push their own line only. */
const NAME_WIDTH = 15;
const WORD_WIDTH = 9;

function printBlock(terminal: Terminal, { file, report }: JudgedFile): void {
  const { verdict, kind, bytes, sha256, checks, findings, key } = report;
  terminal.toned(TONES[verdict], verdict.toUpperCase().padEnd(WORD_WIDTH), ` ${file}`);
  terminal.line(`  ${sentence(checks)}`);
  terminal.line(`  ${kind}, ${bytes} bytes, SHA-256 ${sha256}`);
  for (const line of aboutLines(report)) terminal.line(`  ${line}`);
  for (const check of checks) printCheck(terminal, check);
  if (key !== null) terminal.line(`  key       ${key.name} (${key.purpose}) ${key.public_hex}`);
  for (const code of findings) terminal.line(`  finding   ${code}`);
  terminal.line();
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

/** A check that is made of several has a line for each, the first beside its name. */
function printCheck(terminal: Terminal, { name, parts = [], ...outcome }: Check): void {
  const lines = parts.length > 0 ? parts : [outcome];
  for (const [n, line] of lines.entries()) printOutcome(terminal, n === 0 ? name : '', line);
}

function printOutcome(
  terminal: Terminal,
  name: string,
  { verdict, code, detail }: Omit<Check, 'name' | 'parts'>,
): void {
  terminal.toned(TONES[verdict], `  ${verdict.padEnd(WORD_WIDTH)}`, ` ${name.padEnd(NAME_WIDTH)} ${detail} (${code})`);
}
