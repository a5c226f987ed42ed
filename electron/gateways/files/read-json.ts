import { readFile, stat } from 'node:fs/promises';
import type { ImportCode } from '../../../shared/domain/import-codes.ts';
import { memberBytes } from '../../../shared/domain/json/member-text.ts';
import { readJson } from '../../../shared/domain/json/read.ts';
import { JsonObject, type JsonValue, textOf } from '../../../shared/domain/json/value.ts';
import { RECORD_BYTES, readRecord } from '../../../shared/domain/wire/record.ts';
import { capsuleFacts, looksLikeCapsule } from '../../evidence/packet/packet-facts.ts';
import { MAX_PACKET_BYTES } from '../../evidence/packet/wire-form.ts';
import { buildEscalation } from './build-escalation.ts';
import { EVIDENCE_ABSENT, readExported, withExported } from './exported-escalation.ts';
import { type Piece, piecesOf, splitArray, splitLines } from './json-splitter.ts';
import { needsTenant } from './ledger-tenants.ts';
import type { Outbox, Place } from './outbox.ts';
import type { ReadContext } from './read-ledger.ts';

/**
 * An exported Escalation carries its evidence in base64: an audit row at its limit of 160 MiB and its packet must come
 * back. A bare record is never as large.
 */
const PIECE_BYTES = 384 * 1024 * 1024;
const MAX_TENANT = 512;

/** Reads an array of records, as a VEX server and this desk's own export give it. */
export async function readArrayFile(path: string, source: string, context: ReadContext): Promise<void> {
  await readPieces(path, splitArray(PIECE_BYTES), source, context);
}

/**
 * Reads a file that begins with an object: JSONL, or one single document. A capsule is not read here; it is given
 * back, to be placed once all records are in.
 */
export async function readObjectFile(
  path: string,
  source: string,
  context: ReadContext,
): Promise<'capsule' | 'records'> {
  const { size } = await stat(path);
  if (size <= MAX_PACKET_BYTES) {
    const bytes = await readFile(path);
    const json = readJson(bytes);
    if (json.ok && json.value instanceof JsonObject && looksLikeCapsule(json.value)) {
      if (capsuleFacts(json.value).kind === 'capsule') return 'capsule';
    }
    if (json.ok) {
      const items = new JsonItems(source, context);
      items.read({ at: 1, bytes });
      items.end();
      await context.outbox.flush();
      return 'records';
    }
  }
  await readPieces(path, splitLines(PIECE_BYTES), source, context);
  return 'records';
}

async function readPieces(
  path: string,
  splitter: ReturnType<typeof splitLines>,
  source: string,
  context: ReadContext,
): Promise<void> {
  const { outbox } = context;
  const items = new JsonItems(source, context);
  const { size } = await stat(path);
  let done = 0;
  for await (const { pieces, read } of piecesOf(path, splitter)) {
    for (const piece of pieces) {
      items.read(piece);
      await outbox.pace();
    }
    done += read;
    outbox.progress(Math.min(done, size), size, 'bytes');
  }
  items.end();
  await outbox.flush();
}

/** Why a piece is not taken over. */
interface Refusal {
  readonly code: ImportCode;
  readonly message?: string;
}

/** A record on its own, or in a wrapper that names its tenant. */
interface Item {
  readonly tenant: string | null;
  readonly id: string | null;
  readonly record: JsonValue;
  /** The record's own text. */
  readonly row: Uint8Array;
  readonly whole: JsonObject | null;
}

class JsonItems {
  private readonly source: string;
  private readonly context: ReadContext;
  private readonly outbox: Outbox;
  private named = false;

  constructor(source: string, context: ReadContext) {
    this.source = source;
    this.context = context;
    this.outbox = context.outbox;
  }

  read({ at, bytes }: Piece): void {
    const place: Place = { source: this.source, locator: String(at) };
    const refusal = bytes === null ? { code: 'TOO_LARGE' as const } : this.take(place, bytes);
    if (refusal === null) return;
    const { code, ...more } = refusal;
    this.outbox.refused += 1;
    this.outbox.addFinding(place, code, bytes === null || code === 'TOO_LARGE' ? more : { ...more, text: bytes });
  }

  /** Takes the piece over, or says why not. */
  private take(place: Place, bytes: Uint8Array): Refusal | null {
    const json = readJson(bytes, { bytes: PIECE_BYTES });
    if (!json.ok) return json;
    if (!(json.value instanceof JsonObject)) return { code: 'NOT_A_RECORD' };
    const item = itemOf(json.value, bytes);
    const tenant = this.tenantOf(item.tenant);
    this.outbox.count(tenant === 'other' ? 'OTHER_TENANT' : 'record');
    if (tenant === 'other') return null;
    if (tenant === 'none') return { code: 'EMPTY_TENANT' };
    if (tenant === 'unsaid') return this.ownerless(item);
    return item.row.length > RECORD_BYTES ? { code: 'TOO_LARGE' } : this.takeItem(place, tenant.name, item);
  }

  private takeItem(place: Place, tenant: string, item: Item): Refusal | null {
    const read = readRecord(item.record, this.context.now);
    if (!read.ok) return read;
    if (item.id !== null && item.id !== read.record.escalation_id) return { code: 'KEY_MISMATCH' };
    const built = buildEscalation({ read, row: item.row, ledger: null });
    if (item.whole === null) {
      this.outbox.addEscalation(tenant, place, built.row, built);
      return null;
    }
    const exported = readExported(item.whole);
    if (!exported.ok) return { code: 'NOT_A_RECORD', message: exported.message };
    const whole = withExported(built, exported.exported);
    if (whole === null) return { code: 'NOT_A_PACKET', message: EVIDENCE_DIFFERS };
    const { row, claim } = whole;
    const absent = row.evidence.length < exported.exported.evidence.length ? [EVIDENCE_ABSENT] : [];
    const textFindings = [...built.textFindings, ...absent];
    this.outbox.addEscalation(tenant, place, row, { ...built, textFindings }, claim);
    return null;
  }

  /** A source that says of no record whose it is, and was not said to be anyone's, cannot be taken. */
  end(): void {
    if (!this.named && this.context.asked.length === 0) throw needsTenant();
  }

  /** What is no record is refused as such; a record that is nobody's says that the call must be made otherwise. */
  private ownerless(item: Item): Refusal {
    const read = readRecord(item.record, this.context.now);
    if (read.ok) throw needsTenant();
    return read;
  }

  /** Whose record it is: its own word, else the one tenant that was asked for. */
  private tenantOf(said: string | null): 'other' | 'none' | 'unsaid' | { name: string } {
    const { asked } = this.context;
    if (said === null) {
      const [only] = asked;
      return only === undefined || asked.length > 1 ? 'unsaid' : { name: only };
    }
    this.named = true;
    if (said === '' || said.length > MAX_TENANT) return 'none';
    return asked.length > 0 && !asked.includes(said) ? 'other' : { name: said };
  }
}

const EVIDENCE_DIFFERS = 'The bytes of a piece of evidence do not have the SHA-256 that is written beside them.';

function itemOf(value: JsonObject, bytes: Uint8Array): Item {
  const record = value.get('record');
  const tenant = textOf(value.get('tenant'));
  if (record === undefined || tenant === undefined)
    return { tenant: null, id: null, record: value, row: bytes, whole: null };
  const row = memberBytes(bytes, 'record') ?? bytes;
  const whole = value.has('evidence') && value.has('request') ? value : null;
  return { tenant, id: textOf(value.get('id')) ?? null, record, row, whole };
}
