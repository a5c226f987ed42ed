import { NAMED_AT_MOST } from '../../../shared/contract/report.ts';

const LONGEST_NAME = 512;

/** Counters by a name that came from outside: so many at most, so that memory stays flat whatever comes. */
export class Names<C> {
  readonly #make: () => C;
  readonly #rest: C;
  readonly #byName = new Map<string | null, C>();

  constructor(make: () => C) {
    this.#make = make;
    this.#rest = make();
  }

  /** The name's own counter, or that of the rest. */
  of(name: string | null): C {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#byName.size >= NAMED_AT_MOST || (name?.length ?? 0) > LONGEST_NAME) return this.#rest;
    const made = this.#make();
    this.#byName.set(name, made);
    return made;
  }

  /** The largest first by `sizeOf`, those of one size by their names; no name comes last of them. */
  listed(sizeOf: (counter: C) => number): { rows: { name: string | null; n: C }[]; rest: C } {
    const rows = [...this.#byName].map(([name, n]) => ({ name, n }));
    rows.sort((a, b) => sizeOf(b.n) - sizeOf(a.n) || byName(a.name, b.name));
    return { rows, rest: this.#rest };
  }
}

function byName(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : Number(a > b);
}
