import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, makeOverlay, type Overlay } from './overlay.ts';

/** A violation for each step of `npm run check`, and the name that the step fails under. */
const PLANTED = [
  { step: 'format', file: 'shared/p1.ts', text: 'export const  x = "badly formatted"\n' },
  { step: 'lint and import rules', file: 'shared/p2.ts', text: 'export const x = (value: any) => value;\n' },
  { step: 'types and rooms', file: 'shared/p3.ts', text: "export const x: number = 'text';\n" },
  { step: 'unused code', file: 'shared/p4.ts', text: "export const x = 'nobody uses this';\n" },
  {
    step: 'lockfile and versions',
    file: 'package-lock.json',
    text: '{"packages":{"node_modules/p5":{"resolved":"x"}}}\n',
  },
];

let overlay: Overlay;
let answer: Answer;

beforeAll(() => {
  overlay = makeOverlay();
  for (const { file, text } of PLANTED) overlay.write(file, text);
  answer = overlay.run('scripts/check.mjs');
});
afterAll(() => overlay.close());

test.each(PLANTED)('check fails at $step and names $file', ({ step, file }) => {
  expect(answer.code).toBe(1);
  expect(answer.output).toMatch(new RegExp(`^FAILED ${step} `, 'm'));
  expect(answer.output).toContain(file);
});

test('check goes on after a step that failed and counts them all', () => {
  expect(answer.output).toContain('\nChecks: 0 passed, 5 failed\n');
});

test('check passes a step alone when there is nothing to mend in it', () => {
  const clean = makeOverlay();
  const { code, output } = clean.run('scripts/check.mjs', 'types and rooms');
  clean.close();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('\nChecks: 1 passed, 0 failed\n') });
});
