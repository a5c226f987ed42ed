import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Desktop {
  ask<T = unknown>(name: string, ...given: unknown[]): Promise<T>;
  stop(): Promise<void>;
}

/** Starts the compiled desktop host on the double of Electron, with a data folder of the test's own. */
export async function startDesktop(home: string, env: Record<string, string> = {}): Promise<Desktop> {
  const child = fork(join(import.meta.dirname, 'drive.ts'), [], {
    execArgv: ['--import', join(import.meta.dirname, 'register.mjs')],
    env: { ...process.env, VEX_DESK_HOME: home, XDG_STATE_HOME: join(home, 'state'), ...env },
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let count = 0;
  await once(child, 'message');
  return {
    ask<T>(name: string, ...given: unknown[]): Promise<T> {
      count += 1;
      const n = count;
      return new Promise((resolve, reject) => {
        const hear = (message: { n?: number; answer?: T; failed?: { message: string; code?: string } }) => {
          if (message.n !== n) return;
          child.off('message', hear);
          if (message.failed === undefined) resolve(message.answer as T);
          else reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }));
        };
        child.on('message', hear);
        child.send({ n, do: name, with: given });
      });
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
