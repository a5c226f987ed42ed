import { HashedFile } from '../../../gateways/files/sealed-file.ts';
import { cloudEventsFormat, TEXT_FORMATS, type TextFormat } from '../../../gateways/files/text-formats.ts';
import type { ExportRun, Written } from './export-run.ts';

type TextName = keyof typeof TEXT_FORMATS | 'cloudevents';

/** Writes records as text, one after another. */
export async function exportText(run: ExportRun, path: string, name: TextName): Promise<Written> {
  const checkpoint = await run.signHeadIfPossible();
  const format = name === 'cloudevents' ? cloudEventsFormat(await uidOf(run)) : TEXT_FORMATS[name];
  const file = await HashedFile.create(path);
  try {
    const records = await writeRecords(run, file, format);
    return { ...(await file.end()), records, checkpoint };
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

async function writeRecords(run: ExportRun, file: HashedFile, format: TextFormat): Promise<number> {
  const bytesOf = (sha256: string) => run.evidence(sha256);
  let records = 0;
  await file.write(format.head);
  for await (const batch of run.batches({ statements: format === TEXT_FORMATS.jsonl })) {
    for (const { escalation, statement } of batch) {
      if (records > 0 && format.between !== '') await file.write(format.between);
      await file.write(await format.record(escalation, bytesOf, statement));
      records += 1;
    }
  }
  await file.write(format.tail);
  return records;
}

async function uidOf({ context, tenant }: ExportRun): Promise<string> {
  return (await context.store.logHead(tenant)).uid;
}
