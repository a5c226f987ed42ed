import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ReaderProcess } from '../features/context.ts';

/** Of the reader's own heap; what it holds resident is watched besides (S46). */
const HEAP_MEGABYTES = 1024;

/** Starts the reader with Node, for hosts that run in Node: `readerPath` is dist/reader.js, or its source in tests. */
export function spawnNodeReader(readerPath: string): ReaderProcess {
  const child = fork(readerPath, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Nothing of the desk's environment is the reader's business, but for what Windows itself cannot do without.
    env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
  });
  return {
    send(message) {
      // A reader that has ended is told nothing more; its end is reported by onExit.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    onExit(listener) {
      let told = false;
      const tell = (code: number | null) => {
        if (told) return;
        told = true;
        listener(code);
      };
      child.once('exit', (code) => tell(code));
      child.once('error', () => tell(null));
    },
    residentBytes: () => residentBytes(child.pid),
    kill() {
      child.kill('SIGKILL');
    },
  };
}

/** Linux says it in /proc/PID/status (proc(5)); elsewhere null. */
function residentBytes(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
