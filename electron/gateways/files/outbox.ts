import type { Finding } from '../../../shared/domain/escalation.ts';
import type { ImportCode } from '../../../shared/domain/import-codes.ts';
import { describeImportCode } from '../../../shared/domain/import-codes.ts';
import type { NewEscalation, SourceRow } from '../../store/ledger-store.ts';
import {
  type DecisionClaim,
  MAX_BATCH_BYTES,
  MAX_BATCH_FINDINGS,
  MAX_BATCH_RECORDS,
  MAX_BATCH_SOURCE_ROWS,
  type ReaderBundle,
  type ReaderFinding,
  type ReaderMessage,
  type ReaderPacket,
  type ReaderRecord,
} from './reader-protocol.ts';

/** Where a row stands: the source's name and the row's key, line or index in it. */
export interface Place {
  readonly source: string;
  readonly locator: string;
}

/** What the report says of an escalation: by import code, and in other words of the closed list. */
export interface Said {
  readonly codes: readonly ImportCode[];
  readonly textFindings: readonly Finding[];
}

/** A refused row's text is kept whole up to here. */
const TEXT_BYTES = 1024 * 1024;

interface Pending {
  records: ReaderRecord[];
  sourceRows: SourceRow[];
}

/**
 * Collects what the reader finds into batches of one tenant each and sends them, one at a time: `deliver` settles when
 * the desk asks for the next one. Counts what was read as it goes.
 */
export class Outbox {
  readonly rows: Record<string, number> = {};
  refused = 0;
  private readonly post: (message: ReaderMessage) => void;
  private readonly asked: () => Promise<void>;
  private readonly pending = new Map<string, Pending>();
  private readonly taken = new Set<string>();
  private findings: ReaderFinding[] = [];
  private records = 0;
  private sourceRows = 0;
  private bytes = 0;

  constructor(post: (message: ReaderMessage) => void, asked: () => Promise<void>) {
    this.post = post;
    this.asked = asked;
  }

  /** Tenants of which rows were taken. */
  get tenants(): string[] {
    return [...this.taken];
  }

  /** Notes that rows of this tenant are read, though it may have none. */
  take(tenant: string): void {
    this.taken.add(tenant);
  }

  count(kind: string): void {
    this.rows[kind] = (this.rows[kind] ?? 0) + 1;
  }

  /** A whole escalation, what there is to say of it, and what its line claims of its decision. */
  addEscalation(tenant: string, place: Place, row: NewEscalation, said: Said, claim?: DecisionClaim): void {
    const escalationId = row.record.escalation_id;
    for (const code of said.codes) this.addFinding(place, code, { escalationId });
    for (const finding of said.textFindings)
      this.add({ ...place, escalationId, severity: 'finding', text: null, ...finding });
    this.of(tenant).records.push({
      ...place,
      row: row as ReaderRecord['row'],
      ...(claim === undefined ? {} : { claim }),
    });
    this.records += 1;
    const evidence = row.evidence.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const texts = [row.request?.raw, row.record.continuation_token, payloadOf(claim)];
    this.bytes += texts.reduce((sum, text) => sum + (text?.length ?? 0), evidence + 512);
  }

  addSourceRow(tenant: string, row: SourceRow): void {
    this.of(tenant).sourceRows.push(row);
    this.sourceRows += 1;
    this.bytes += row.key.length + row.value.length;
  }

  /** A finding by its code; `text` is a refused row as it came, whatever it is. */
  addFinding(
    place: Place,
    code: ImportCode,
    more: { escalationId?: string; message?: string; text?: Uint8Array } = {},
  ): void {
    const { escalationId, message, text } = more;
    const described = describeImportCode(code);
    this.add({
      source: place.source,
      locator: place.locator,
      ...(escalationId === undefined ? {} : { escalationId }),
      ...described,
      message: message ?? described.message,
      text: text === undefined || text.length > TEXT_BYTES ? null : lossyText(text),
    });
  }

  progress(done: number, total: number | null, unit: string): void {
    this.post({ type: 'progress', done, total, unit });
  }

  checking(bytes: number): void {
    this.post({ type: 'checking', bytes });
  }

  /** Sends what has gathered when it is a batch full; to be called after every row. */
  async pace(): Promise<void> {
    const full =
      this.records >= MAX_BATCH_RECORDS ||
      this.sourceRows >= MAX_BATCH_SOURCE_ROWS ||
      this.findings.length >= MAX_BATCH_FINDINGS ||
      this.bytes >= MAX_BATCH_BYTES;
    if (full) await this.flush();
  }

  async flush(): Promise<void> {
    // Findings are soon stored, batches are not: with the batch last, the reader makes the next one meanwhile.
    if (this.findings.length > 0) await this.deliver({ type: 'findings', findings: this.findings });
    this.findings = [];
    for (const [tenant, { records, sourceRows }] of this.pending) {
      if (records.length + sourceRows.length > 0) await this.deliver({ type: 'batch', tenant, records, sourceRows });
    }
    this.pending.clear();
    this.records = 0;
    this.sourceRows = 0;
    this.bytes = 0;
  }

  async deliverPacket(packet: Omit<ReaderPacket, 'type'>): Promise<void> {
    await this.deliver({ type: 'packet', ...packet });
  }

  async deliverBundle(bundle: Omit<ReaderBundle, 'type'>): Promise<void> {
    await this.deliver({ type: 'bundle', ...bundle });
  }

  private async deliver(message: ReaderMessage): Promise<void> {
    this.post(message);
    await this.asked();
  }

  private of(tenant: string): Pending {
    this.taken.add(tenant);
    let pending = this.pending.get(tenant);
    if (pending === undefined) {
      pending = { records: [], sourceRows: [] };
      this.pending.set(tenant, pending);
    }
    return pending;
  }

  private add(finding: ReaderFinding): void {
    this.findings.push(finding);
    this.bytes += (finding.text?.length ?? 0) + 256;
  }
}

function payloadOf(claim: DecisionClaim | undefined): string | undefined {
  const statement = claim?.statement ?? null;
  return statement === null || statement === 'other-form' ? undefined : statement.envelope.payload;
}

/** Text for a person to look at: bytes that are no UTF-8 become U+FFFD. */
export function lossyText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
