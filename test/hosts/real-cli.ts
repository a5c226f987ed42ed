import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.ts';

export interface CliEnd {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the built program in a process of its own. */
export function startCli(home: string, argv: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'cli.js'), ...argv], {
    env: { ...process.env, VEX_DESK_HOME: home, XDG_STATE_HOME: join(home, 'state'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8');
  const ended = new Promise<CliEnd>((resolve) => {
    child.on('close', (exit) => resolve({ exit, out: text(out), err: text(err) }));
  });
  return { child, ended, out: () => text(out) };
}

/** Runs it to its end. */
export function realCli(home: string, ...argv: string[]): Promise<CliEnd> {
  return startCli(home, argv).ended;
}
