import { BUDGETS } from './budgets.ts';
import type { Machine } from './machine.ts';
import type { Measurement } from './measure.ts';

/** Tells what was measured, as soon as it was. */
export interface Report {
  measured(measurement: Measurement): void;
  ended(machine: Machine): void;
}

/** JSONL: a measurement a line, then the machine. */
export function jsonReport(write: (text: string) => void): Report {
  return {
    measured: (measurement) => write(`${JSON.stringify(measurement)}\n`),
    ended: (machine) => write(`${JSON.stringify(machine)}\n`),
  };
}

const COLUMNS = [
  ['area', 20],
  ['records', 10],
  ['ours p50', 11],
  ['ours p95', 11],
  ['bare p50', 11],
  ['bare p95', 11],
  ['ratio', 7],
  ['', 11],
] as const;

/** A table for people; beside each line its budget and whether it is kept. */
export function tableReport(write: (text: string) => void): Report {
  write(`${line([...COLUMNS.map(([title]) => title), 'budget'])}\n`);
  return {
    measured: (measurement) => write(`${line(cells(measurement))}\n`),
    ended: ({ machine, node, sqlite, date }) => write(`\n${machine}; Node ${node}, SQLite ${sqlite}; ${date}\n`),
  };
}

function cells({ name, n, unit, ours, bare, ratio }: Measurement): string[] {
  const budget = BUDGETS[name];
  const verdict = budget.kept({ ours, ratio }) ? 'pass' : 'over';
  const numbers = [n, ours.p50, ours.p95, bare.p50, bare.p95, ratio].map(text);
  return [name, ...numbers, unit, `${verdict} (${budget.says})`];
}

function line(texts: readonly string[]): string {
  return texts
    .map((one, at) =>
      at === 0 ? one.padEnd(COLUMNS[0][1]) : at < COLUMNS.length - 1 ? one.padStart(COLUMNS[at]?.[1] ?? 0) : one,
    )
    .join(' ');
}

function text(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 3 : value < 100 ? 2 : 1 });
}
