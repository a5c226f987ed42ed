import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createPrivateFile, type WrittenFile } from '../../../gateways/files/sealed-file.ts';
import { VexDatabase } from '../../../gateways/files/vex-database.ts';
import type { ExportRun, Written } from './export-run.ts';

/** Writes a database that VEX takes for its own. */
export async function exportDatabase(run: ExportRun, path: string): Promise<Written> {
  const { context, tenant } = run;
  const checkpoint = await run.signHeadIfPossible();
  await createPrivateFile(path);
  const database = new VexDatabase(path, tenant, context.clock.now());
  try {
    for await (const batch of run.batches()) {
      for (const { escalation } of batch) database.addRecord(escalation.record);
    }
    for await (const rows of context.store.sourceRows(tenant)) {
      run.stopIfCancelled();
      for (const row of rows) database.addSourceRow(row);
    }
    database.finish();
  } catch (error) {
    database.abandon();
    throw error;
  }
  return { ...(await digestOf(path)), records: database.records, checkpoint };
}

async function digestOf(path: string): Promise<WrittenFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { sha256: hash.digest('hex'), bytes: (await stat(path)).size };
}
