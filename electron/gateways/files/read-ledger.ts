import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from '../../../shared/domain/json/read.ts';
import { readUuid } from '../../../shared/domain/uuid.ts';
import { isBlobMember, readAuditEvent } from '../../../shared/domain/wire/audit-event.ts';
import { RECORD_BYTES, readRecord } from '../../../shared/domain/wire/record.ts';
import { judgeActiveLists, readActiveLists } from './active-lists.ts';
import { buildEscalation, type EventRow } from './build-escalation.ts';
import { cellText, type LedgerFile, type LedgerRow, openLedgerFile } from './ledger-file.ts';
import { type KnownTenants, type LedgerKey, parseLedgerKey } from './ledger-keys.ts';
import { tenantsOf } from './ledger-tenants.ts';
import { lossyText, type Outbox, type Place } from './outbox.ts';
import { ScratchIndex } from './scratch-index.ts';

/** What one source is read with. */
export interface ReadContext {
  readonly outbox: Outbox;
  readonly asked: readonly string[];
  /** When the import began, in milliseconds since 1970. */
  readonly now: number;
  /** A private folder for this source alone. */
  readonly folder: string;
}

const EVENT_BYTES = 160 * 1024 * 1024;
const PROGRESS_EVERY = 500;

/** Reads a vex.db whole: records with their events, findings on the lists, the tenants' audit rows as they came. */
export async function readLedger(path: string, source: string, context: ReadContext): Promise<void> {
  context.outbox.checking((await stat(path)).size);
  const file = await openLedgerFile(path, context.folder);
  const index = new ScratchIndex(join(context.folder, 'scratch.db'));
  try {
    await new LedgerReader(file, index, source, context).read();
  } finally {
    index.close();
    file.close();
  }
}

class LedgerReader {
  private readonly file: LedgerFile;
  private readonly index: ScratchIndex;
  private readonly source: string;
  private readonly context: ReadContext;
  private readonly outbox: Outbox;
  private readonly known: KnownTenants;

  constructor(file: LedgerFile, index: ScratchIndex, source: string, context: ReadContext) {
    this.file = file;
    this.index = index;
    this.source = source;
    this.context = context;
    this.outbox = context.outbox;
    this.known = tenantsOf(file, context.asked);
  }

  async read(): Promise<void> {
    const total = this.file.count();
    if (this.context.asked.length === 0) for (const tenant of this.known.taken) this.outbox.take(tenant);
    this.outbox.progress(0, total, 'rows');
    const lists = await readActiveLists(this.file, this.known, this.index, this.outbox, this.source);
    this.indexEvents(total);
    let done = 0;
    for (const row of this.file.rows()) {
      this.readRow(row);
      done += 1;
      if (done % PROGRESS_EVERY === 0) this.outbox.progress(done, total, 'rows');
      await this.outbox.pace();
    }
    await judgeActiveLists(lists, this.index, this.outbox, this.source);
    await this.outbox.flush();
    this.outbox.progress(total, total, 'rows');
  }

  /** Where each audit event lies: by its own id, by the escalation it asks about, by the one it decides. */
  private indexEvents(total: number): void {
    let seen = 0;
    for (const { row, key, eventType, escalationId, resolvesId } of this.file.events()) {
      seen += 1;
      if (seen % PROGRESS_EVERY === 0) this.outbox.progress(0, total, 'rows');
      const parsed = parseLedgerKey(cellText(key) ?? '', this.known);
      if (parsed.kind !== 'event') continue;
      const id = readUuid(parsed.name)?.uuid;
      if (id !== undefined) this.index.addEvent(parsed.tenant, 'id', id, row);
      if (eventType === 'ESCALATION' && escalationId !== null) {
        this.index.addEvent(parsed.tenant, 'escalation', escalationId, row);
      }
      if (eventType === 'HUMAN_OVERRIDE' && resolvesId !== null) {
        this.index.addEvent(parsed.tenant, 'resolves', resolvesId, row);
      }
    }
  }

  private readRow(row: LedgerRow): void {
    if (row.key === null) return this.refuse('', 'NOT_TEXT', row);
    const text = cellText(row.key);
    if (text === null) return this.refuse(lossyText(row.key), 'NOT_UTF8', row);
    const key = parseLedgerKey(text, this.known);
    this.outbox.count(kindName(key));
    if (key.kind === 'record') return this.readRecord(row, key, text);
    if (key.kind === 'ambiguous' || key.kind === 'empty-tenant') {
      if (key.record) this.outbox.refused += 1;
      return this.refuse(text, key.kind === 'ambiguous' ? 'AMBIGUOUS_KEY' : 'EMPTY_TENANT', row);
    }
    if ('tenant' in key && key.kind !== 'active') this.keepAuditRow(row, key.tenant, text);
  }

  private readRecord(row: LedgerRow, key: Extract<LedgerKey, { kind: 'record' }>, text: string): void {
    const place: Place = { source: this.source, locator: text };
    const escalationId = key.id;
    const refuse = (code: Parameters<Outbox['addFinding']>[1], message?: string) => {
      this.outbox.refused += 1;
      const more = { escalationId, ...(message === undefined ? {} : { message }) };
      this.outbox.addFinding(place, code, row.value === null ? more : { ...more, text: row.value });
    };
    if (row.valueType !== 'text') return refuse('NOT_TEXT');
    if (row.value === null || row.value.length > RECORD_BYTES) return refuse('TOO_LARGE');
    const read = readRecord(row.value, this.context.now);
    if (!read.ok) return refuse(read.code, read.message);
    if (read.record.escalation_id !== key.id) return refuse('KEY_MISMATCH');
    const state = read.record.status === 'ESCALATED' ? 'active' : 'decided';
    const listPosition = this.index.seeRecord(key.tenant, key.id, state);
    const request = this.requestEvent(key.tenant, key.id, read.record.escalation_event_id);
    const resolution = this.resolutionEvent(key.tenant, key.id, read.record.resolution_event_id);
    const built = buildEscalation({ read, row: row.value, ledger: { request, resolution, listPosition } });
    for (const code of built.codes) this.outbox.addFinding(place, code, { escalationId });
    for (const finding of built.textFindings) this.outbox.addTextFinding(place, escalationId, finding);
    this.outbox.addRecord(key.tenant, place, built.row);
  }

  /** The event that asks: by the record's escalation_event_id, else by the escalation that it names. */
  private requestEvent(tenant: string, id: string, eventId: string): EventRow | null {
    const asks = ({ event }: EventRow) =>
      event.request !== null &&
      (event.escalation_id === null || event.escalation_id === id || isRedacted(event.escalation_id));
    const own = this.event(this.index.eventRow(tenant, 'id', eventId));
    if (own !== null && asks(own)) return own;
    const named = this.event(this.index.eventRow(tenant, 'escalation', id));
    return named !== null && named.event.escalation_id === id && asks(named) ? named : null;
  }

  /** The event that decides: by the record's resolution_event_id, else by the escalation that it resolves. */
  private resolutionEvent(tenant: string, id: string, eventId: string | undefined): EventRow | null {
    const decides = ({ event }: EventRow) =>
      event.type === 'HUMAN_OVERRIDE' && (event.outcome?.resolves === id || isRedacted(event.outcome?.resolves));
    const own = eventId === undefined ? null : this.event(this.index.eventRow(tenant, 'id', eventId));
    if (own !== null && decides(own)) return own;
    const named = this.event(this.index.eventRow(tenant, 'resolves', id));
    return named !== null && decides(named) ? named : null;
  }

  private event(row: bigint | null): EventRow | null {
    const bytes = row === null ? null : (this.file.row(row)?.value ?? null);
    if (bytes === null) return null;
    const json = readJson(bytes, { bytes: EVENT_BYTES, byteArrays: isBlobMember });
    const event = json.ok ? readAuditEvent(json.value) : null;
    return json.ok && event !== null ? { bytes, value: json.value, event } : null;
  }

  /** The source's own audit rows are kept byte for byte, whatever they say. */
  private keepAuditRow(row: LedgerRow, tenant: string, key: string): void {
    if (row.key === null || row.value === null) {
      return this.refuse(key, row.valueType === 'text' ? 'TOO_LARGE' : 'NOT_TEXT', row);
    }
    const { createdAt, updatedAt } = row;
    this.outbox.addSourceRow(tenant, { key: row.key, value: row.value, createdAt, updatedAt });
  }

  private refuse(locator: string, code: Parameters<Outbox['addFinding']>[1], row: LedgerRow): void {
    this.outbox.addFinding({ source: this.source, locator }, code, row.value === null ? {} : { text: row.value });
  }
}

/** Upstream redacts any text of 32 or more letters and digits, an escalation's id too. */
function isRedacted(text: string | undefined): boolean {
  return text === '[REDACTED]';
}

function kindName({ kind }: LedgerKey): string {
  const names: Partial<Record<LedgerKey['kind'], string>> = {
    'other-tenant': 'OTHER_TENANT',
    foreign: 'FOREIGN_KEY',
    ambiguous: 'AMBIGUOUS_KEY',
    'empty-tenant': 'EMPTY_TENANT',
  };
  return names[kind] ?? kind;
}
