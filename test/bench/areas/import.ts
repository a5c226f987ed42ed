import { bareImport } from '../bare/import.ts';
import { BenchDesk } from '../bench-desk.ts';
import { alternate, type Rounds } from '../measure.ts';
import type { Testbed } from '../testbed.ts';

/** Imports the bed's vex.db through the desk and through the bare program, in turns; the desk's last store stays as the bed's. */
export async function measureImport(bed: Testbed): Promise<Rounds> {
  const taken = await alternate(
    bed.roundsOfWhole(),
    () => fillStore(bed),
    () => importBare(bed),
  );
  bed.removeStore(bed.file('bare.db'));
  return taken;
}

/** Brings the bed's ledger into its store, which is made anew. */
export async function fillStore(bed: Testbed): Promise<void> {
  bed.removeStore(bed.store);
  bed.say(`importing ${bed.ledger.records} records`);
  const desk = await BenchDesk.open(bed, bed.store);
  const job = await desk.import(bed.ledger.path);
  await desk.close();
  expectAll(bed, job.import_result?.imported ?? 0);
}

async function importBare(bed: Testbed): Promise<void> {
  const store = bed.file('bare.db');
  bed.removeStore(store);
  await bed.withStore(async () => undefined, store);
  bed.say(`importing ${bed.ledger.records} records, bare`);
  expectAll(bed, bareImport(bed.ledger.path, store, bed.ledger.tenant));
}

/** A number that was got without doing the work is none. */
function expectAll({ ledger }: Testbed, done: number): void {
  if (done !== ledger.records) throw new Error(`${done} of ${ledger.records} records were imported.`);
}
