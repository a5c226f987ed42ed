import type { CarriedStatement } from '../../../shared/domain/carried-statement.ts';
import type { Escalation } from '../../../shared/domain/escalation.ts';
import { escalationJson } from '../../../shared/domain/escalation-json.ts';
import { writeRecord } from '../../../shared/domain/wire/write-record.ts';
import { escalationCloudEvent } from './cloudevents.ts';
import { csvHeader, csvRecord } from './csv.ts';

/** An export that is text, record by record. */
export interface TextFormat {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  record(escalation: Escalation, bytesOf: EvidenceBytes, statement?: CarriedStatement | null): Promise<string> | string;
}

/** The exact bytes of a piece of evidence. */
export type EvidenceBytes = (sha256: string) => Promise<Uint8Array>;

export const TEXT_FORMATS = {
  /** The array that VEX itself prints: records in its own order of members. */
  'vex-json': { head: '[', between: ',', tail: ']', record: ({ record }) => writeRecord(record, 'struct') },
  /** Lossless: whole Escalations, the evidence's bytes in base64 beside its SHA-256, a signed decision with its statement. */
  jsonl: { head: '', between: '', tail: '', record: jsonLine },
  csv: { head: csvHeader(), between: '', tail: '', record: csvRecord },
} as const satisfies Record<string, TextFormat>;

/** CloudEvents 1.0 as JSONL, for those who feed other systems: an event of the tenant with this uid for each record. */
export function cloudEventsFormat(tenantUid: string): TextFormat {
  return { head: '', between: '', tail: '', record: (escalation) => escalationCloudEvent(escalation, tenantUid) };
}

async function jsonLine(
  escalation: Escalation,
  bytesOf: EvidenceBytes,
  statement: CarriedStatement | null = null,
): Promise<string> {
  const evidence = [];
  for (const piece of escalation.evidence) {
    // What a rule removed stands by its hash alone.
    if (piece.removed_at !== undefined) evidence.push(piece);
    else evidence.push({ ...piece, base64: Buffer.from(await bytesOf(piece.sha256)).toString('base64') });
  }
  return `${escalationJson({ ...escalation, evidence, statement: statement ?? undefined })}\n`;
}
