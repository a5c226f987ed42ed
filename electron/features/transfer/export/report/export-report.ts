import type { EscalationKey } from '../../../../../shared/domain/escalation.ts';
import { worstVerdict } from '../../../../../shared/domain/verdict.ts';
import type { ReportModel, SummaryRow } from '../../../../gateways/files/pdf/report-model.ts';
import { HashedFile } from '../../../../gateways/files/sealed-file.ts';
import type { ExportedEscalation } from '../../../../store/ledger-store.ts';
import type { ExportRun, Written } from '../export-run.ts';
import { type Redaction, redactionOf } from '../redaction.ts';
import { reportCover } from './report-cover.ts';
import { decisionPage } from './report-decision.ts';

/** Writes a report for people (docs/formats/pdf.md) of what was decided among the records of the query. */
export async function exportReport(run: ExportRun, path: string): Promise<Written> {
  // Its libraries take a while to load, which no other start should.
  const { writeReport } = await import('../../../../gateways/files/pdf/write-report.ts');
  const checkpoint = await run.signHead();
  const redaction = redactionOf(run.query);
  let [rows, records] = [0, 0];
  for await (const batch of run.batches()) {
    records += batch.length;
    rows += batch.filter(isDecided).length;
  }
  const model: ReportModel = {
    cover: await reportCover(run, checkpoint, { rows, records, redaction }),
    summary: numbered(run, ({ escalation }, number) => summaryRow(redaction.escalation(escalation), number)),
    decisions: numbered(run, (row, number) => decisionPage(run, keyOf(row), number, redaction)),
  };
  const file = await HashedFile.create(path);
  try {
    await writeReport({ write: (bytes) => file.write(bytes) }, model, run.context.fontFolder);
    return { ...(await file.end()), records: rows, checkpoint };
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

function isDecided({ escalation }: ExportedEscalation): boolean {
  return escalation.decision !== null;
}

/** Each decided record as what it is printed as, with its number from 1. */
async function* numbered<T>(
  run: ExportRun,
  print: (row: ExportedEscalation, number: number) => T | Promise<T>,
): AsyncGenerator<T> {
  let number = 0;
  for await (const batch of run.batches()) {
    for (const row of batch.filter(isDecided)) {
      number += 1;
      yield await print(row, number);
    }
  }
}

function keyOf({ escalation: { tenant, record } }: ExportedEscalation): EscalationKey {
  return { tenant, id: record.escalation_id, event: record.escalation_event_id };
}

function summaryRow({ record, decision, evidence }: ReturnType<Redaction['escalation']>, number: number): SummaryRow {
  const verdicts = evidence.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
  return {
    number,
    decided_at: decision?.decided_at ?? record.timestamp,
    escalation_id: record.escalation_id,
    outcome: decision?.outcome ?? 'unknown',
    reason_code: decision?.reason_code ?? null,
    reviewer: decision?.reviewer ?? null,
    evidence: worstVerdict(verdicts),
  };
}
