import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { escapeForTerminal } from '../../shared/domain/text/escape.ts';

const LARGEST_BYTES = 1024 * 1024;

/**
 * Writes the desk's log, `desk.log` in its data folder: one line each, nothing in it as a control character (S65). When
 * it is full it is moved to `desk.log.old`. A log that cannot be written stops nothing.
 */
export function logFile(home: string, now: () => number): (line: string) => void {
  const path = join(home, 'desk.log');
  return (line) => {
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES) renameSync(path, `${path}.old`);
      appendFileSync(path, `${new Date(now()).toISOString()} ${escapeForTerminal(line)}\n`, { mode: 0o600 });
    } catch {
      // The disk is full or the folder is gone: whoever calls is told so by what the desk answers.
    }
  };
}
