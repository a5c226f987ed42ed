import { rmSync } from 'node:fs';
import { bareExport } from '../bare/export.ts';
import { BenchDesk } from '../bench-desk.ts';
import { alternate, type Rounds } from '../measure.ts';
import type { Testbed } from '../testbed.ts';

/** Exports the whole ledger as JSONL, which keeps everything, evidence and decisions too. */
export async function measureExport(bed: Testbed): Promise<Rounds> {
  const { tenant, records } = bed.ledger;
  const [path, barePath] = [bed.file('desk.jsonl'), bed.file('bare.jsonl')];
  const desk = await BenchDesk.open(bed, bed.store);
  const ours = async () => {
    bed.say(`exporting ${records} records`);
    const job = await desk.export(tenant, 'jsonl', path);
    if (job.manifest?.records !== records)
      throw new Error(`${job.manifest?.records} of ${records} records were exported.`);
  };
  const bare = () => {
    bed.say(`exporting ${records} records, bare`);
    const lines = bareExport(bed.store, tenant, barePath);
    if (lines !== records) throw new Error(`${lines} of ${records} records were exported.`);
  };
  const taken = await alternate(bed.roundsOfWhole(), ours, bare);
  await desk.close();
  for (const file of [path, barePath])
    for (const side of ['', '.manifest.json']) rmSync(`${file}${side}`, { force: true });
  return taken;
}
