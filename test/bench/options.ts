import { parseArgs } from 'node:util';

/** What the bench measures, in the order in which it does. */
export const AREAS = [
  'import',
  'export',
  'first-page',
  'deep-page',
  'search',
  'counts',
  'open',
  'record',
  'resolve',
  'start',
  'evidence',
  'audit',
] as const;
export type AreaName = (typeof AREAS)[number];

/** Areas that measure more than one thing, and the names of these. */
export const PARTS = {
  evidence: [
    'evidence-2k',
    'evidence-1m-json',
    'evidence-1m-payload',
    'evidence-1m-magpie',
    'open-with-verdicts',
    'verify-job',
    'page-while-verifying',
  ],
  audit: [
    'audit-proof',
    'audit-verify',
    'audit-verify-leaves',
    'audit-bundle',
    'audit-bundle-stored',
    'audit-decision',
  ],
} as const satisfies Partial<Record<AreaName, readonly string[]>>;

/** What a line of the bench is of. */
export type MeasuredName = Exclude<AreaName, keyof typeof PARTS> | (typeof PARTS)[keyof typeof PARTS][number];

export interface BenchOptions {
  readonly areas: readonly AreaName[];
  /** Numbers of records, each a ledger of its own. */
  readonly sizes: readonly number[];
  readonly seed: number;
  readonly json: boolean;
}

export const USAGE = `npm run --silent bench -- [area...] [--sizes N,N...] [--seed S] [--json]

Measures the desk against a bare program that does the same work in the same run (docs/performance.md).
Areas: ${AREAS.join(', ')}; all of them when none is named. Sizes: numbers of records; 10000,100000,1000000 when left out.

Example: npm run --silent bench -- search first-page --sizes 10000,100000 --json
`;

const SIZES = '10000,100000,1000000';
const MOST_RECORDS = 10_000_000;

export class UsageError extends Error {}

/** Reads the command line; null when help is asked for. Throws UsageError, which says what is wrong. */
export function readOptions(args: readonly string[]): BenchOptions | null {
  const { values, positionals } = parsed(args);
  if (values.help === true) return null;
  const unknown = positionals.filter((name) => !isArea(name));
  if (unknown.length > 0) throw new UsageError(`No such area: ${unknown.join(', ')}. There are: ${AREAS.join(', ')}.`);
  const sizes = (values.sizes ?? SIZES).split(',').map((text) => wholeNumber('--sizes', text, 1, MOST_RECORDS));
  return {
    areas: AREAS.filter((name) => positionals.length === 0 || positionals.includes(name)),
    sizes: [...new Set(sizes)],
    seed: wholeNumber('--seed', values.seed ?? '1', 0, 0xffff_ffff),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sizes: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function isArea(name: string): name is AreaName {
  return (AREAS as readonly string[]).includes(name);
}

function wholeNumber(option: string, text: string, from: number, to: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new UsageError(`${option} takes whole numbers from ${from} to ${to}, not "${text}".`);
}
