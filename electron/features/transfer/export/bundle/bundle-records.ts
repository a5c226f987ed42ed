import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Escalation, EvidenceKind } from '../../../../../shared/domain/escalation.ts';
import { HashedFile, partialPath } from '../../../../gateways/files/sealed-file.ts';
import { TEXT_FORMATS } from '../../../../gateways/files/text-formats.ts';
import type { ExportRun } from '../export-run.ts';
import type { Redaction } from '../redaction.ts';
import { DigestSet, keyDigest } from './digest-set.ts';

const KINDS: readonly EvidenceKind[] = ['vep', 'capsule', 'token', 'source-row'];
const { 'vex-json': JSON_FORMAT, csv: CSV_FORMAT } = TEXT_FORMATS;

/** The records of a bundle, read once: as the two files that it has of them, and which escalations and evidence they are. */
export interface SpooledRecords {
  readonly count: number;
  readonly selected: DigestSet;
  /** null for evidence of no record here. */
  kindOf(sha256: string): EvidenceKind | null;
  json(): AsyncIterable<Uint8Array>;
  csv(): AsyncIterable<Uint8Array>;
}

/**
 * Reads the records of the query into two temporary files beside `path`, so that they are in the bundle as they were when
 * its log was read; `use` is given them, and the files are gone after. Memory: 8 bytes a record and a piece of evidence.
 */
export async function withSpooledRecords<T>(
  run: ExportRun,
  path: string,
  redaction: Redaction,
  use: (records: SpooledRecords) => Promise<T>,
): Promise<T> {
  const paths = { json: partialPath(path), csv: partialPath(path) };
  try {
    return await use(await spool(run, paths, redaction));
  } finally {
    await rm(paths.json, { force: true });
    await rm(paths.csv, { force: true });
  }
}

async function spool(
  run: ExportRun,
  paths: { json: string; csv: string },
  redaction: Redaction,
): Promise<SpooledRecords> {
  const found = new Found();
  const [json, csv] = [await HashedFile.create(paths.json), await HashedFile.create(paths.csv)];
  try {
    await json.write(JSON_FORMAT.head);
    await csv.write(CSV_FORMAT.head);
    for await (const batch of run.batches()) {
      for (const { escalation } of batch) {
        if (found.count > 0) await json.write(JSON_FORMAT.between);
        const shown = redaction.escalation(escalation);
        await json.write(JSON_FORMAT.record(shown));
        await csv.write(CSV_FORMAT.record(shown));
        found.add(escalation);
      }
    }
    await json.write(JSON_FORMAT.tail);
  } finally {
    await json.end();
    await csv.end();
  }
  return {
    count: found.count,
    selected: found.selected,
    kindOf: (sha256) => found.kindOf(sha256),
    json: () => createReadStream(paths.json),
    csv: () => createReadStream(paths.csv),
  };
}

class Found {
  count = 0;
  readonly selected = new DigestSet();
  readonly #kinds = KINDS.map((kind) => ({ kind, all: new DigestSet() }));

  add({ record, evidence }: Escalation): void {
    this.count += 1;
    this.selected.add(keyDigest({ id: record.escalation_id, event: record.escalation_event_id }));
    for (const { kind, sha256 } of evidence) this.#kinds.find((one) => one.kind === kind)?.all.add(sha256);
  }

  kindOf(sha256: string): EvidenceKind | null {
    return this.#kinds.find(({ all }) => all.has(sha256))?.kind ?? null;
  }
}
