import type { EscalationKey } from '../../../../../shared/domain/escalation.ts';
import type { ImportCode } from '../../../../../shared/domain/import-codes.ts';
import { RECORD_BYTES, readRecord } from '../../../../../shared/domain/wire/record.ts';
import type { Archive } from '../../../../audit/archive/archive-reader.ts';
import { RECORDS_CSV, RECORDS_JSON } from '../../../../audit/bundle/layout.ts';
import { type Manifest, withheldText } from '../../../../audit/bundle/manifest.ts';
import { csvRows } from '../../../../gateways/files/csv-reader.ts';
import { type Piece, splitArray } from '../../../../gateways/files/json-splitter.ts';
import type { Outbox } from '../../../../gateways/files/outbox.ts';
import type { NewEvidence } from '../../../../store/ledger-store.ts';
import { bundledEscalation } from './bundle-escalation.ts';
import type { BundledPieces } from './bundle-evidence.ts';
import type { LoggedEscalations } from './bundle-log.ts';

const PROGRESS_EVERY = 100;

export interface RecordsOrder {
  readonly source: string;
  readonly tenant: string;
  /** When they are read, in milliseconds since 1970. */
  readonly now: number;
  readonly outbox: Outbox;
  /** The source rows that this desk has of an escalation. */
  rowsOf(key: EscalationKey): Promise<NewEvidence[]>;
  progress(done: number, total: number | null, unit: string): void;
}

interface Refusal {
  readonly code: ImportCode;
  readonly message?: string;
}
const TOO_LARGE: Refusal = { code: 'TOO_LARGE' };

/** The records of a bundle that holds, in their order, each with what the log and the evidence of the bundle add to it. */
export class BundledRecords {
  private readonly order: RecordsOrder;
  private readonly logged: LoggedEscalations;
  private readonly pieces: BundledPieces;
  /** Records of which the bundle's log does not have the beginning. */
  private outside = 0;
  private lines: AsyncGenerator<Line> | null = null;

  constructor(order: RecordsOrder, logged: LoggedEscalations, pieces: BundledPieces) {
    this.order = order;
    this.logged = logged;
    this.pieces = pieces;
  }

  async read(archive: Archive, manifest: Manifest): Promise<void> {
    const entry = archive.files.get(RECORDS_JSON);
    const splitter = splitArray(RECORD_BYTES);
    const csv = archive.files.get(RECORDS_CSV);
    if (entry === undefined || csv === undefined) return;
    this.lines = linesOf(archive.content(csv));
    for await (const bytes of archive.content(entry)) await this.takeAll(splitter.push(bytes), manifest);
    await this.takeAll(splitter.end(), manifest);
    for (const message of this.notThere(manifest))
      this.order.outbox.addFinding({ source: this.order.source, locator: '' }, 'BUNDLE_IN_PART', { message });
  }

  private async takeAll(records: Iterable<Piece>, { records: total }: Manifest): Promise<void> {
    const { source, outbox, progress } = this.order;
    for (const { at, bytes } of records) {
      const place = { source, locator: String(at) };
      outbox.count('record');
      const refusal = bytes === null ? TOO_LARGE : await this.take(place, bytes);
      if (refusal !== null) {
        outbox.refused += 1;
        outbox.addFinding(place, refusal.code, bytes === null ? refusal : { ...refusal, text: bytes });
      }
      await outbox.pace();
      if (at % PROGRESS_EVERY === 0) progress(at, total, 'records');
    }
  }

  /** Takes the record over, or says why not. */
  private async take(place: { source: string; locator: string }, text: Uint8Array): Promise<Refusal | null> {
    const line = (await this.lines?.next())?.value;
    const read = readRecord(text, this.order.now);
    if (!read.ok) return read;
    const { escalation_id: id, escalation_event_id: event } = read.record;
    const told = await this.logged.find(event, id);
    const codes = line?.event === event ? line.codes : [];
    const { tenant, outbox, rowsOf } = this.order;
    const beganBefore = told !== null && told.recordedAt === null;
    const known = beganBefore ? await rowsOf({ tenant, id, event }) : [];
    const built = await bundledEscalation({ read, text, told, codes, known }, this.pieces);
    if (built === null) return TOO_LARGE;
    if (told === null || beganBefore) this.outside += 1;
    outbox.addEscalation(tenant, place, built.row, built, built.claim);
    return null;
  }

  private *notThere(manifest: Manifest): Generator<string> {
    const { hashes, removed } = manifest.evidence;
    if (hashes + removed > 0)
      yield `The bundle has ${hashes + removed} pieces of evidence by their hashes alone: they did not come with it.`;
    const withheld = withheldText(manifest);
    if (withheld !== null) yield `The bundle does not have every field of its log: ${withheld}.`;
    if (this.outside > 0)
      yield `Of ${this.outside} records the log of the bundle begins too late: what came before it did not come with it.`;
  }
}

/** What is read of a record's line in the bundle's CSV. */
interface Line {
  readonly event: string | undefined;
  readonly codes: readonly string[];
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line, undefined> {
  let header: string[] | null = null;
  for await (const row of csvRows(bytes)) {
    if (header === null) header = row;
    else {
      const codes = row[header.indexOf('findings')] ?? '';
      yield { event: row[header.indexOf('escalation_event_id')], codes: codes === '' ? [] : codes.split(' ') };
    }
  }
}
