import { createHash } from 'node:crypto';
import type { Check } from '../../../shared/domain/verdict.ts';
import { check } from '../../evidence/packet/packet-checks.ts';
import type { ArchiveEntry } from '../archive/archive-form.ts';
import { type Archive, EVIDENCE_NAME } from '../archive/archive-reader.ts';
import { splitLines } from '../archive/lines.ts';
import { sumLine } from '../bundle/bundle-files.ts';
import { evidenceFile, evidenceShard, MANIFEST, MANIFEST_ENVELOPE, SHARD, SUMS } from '../bundle/layout.ts';
import { extentOf, type Manifest } from '../bundle/manifest.ts';
import { readEvidenceLine } from '../log/entry-line.ts';

/** From the worst to the least: the first that was found names the check. */
const FAULTS = [
  'FILE_MISSING',
  'FILE_EXTRA',
  'FILE_ORDER',
  'FILE_DIFFERS',
  'EVIDENCE_DIFFERS',
  'SUMS_DIFFER',
  'EVIDENCE_INDEX',
] as const;
type FaultCode = (typeof FAULTS)[number];

export interface CheckedFiles {
  readonly check: Check;
  /** The listed files that have the bytes that the manifest says: no other is looked into. */
  readonly sound: ReadonlySet<string>;
}

/**
 * Whether the container holds exactly the manifest's files and the evidence of its index, each with its SHA-256 (S73).
 * verified: FILES_MATCH. Throws ArchiveFault (DAMAGED) where a file's checksum does not hold.
 */
export async function checkFiles(archive: Archive, manifest: Manifest): Promise<CheckedFiles> {
  const scan = new FileScan(manifest);
  for await (const entry of archive.entries()) {
    const sha256 = createHash('sha256');
    for await (const piece of archive.content(entry)) sha256.update(piece);
    scan.file(entry, sha256.digest('hex'));
  }
  scan.end();
  await scanIndex(archive, manifest, scan);
  return { check: scan.check(), sound: scan.sound };
}

class FileScan {
  readonly sound = new Set<string>();
  evidence = 0;
  private readonly expected: string[];
  private readonly listed: ReadonlyMap<string, Manifest['files'][number]>;
  private readonly faults = new Map<FaultCode, string>();
  private readonly found: string[] = [];
  private readonly sums = createHash('sha256');
  private sumsDone = false;

  constructor({ files }: Manifest) {
    this.expected = [...files.map(({ name }) => name), MANIFEST, MANIFEST_ENVELOPE];
    this.listed = new Map(files.map((file) => [file.name, file]));
  }

  fault(code: FaultCode, detail: string): void {
    if (!this.faults.has(code)) this.faults.set(code, detail);
  }

  file({ name, bytes }: ArchiveEntry, sha256: string): void {
    if (name === SUMS) this.endSums();
    if (!this.sumsDone) this.sums.update(sumLine({ name, sha256 }));
    if (EVIDENCE_NAME.test(name)) this.piece(name, sha256);
    else this.named(name, bytes, sha256);
  }

  private named(name: string, bytes: number, sha256: string): void {
    this.found.push(name);
    const listed = this.listed.get(name);
    if (listed === undefined) {
      if (!this.expected.includes(name)) this.fault('FILE_EXTRA', `${name} is in the bundle, but not in its manifest.`);
    } else if (listed.sha256 === sha256 && listed.bytes === bytes) this.sound.add(name);
    else this.fault('FILE_DIFFERS', `${name} has other bytes than the manifest says.`);
  }

  private piece(name: string, sha256: string): void {
    this.evidence += 1;
    if (!name.startsWith(`evidence/${sha256}.`))
      this.fault('EVIDENCE_DIFFERS', `${name} has other bytes than its name says.`);
    const next = this.expected[this.found.length] ?? '';
    if (!next.startsWith('evidence/')) this.fault('FILE_ORDER', `${name} does not stand before its index.`);
  }

  private endSums(): void {
    this.sumsDone = true;
    if (this.sums.digest('hex') === this.listed.get(SUMS)?.sha256) return;
    this.fault('SUMS_DIFFER', `${SUMS} does not name the files as they are.`);
  }

  end(): void {
    const missing = this.expected.find((name) => !this.found.includes(name));
    if (missing !== undefined) this.fault('FILE_MISSING', `${missing} is in the manifest, but not in the bundle.`);
    const misplaced = this.found.find((name, n) => this.expected[n] !== name);
    if (misplaced !== undefined) this.fault('FILE_ORDER', `${misplaced} is not in its place.`);
  }

  check(): Check {
    const code = FAULTS.find((one) => this.faults.has(one));
    if (code !== undefined) return check('files', 'failed', code, this.faults.get(code) ?? '');
    const count = this.expected.length + this.evidence;
    return check('files', 'verified', 'FILES_MATCH', `All ${count} files are those that the manifest names.`);
  }
}

/** The index of evidence against the pieces that are there: both ascend, so that one walk of both is enough. */
async function scanIndex(archive: Archive, manifest: Manifest, scan: FileScan): Promise<void> {
  const { evidence } = extentOf(manifest);
  const shards = Array.from({ length: Math.ceil(evidence / SHARD) }, (_, n) => evidenceShard(n));
  if (shards.some((name) => !scan.sound.has(name))) return;
  const counts = { file: 0, hash: 0, removed: 0 };
  const pieces = piecesOfEvidence(archive);
  let last = '';
  for await (const line of indexLines(archive, manifest)) {
    if (line === null || line.sha256 <= last)
      return scan.fault('EVIDENCE_INDEX', 'The index of evidence is not in order.');
    last = line.sha256;
    counts[line.kept] += 1;
    if (line.kept !== 'file') continue;
    const piece = (await pieces.next()).value;
    if (piece?.name !== evidenceFile(line.sha256, line.kind) || piece.bytes !== line.bytes) {
      return scan.fault('EVIDENCE_INDEX', `The index names evidence ${line.sha256}, which is not here as it says.`);
    }
  }
  const { files, hashes, removed } = manifest.evidence;
  const counted = counts.file === files && counts.hash === hashes && counts.removed === removed;
  if (!counted || scan.evidence !== files)
    scan.fault('EVIDENCE_INDEX', 'There is evidence that the index does not name.');
}

async function* piecesOfEvidence(archive: Archive): AsyncGenerator<ArchiveEntry, undefined> {
  for await (const entry of archive.entries()) if (EVIDENCE_NAME.test(entry.name)) yield entry;
}

/** The lines of the index, over all its shards; null for one that is none, or in a shard that is too long or short. */
export async function* indexLines(
  archive: Archive,
  manifest: Manifest,
): AsyncGenerator<ReturnType<typeof readEvidenceLine>> {
  const { evidence } = extentOf(manifest);
  for (let n = 0; n * SHARD < evidence; n += 1) {
    yield* shardLines(archive, evidenceShard(n), Math.min(SHARD, evidence - n * SHARD), readEvidenceLine);
  }
}

/** The lines of a shard, each read; a null more where it has not exactly `count`. */
export async function* shardLines<T>(
  archive: Archive,
  name: string,
  count: number,
  read: (line: Uint8Array | null) => T | null,
): AsyncGenerator<T | null> {
  const entry = archive.files.get(name);
  let lines = 0;
  if (entry !== undefined) {
    for await (const line of splitLines(archive.content(entry))) {
      lines += 1;
      yield lines > count ? null : read(line);
    }
  }
  if (lines < count) yield null;
}
