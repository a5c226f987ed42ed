import { DeskError } from '../../../../shared/domain/errors.ts';
import type { EvidenceReport } from '../../../../shared/domain/verdict.ts';
import type { FileVerifier } from '../../../desk/file-verifier.ts';
import type { Command } from '../command.ts';
import { readEvidenceFile } from '../evidence-file.ts';
import { usageError } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { printVerdict } from '../print-verdict.ts';
import { askedOf } from '../verify-options.ts';
import { VerifyTally } from '../verify-tally.ts';

export const verify: Command = {
  name: 'verify',
  summary:
    'verifies packets, capsules, tokens, bundles, checkpoints, proofs and signed manifests by a trust file; needs no store and no network',
  help: `verify FILE... [--trust FILE] [--role escalation|resolution] [--at INSTANT] [--opening FILE]
       [--allow-unchecked CHECK]... [--previous FILE]
  Without --trust no key is trusted: signatures are unchecked. --at: the instant to judge lifetimes by, now when left
  out. --opening: JSON {"prompt", "salt_hex"} that opens a shadow intent's commitment. --allow-unchecked: that check
  counts as passed, for the exit code alone. --previous: a checkpoint or bundle kept from before, which bundles,
  checkpoints and proofs of the log must follow. A signed manifest, FILE.manifest.dsse.json, is judged with FILE and
  FILE.manifest.json beside it.
  Exit: 0 all verified, 1 something failed, 2 something could not be read, 6 nothing failed but something unchecked.

Example: verify decision.vep --trust trust.json --role resolution --json`,
  options: {
    trust: { type: 'string' },
    role: { type: 'string' },
    previous: { type: 'string' },
    at: { type: 'string' },
    opening: { type: 'string' },
    'allow-unchecked': { type: 'string', multiple: true },
  },
  store: 'none',
  async run(invocation) {
    const { terminal, positionals, values, stop } = invocation;
    if (positionals.length === 0) throw usageError('verify needs at least one file. Nothing was judged.');
    const { judge, allowed } = await askedOf(invocation);
    const tally = new VerifyTally(allowed);
    await judgeAll(invocation, judge, tally);
    tally.tellUnreadable(terminal);
    if (stop.aborted) throw stopped(tally.judged, positionals.length);
    if (values.opening !== undefined && !tally.opened) terminal.note('--opening: no file has a commitment to open.');
    if (values.previous !== undefined && !tally.ofLog)
      terminal.note('--previous: no file is a bundle, a checkpoint or a proof; nothing was compared with it.');
    return tally.exitCode;
  },
};

/** One file after the other, each told as soon as it is judged; one that cannot be read keeps no other from it. */
async function judgeAll({ terminal, positionals, stop }: Invocation, judge: FileVerifier, tally: VerifyTally) {
  for (const file of positionals) {
    const report = await judged(file, judge, stop).catch((error: unknown) => {
      if (!stop.aborted) tally.addUnreadable(file, error);
      return null;
    });
    if (stop.aborted) return;
    if (report === null) continue;
    printVerdict(terminal, { file, report });
    tally.add(report);
  }
}

/** A file of the log may be of any length; of all else no more is held than evidence may have. */
async function judged(file: string, judge: FileVerifier, stop: AbortSignal): Promise<EvidenceReport> {
  const looked = await judge.logFile(file);
  if (looked !== null && looked.report !== null) return looked.report;
  const { bytes, sha256, length } = await readEvidenceFile(file, stop);
  // What came through a pipe could not be looked into before it was read.
  const ofPipe = looked === null ? await judge.logBytes(bytes) : null;
  return ofPipe ?? { ...judge.evidence(bytes), sha256, bytes: length };
}

function stopped(judged: number, all: number): DeskError {
  return new DeskError('CANCELLED', `Stopped. ${judged} of ${all} files were judged; what is printed of them holds.`);
}
