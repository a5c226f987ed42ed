/** An axis from zero: its highest value and the lines across, in whole numbers. */
export interface Axis {
  readonly top: number;
  readonly lines: readonly number[];
}

const LINES = 4;

/** The axis for values up to `max`: about four lines at steps of 1, 2 or 5 times a power of ten, the top not below `max`. */
export function axisFor(max: number): Axis {
  const rough = Math.max(max, 1) / LINES;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power);
  const count = Math.max(1, Math.ceil(max / step));
  return { top: count * step, lines: Array.from({ length: count + 1 }, (_, n) => n * step) };
}

/** Where the parts of a bar begin and end along it, one upon the other from zero, in the axis's pixels. */
export function stacked(values: readonly number[], top: number, pixels: number): { from: number; length: number }[] {
  let sum = 0;
  return values.map((value) => {
    const from = (sum / top) * pixels;
    sum += value;
    return { from, length: (sum / top) * pixels - from };
  });
}

/** Which of `count` places get a label, so that no more than `most` do: every n-th, from the first. */
export function labelled(count: number, most: number): (at: number) => boolean {
  const every = Math.max(1, Math.ceil(count / most));
  return (at) => at % every === 0;
}

/** The sum of a bar's parts. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
