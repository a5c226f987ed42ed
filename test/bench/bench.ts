import { measureExport } from './areas/export.ts';
import { fillStore, measureImport } from './areas/import.ts';
import { measureCounts, measureDeepPage, measureFirstPage, measureOpen, measureSearch } from './areas/pages.ts';
import { measureStart } from './areas/start.ts';
import { measureRecord, measureResolve } from './areas/writes.ts';
import { describeMachine } from './machine.ts';
import { durations, type Measurement, type Rounds, rates } from './measure.ts';
import type { AreaName, BenchOptions } from './options.ts';
import { jsonReport, tableReport } from './report.ts';
import { type Around, Testbed } from './testbed.ts';

interface Area {
  readonly of: (name: AreaName, n: number, rounds: Rounds) => Measurement;
  readonly run: (bed: Testbed) => Promise<Rounds>;
}

const AREAS: Readonly<Record<AreaName, Area>> = {
  import: { of: rates, run: measureImport },
  export: { of: rates, run: measureExport },
  'first-page': { of: durations, run: measureFirstPage },
  'deep-page': { of: durations, run: measureDeepPage },
  search: { of: durations, run: measureSearch },
  counts: { of: durations, run: measureCounts },
  open: { of: durations, run: measureOpen },
  record: { of: durations, run: measureRecord },
  resolve: { of: durations, run: measureResolve },
  start: { of: durations, run: measureStart },
};

/** Measures the areas at each size, one after the other, and prints each as soon as it is measured; then the machine. */
export async function runBench(
  options: BenchOptions,
  out: Around & { readonly print: (text: string) => void },
): Promise<void> {
  const report = options.json ? jsonReport(out.print) : tableReport(out.print);
  for (const size of options.sizes) {
    const bed = new Testbed(size, options.seed, out);
    try {
      if (!options.areas.includes('import')) await fillStore(bed);
      for (const name of options.areas) {
        out.say(`${name}, ${size} records`);
        report.measured(AREAS[name].of(name, size, await AREAS[name].run(bed)));
      }
    } finally {
      bed.remove();
    }
  }
  report.ended(describeMachine());
}
