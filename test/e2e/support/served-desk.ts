import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../helpers/project-root.ts';

const CLI = join(projectRoot, 'dist', 'cli.js');
export const DEMO_LEDGER = join(projectRoot, 'test', 'fixtures', 'fixtures', 'ledgers', 'demo', 'vex.db');
export const ODD_LEDGER = join(projectRoot, 'test', 'fixtures', 'fixtures', 'ledgers', 'odd', 'vex.db');

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Host {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
}

/** The built desk on a data folder of its own: the browser host as a process, and the command line beside it. */
export class ServedDesk {
  readonly home = mkdtempSync(join(tmpdir(), 'vex-desk-e2e-'));
  #host: Host | null = null;

  /** Runs a command of the desk on the same store, as another process. */
  run(...args: readonly string[]): Promise<Answer> {
    return new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...args], { env: this.#environment(), maxBuffer: 64 << 20 }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });
  }

  /** The same, for a command that must succeed; answers its JSON. */
  async json<T>(...args: readonly string[]): Promise<T> {
    const { code, out, err } = await this.run(...args, '--json');
    if (code !== 0) throw new Error(`desk ${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as T;
  }

  /** Starts the browser host; answers its one-use address. */
  async serve(port = 0): Promise<string> {
    const args = [CLI, 'serve', '--no-open', '--json', '--port', String(port)];
    const child = spawn(process.execPath, args, { env: this.#environment(), stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`serve ended with ${code}`)));
    // Awaited only until the host listens; how it ends later is `end`'s and `kill`'s to see.
    ended.catch(() => {});
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    const said = JSON.parse(line) as { url: string; port: number };
    this.#host = { ...said, process: child };
    return said.url;
  }

  get port(): number {
    return this.#running().port;
  }

  /** Ends the host as Ctrl-C does; answers its exit code. */
  async end(): Promise<number | null> {
    return this.#stop('SIGINT');
  }

  /** Ends the host as a crash does. */
  async kill(): Promise<void> {
    await this.#stop('SIGKILL');
  }

  async remove(): Promise<void> {
    if (this.#host !== null) await this.kill();
    rmSync(this.home, { recursive: true, force: true });
  }

  async #stop(signal: NodeJS.Signals): Promise<number | null> {
    const { process: child } = this.#running();
    this.#host = null;
    if (child.exitCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  #running(): Host {
    if (this.#host === null) throw new Error('The browser host does not run.');
    return this.#host;
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, VEX_DESK_HOME: this.home, XDG_STATE_HOME: join(this.home, 'state'), NO_COLOR: '1' };
  }
}
