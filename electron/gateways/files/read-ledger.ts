import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportCode } from '../../../shared/domain/import-codes.ts';
import { readUuid } from '../../../shared/domain/uuid.ts';
import { RECORD_BYTES, readRecord } from '../../../shared/domain/wire/record.ts';
import { judgeActiveLists, readActiveLists } from './active-lists.ts';
import { judgeAuditChains } from './audit-chain.ts';
import { buildEscalation } from './build-escalation.ts';
import { asksAbout, decidesOn, type EventRow, readEventRow } from './event-row.ts';
import { cellText, type LedgerFile, type LedgerRow, openLedgerFile } from './ledger-file.ts';
import { type KnownTenants, type LedgerKey, parseLedgerKey } from './ledger-keys.ts';
import { tenantsOf } from './ledger-tenants.ts';
import { lossyText, type Outbox } from './outbox.ts';
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

/** Why a row is not taken over; `record`: an escalation is refused with it. */
interface Refusal {
  readonly locator: string;
  readonly code: ImportCode;
  readonly record: boolean;
  readonly escalationId?: string;
  readonly message?: string;
}

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
    await judgeAuditChains(this.file, this.known, this.index, this.outbox, this.source);
    await this.outbox.flush();
    this.outbox.progress(total, total, 'rows');
  }

  /** Where each audit event lies: by its own id, by what it asks about, by what it decides; and what it follows. */
  private indexEvents(total: number): void {
    let seen = 0;
    for (const { row, key, eventType, escalationId, resolvesId, ...link } of this.file.events()) {
      seen += 1;
      if (seen % PROGRESS_EVERY === 0) this.outbox.progress(0, total, 'rows');
      const parsed = parseLedgerKey(cellText(key) ?? '', this.known);
      if (parsed.kind !== 'event') continue;
      const id = readUuid(parsed.name)?.uuid;
      if (id !== undefined) {
        this.index.addEvent(parsed.tenant, 'id', id, row);
        this.index.addLink(parsed.tenant, id, link);
      }
      if (eventType === 'ESCALATION' && escalationId !== null) {
        this.index.addEvent(parsed.tenant, 'escalation', escalationId, row);
      }
      if (eventType === 'HUMAN_OVERRIDE' && resolvesId !== null) {
        this.index.addEvent(parsed.tenant, 'resolves', resolvesId, row);
      }
    }
  }

  private readRow(row: LedgerRow): void {
    const refusal = this.takeRow(row);
    if (refusal === null) return;
    const { code, locator, record, ...more } = refusal;
    if (record) this.outbox.refused += 1;
    const place = { source: this.source, locator };
    this.outbox.addFinding(place, code, row.value === null ? more : { ...more, text: row.value });
  }

  /** Takes the row over, or says why not. */
  private takeRow(row: LedgerRow): Refusal | null {
    if (row.key === null) return { locator: '', code: 'NOT_TEXT', record: false };
    const text = cellText(row.key);
    if (text === null) return { locator: lossyText(row.key), code: 'NOT_UTF8', record: false };
    const key = parseLedgerKey(text, this.known);
    this.outbox.count(kindName(key));
    if (key.kind === 'record') return this.takeRecord(row, key, text);
    if (key.kind === 'ambiguous') return { locator: text, code: 'AMBIGUOUS_KEY', record: key.record };
    if (key.kind === 'empty-tenant') return { locator: text, code: 'EMPTY_TENANT', record: key.record };
    return 'tenant' in key && key.kind !== 'active' ? this.keepAuditRow(row, key.tenant, text) : null;
  }

  private takeRecord(row: LedgerRow, key: Extract<LedgerKey, { kind: 'record' }>, locator: string): Refusal | null {
    const escalationId = key.id;
    const refusal = (code: ImportCode) => ({ locator, code, escalationId, record: true });
    if (row.valueType !== 'text') return refusal('NOT_TEXT');
    if (row.value === null || row.value.length > RECORD_BYTES) return refusal('TOO_LARGE');
    const read = readRecord(row.value, this.context.now);
    if (!read.ok) return { ...refusal(read.code), message: read.message };
    if (read.record.escalation_id !== key.id) return refusal('KEY_MISMATCH');
    const state = read.record.status === 'ESCALATED' ? 'active' : 'decided';
    const listPosition = this.index.seeRecord(key.tenant, key.id, state);
    const request = this.requestEvent(key.tenant, key.id, read.record.escalation_event_id);
    const resolution = this.resolutionEvent(key.tenant, key.id, read.record.resolution_event_id);
    const built = buildEscalation({ read, row: row.value, ledger: { request, resolution, listPosition } });
    this.outbox.addEscalation(key.tenant, { source: this.source, locator }, built.row, built);
    return null;
  }

  /** The event that asks: by the record's escalation_event_id, else by the escalation that it names. */
  private requestEvent(tenant: string, id: string, eventId: string): EventRow | null {
    const own = this.event(this.index.eventRow(tenant, 'id', eventId));
    if (own !== null && asksAbout(own, id)) return own;
    const named = this.event(this.index.eventRow(tenant, 'escalation', id));
    return named !== null && named.event.escalation_id === id && asksAbout(named, id) ? named : null;
  }

  /** The event that decides: by the record's resolution_event_id, else by the escalation that it resolves. */
  private resolutionEvent(tenant: string, id: string, eventId: string | undefined): EventRow | null {
    const own = eventId === undefined ? null : this.event(this.index.eventRow(tenant, 'id', eventId));
    if (own !== null && decidesOn(own, id)) return own;
    const named = this.event(this.index.eventRow(tenant, 'resolves', id));
    return named !== null && decidesOn(named, id) ? named : null;
  }

  private event(row: bigint | null): EventRow | null {
    const bytes = row === null ? null : (this.file.row(row)?.value ?? null);
    return bytes === null ? null : readEventRow(bytes);
  }

  /** The source's own audit rows are kept byte for byte, whatever they say. */
  private keepAuditRow(row: LedgerRow, tenant: string, locator: string): Refusal | null {
    const { key, value, createdAt, updatedAt } = row;
    if (key === null || value === null) {
      return { locator, code: row.valueType === 'text' ? 'TOO_LARGE' : 'NOT_TEXT', record: false };
    }
    this.outbox.addSourceRow(tenant, { key, value, createdAt, updatedAt });
    return null;
  }
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
