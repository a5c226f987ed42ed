import { DeskError } from '../../../shared/domain/errors.ts';
import { packLines } from '../archive/lines.ts';
import {
  type EvidenceLine,
  envelopeIn,
  writeEntryLine,
  writeEvidenceLine,
  writeStatementLine,
} from '../log/entry-line.ts';
import type { BundleFiles } from './bundle-files.ts';
import type { BundledEvidence, BundleInput } from './bundle-input.ts';
import { entriesShard, evidenceFile, evidenceShard, SHARD, statementsShard } from './layout.ts';
import type { Manifest } from './manifest.ts';
import { damagedLog, leafOf, type Tally } from './tally.ts';

/** The entries of the range, in shards. */
export async function addEntries(input: BundleInput, tally: Tally, files: BundleFiles): Promise<void> {
  const lines = (async function* () {
    for await (const entry of input.entries()) yield writeEntryLine(tally.lineOf(entry));
  })();
  await addShards(lines, input.range.to - input.range.from, entriesShard, files);
}

/** The decisions' envelopes once more, by themselves, for tools that know DSSE and nothing of this log. */
export async function addStatements(input: BundleInput, tally: Tally, files: BundleFiles): Promise<void> {
  await addShards(statementLines(input), tally.signed, statementsShard, files);
}

async function* statementLines({ decisions }: BundleInput): AsyncGenerator<string> {
  for await (const { seq, leaf } of decisions()) {
    const envelope = envelopeIn(leafOf(leaf, seq).leaf);
    if (envelope !== undefined && envelope !== null) yield writeStatementLine(seq, envelope);
  }
}

/** Exactly `count` lines; what was counted before must not have changed since. */
async function addShards(
  lines: AsyncGenerator<string>,
  count: number,
  name: (n: number) => string,
  files: BundleFiles,
): Promise<void> {
  for (let done = 0; done < count; done += SHARD) {
    await files.list(name(done / SHARD), packLines(taken(lines, Math.min(SHARD, count - done))));
  }
  if ((await lines.next()).done !== true) throw changedLog();
}

async function* taken(lines: AsyncGenerator<string>, count: number): AsyncGenerator<string> {
  for (let n = 0; n < count; n += 1) {
    const next = await lines.next();
    if (next.done === true) throw changedLog();
    yield next.value;
  }
}

function changedLog(): DeskError {
  return damagedLog('The log gave another number of entries than its range has.');
}

export type EvidenceCounts = Manifest['evidence'];

/** What the whole entries name, each piece once, in the order of their hashes; its index after every shard of pieces. */
export async function addEvidence(input: BundleInput, tally: Tally, files: BundleFiles): Promise<EvidenceCounts> {
  const counts = { files: 0, hashes: 0, removed: 0 };
  let [lines, shard]: [string[], number] = [[], 0];
  const closeShard = () => files.list(evidenceShard(shard), packLines(lines));
  const { count, hexes } = tally.named.ascending();
  for await (const { sha256, piece } of input.evidence(hexes)) {
    if (lines.length === SHARD) {
      await closeShard();
      [lines, shard] = [[], shard + 1];
    }
    const line = await addPiece(sha256, piece, files);
    counts[COUNTED[line.kept]] += 1;
    lines.push(writeEvidenceLine(line));
  }
  if (lines.length > 0) await closeShard();
  if (counts.files + counts.hashes + counts.removed !== count) throw damagedLog('Not all evidence was given.');
  return counts;
}

const COUNTED = { file: 'files', hash: 'hashes', removed: 'removed' } as const;

async function addPiece(sha256: string, piece: BundledEvidence | null, files: BundleFiles): Promise<EvidenceLine> {
  if (piece === null) return { sha256, kept: 'removed' };
  const { kind, bytes, content } = piece;
  if (content === null) return { sha256, kept: 'hash', kind, bytes };
  const written = await files.add(evidenceFile(sha256, kind), content);
  if (written.sha256 === sha256) return { sha256, kept: 'file', kind, bytes: written.bytes };
  throw new DeskError(
    'INTEGRITY_FAILED',
    `The evidence kept as ${sha256} has other bytes. No bundle was written; nothing was changed. Verify the log to see what else differs.`,
    { sha256 },
  );
}
