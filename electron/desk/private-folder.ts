import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './owner.ts';

/**
 * A new folder for this process alone under `home`, named `purpose-<process>-…`. Those that processes left behind when
 * they died are removed on the way: what was uploaded to them is nobody's any more.
 */
export function privateFolder(home: string, purpose: string): string {
  for (const name of readdirSync(home)) {
    const [kind, pid] = name.split('-');
    if (kind === purpose && pid !== undefined && /^\d+$/.test(pid) && !isRunning(Number(pid))) {
      rmSync(join(home, name), { recursive: true, force: true });
    }
  }
  return mkdtempSync(join(home, `${purpose}-${process.pid}-`));
}
