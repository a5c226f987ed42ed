import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The counts of one command, kept for `.ci/run` to add up: {passed, failed, skipped}. */
export function saveCounts(root, name, counts) {
  mkdirSync(folder(root), { recursive: true });
  writeFileSync(join(folder(root), `${name}.json`), JSON.stringify(counts));
}

/** Forgets an earlier run, so that its counts never stand in for a run that broke off. */
export function forgetCounts(root, name) {
  rmSync(join(folder(root), `${name}.json`), { force: true });
}

/** The counts that were saved, or undefined. */
export function savedCounts(root, name) {
  const file = join(folder(root), `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export function addCounts(all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

/** `N passed, N failed`, with `, N skipped` where there are any. */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function folder(root) {
  return join(root, '.cache', 'counts');
}
