import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Desks of this very process: several may be open in one. */
const here = new Set<string>();

/** A name for this desk in holds, leases and jobs, by which any process on this machine can tell whether it lives. */
export function newOwner(): string {
  const owner = `${process.pid}:${startOf(process.pid) ?? ''}:${randomUUID()}`;
  here.add(owner);
  return owner;
}

/** The desk is closed: what it still owned is nobody's. */
export function dropOwner(owner: string): void {
  here.delete(owner);
}

/**
 * Whether the desk of that name still runs on this machine. Where the system tells when a process began (Linux), a
 * process that got the number of a dead one is not taken for it.
 */
export function isAlive(owner: string): boolean {
  const [pidText = '', start = ''] = owner.split(':');
  const pid = Number(pidText);
  if (pid === process.pid) return here.has(owner);
  if (!isRunning(pid)) return false;
  const startNow = startOf(pid);
  return start === '' || startNow === null || startNow === start;
}

/** Whether a process of that number runs on this machine now, whoever's it is. */
export function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, so it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat (proc(5)): clock ticks from boot to the process's start; null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 2 is the program's name in brackets and may hold anything; fields 3 on follow its last bracket.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
