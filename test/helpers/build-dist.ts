import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isStale } from '../../scripts/lib/stale.mjs';
import { projectRoot } from './project-root.ts';

/** Global setup of all tests that start what was built: builds dist/ when the sources have moved on. */
export default function buildDist(): void {
  if (!isStale(projectRoot)) return;
  execFileSync(process.execPath, [join(projectRoot, 'scripts', 'build.mjs')], { stdio: ['ignore', 2, 2] });
}
