import { measureAudit } from './areas/audit.ts';
import { measurePackets } from './areas/evidence.ts';
import { measureDesk } from './areas/evidence-desk.ts';
import { measureExport } from './areas/export.ts';
import { fillStore, measureImport } from './areas/import.ts';
import { measureCounts, measureDeepPage, measureFirstPage, measureOpen, measureSearch } from './areas/pages.ts';
import { measureStart } from './areas/start.ts';
import { measureRecord, measureResolve } from './areas/writes.ts';
import { describeMachine } from './machine.ts';
import { durations, type Measurement, type Rounds, rates } from './measure.ts';
import { type AreaName, type BenchOptions, type MeasuredName, PARTS } from './options.ts';
import { jsonReport, tableReport } from './report.ts';
import { type Around, Testbed } from './testbed.ts';

/** Measures an area at a size, on its bed: each thing as soon as it is measured. */
type Area = (bed: Testbed, size: number) => AsyncIterable<Measurement>;

const AREAS: Readonly<Record<AreaName, Area>> = {
  import: one('import', rates, measureImport),
  export: one('export', rates, measureExport),
  'first-page': one('first-page', durations, measureFirstPage),
  'deep-page': one('deep-page', durations, measureDeepPage),
  search: one('search', durations, measureSearch),
  counts: one('counts', durations, measureCounts),
  open: one('open', durations, measureOpen),
  record: one('record', durations, measureRecord),
  resolve: one('resolve', durations, measureResolve),
  start: one('start', durations, measureStart),
  async *evidence(bed, size) {
    yield* measurePackets(bed);
    yield* measureDesk(bed, size);
  },
  audit: measureAudit,
};

function one(
  name: MeasuredName,
  of: (name: MeasuredName, n: number, rounds: Rounds) => Measurement,
  run: (bed: Testbed) => Promise<Rounds>,
): Area {
  return async function* (bed, size) {
    yield of(name, size, await run(bed));
  };
}

/** Evidence and audit log are measured on stores of their own; the others on that of the made ledger. */
function needLedger(areas: BenchOptions['areas']): boolean {
  return areas.some((name) => !(name in PARTS)) && !areas.includes('import');
}

/** Measures the areas at each size, one after the other, and prints each as soon as it is measured; then the machine. */
export async function runBench(
  options: BenchOptions,
  out: Around & { readonly print: (text: string) => void },
): Promise<void> {
  const report = options.json ? jsonReport(out.print) : tableReport(out.print);
  for (const size of options.sizes) {
    const bed = new Testbed(size, options.seed, out);
    try {
      if (needLedger(options.areas)) await fillStore(bed);
      for (const name of options.areas) {
        out.say(`${name}, ${size} records`);
        for await (const measured of AREAS[name](bed, size)) report.measured(measured);
      }
    } finally {
      bed.remove();
    }
  }
  report.ended(describeMachine());
}
