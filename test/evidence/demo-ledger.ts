import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EscalationEvidence } from '../../electron/evidence/request/verify-escalation.ts';
import { buildEscalation } from '../../electron/gateways/files/build-escalation.ts';
import { type EventRow, readEventRow } from '../../electron/gateways/files/event-row.ts';
import { readRecord } from '../../shared/domain/wire/record.ts';
import { vexRows } from '../helpers/vex-rows.ts';

/** What the fixtures say of one escalation of the demo ledger. */
export interface DemoExpectation {
  tenant: string;
  escalation_id: string;
  audit_event: string;
  now: string;
  packet_sha256: string | null;
  packet_checks: Record<string, string> | null;
  token: { signature: string; lifecycle: string; profile: string | null } | null;
}

export interface DemoEscalation {
  readonly expected: DemoExpectation;
  readonly evidence: EscalationEvidence;
}

const index = new URL('../fixtures/fixtures/ledgers/demo/index.json', import.meta.url);

/** Every escalation of the demo ledger with its evidence, as the import builds it. */
export function demoEscalations(): DemoEscalation[] {
  const rows = new Map(vexRows('demo').map(({ key, value }) => [key, value]));
  const resolutions = resolutionEvents(rows);
  const expected = JSON.parse(readFileSync(index, 'utf8')) as DemoExpectation[];
  return expected.map((entry) => ({ expected: entry, evidence: evidenceOf(entry, rows, resolutions) }));
}

type Rows = ReadonlyMap<string, Uint8Array>;

function evidenceOf(
  entry: DemoExpectation,
  rows: Rows,
  resolutions: ReadonlyMap<string, EventRow>,
): EscalationEvidence {
  const { tenant, escalation_id: id } = entry;
  const row = rows.get(`coordination:tenant:${tenant}:record:${id}`) ?? new Uint8Array(0);
  const read = readRecord(row);
  if (!read.ok) throw new Error(`${id}: ${read.message}`);
  const event = rows.get(`audit:tenant:${tenant}:event:${read.record.escalation_event_id}`);
  const request = event === undefined ? null : readEventRow(event);
  const resolution = resolutions.get(`${tenant} ${id}`) ?? null;
  const built = buildEscalation({ read, row, ledger: { request, resolution, listPosition: null } }).row;
  const pieces = built.evidence.map((piece) => ({
    ...piece,
    sha256: createHash('sha256').update(piece.bytes).digest('hex'),
  }));
  return { id, event: read.record.escalation_event_id, request: built.request, pieces };
}

function resolutionEvents(rows: Rows): Map<string, EventRow> {
  const found = new Map<string, EventRow>();
  for (const [key, value] of rows) {
    const tenant = /^audit:tenant:(.*):event:/.exec(key)?.[1];
    const row = tenant === undefined ? null : readEventRow(value);
    if (row?.event.outcome != null) found.set(`${tenant} ${row.event.outcome.resolves}`, row);
  }
  return found;
}
