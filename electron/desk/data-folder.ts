import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const NAME = 'vex-review-desk';

/** The desk's own data folder: `VEX_DESK_HOME`, else the platform's place for a user's data. It is made, for its user alone. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env.VEX_DESK_HOME || join(platformFolder(env), NAME);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The store in the data folder. */
export function defaultStore(folder: string): string {
  return join(folder, 'desk.db');
}

function platformFolder(env: NodeJS.ProcessEnv): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (process.platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
  return env.XDG_DATA_HOME || join(home, '.local', 'share');
}
