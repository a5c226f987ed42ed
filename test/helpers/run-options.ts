import { parseArgs } from 'node:util';

/** What a long run is told: how many, from which seed on, and whether a program reads what it prints. */
export interface RunOptions {
  readonly count: number;
  readonly seed: number;
  readonly json: boolean;
  /** What stands by itself on the line, if anything. */
  readonly area: string | null;
}

export interface RunForm {
  /** The option that says how many, without its dashes. */
  readonly count: string;
  readonly many: number;
  /** What may stand by itself. */
  readonly areas?: readonly string[];
}

/** Reads the options of a long run; null where help was asked for, or something is wrong with them. */
export function readRunOptions(args: readonly string[], { count, many, areas = [] }: RunForm): RunOptions | null {
  const read = parsed(args, count, many);
  if (read === null || read.values.help === true) return null;
  const [counted, seed, area] = [Number(read.values[count]), Number(read.values.seed), read.positionals[0] ?? null];
  const sound = Number.isSafeInteger(counted) && counted >= 1 && Number.isSafeInteger(seed) && seed >= 0;
  const known = area === null || areas.includes(area);
  if (!sound || !known || read.positionals.length > 1) return null;
  return { count: counted, seed, json: read.values.json === true, area };
}

function parsed(args: readonly string[], count: string, many: number) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        [count]: { type: 'string', default: String(many) },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch {
    // An option that there is not, or one without its value.
    return null;
  }
}
