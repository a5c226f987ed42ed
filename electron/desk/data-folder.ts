import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DeskError } from '../../shared/domain/errors.ts';

const NAME = 'vex-review-desk';

/** Where the desk's own data folder lies: `VEX_DESK_HOME`, else the platform's place for a user's data. */
export function dataFolderPath(env: NodeJS.ProcessEnv = process.env): string {
  return env.VEX_DESK_HOME || join(platformFolder(env), NAME);
}

/** The data folder, made for its user alone. INVALID_INPUT where it cannot be made. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = dataFolderPath(env);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const message = 'The desk’s data folder cannot be made. Nothing was done. Name another with VEX_DESK_HOME.';
    throw new DeskError('INVALID_INPUT', message, { folder }, { cause });
  }
  return folder;
}

/** The store in the data folder. */
export function defaultStore(folder: string): string {
  return join(folder, 'desk.db');
}

/**
 * The folder for what the desk remembers outside its store: the platform's place for a user's state. It does not follow
 * `VEX_DESK_HOME`, and lies in no folder that holds a store: whoever puts an old data folder back does not put this back.
 */
export function stateFolderPath(env: NodeJS.ProcessEnv = process.env): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', `${NAME}-state`);
  if (process.platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), NAME);
  return join(env.XDG_STATE_HOME || join(home, '.local', 'state'), NAME);
}

function platformFolder(env: NodeJS.ProcessEnv): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (process.platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
  return env.XDG_DATA_HOME || join(home, '.local', 'share');
}
