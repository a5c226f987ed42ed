import type { Desk } from '../../desk/desk.ts';
import type { HostServices } from '../../desk/host-services.ts';
import type { Command } from './command.ts';
import type { Invocation } from './invocation.ts';
import { Session } from './session.ts';
import { checkStore, storePath } from './store-address.ts';

/** Opens the desk for the command line. */
export interface OpenSession {
  /** The desk's data folder. */
  readonly home: string;
  desk(storePath: string, host: 'cli' | 'browser'): Promise<Desk>;
  /** What a desk is given here, for what is done while none has the store open. */
  services(): HostServices;
}

/** Opens at most one session for a command and closes it at the end, however the command ended. */
export function sessionOpener(around: OpenSession, invocation: Invocation, command: Command) {
  const { values } = invocation;
  let session: Promise<Session> | null = null;

  async function begin(): Promise<Session> {
    const path = storePath(values, around.home);
    const need = typeof command.store === 'function' ? command.store(invocation) : command.store;
    if (need === 'existing') checkStore(path);
    return new Session(await around.desk(path, command.host ?? 'cli'), values);
  }
  return {
    open: () => {
      session ??= begin();
      return session;
    },
    async close() {
      // A session that could not be opened has been reported already and left nothing behind.
      const opened = await session?.catch(() => null);
      await opened?.desk.close();
    },
  };
}
