import { userInfo } from 'node:os';
import { stateFolderPath } from './data-folder.ts';
import type { HostServices } from './host-services.ts';
import { logFile } from './log-file.ts';
import { spawnNodeReader } from './node-reader.ts';
import type { ProgramFiles } from './program-files.ts';
import { systemClock, systemIds } from './system-clock.ts';

export interface NodeHost {
  readonly host: HostServices['host'];
  readonly home: string;
  readonly files: ProgramFiles;
}

/** What a host on plain Node can do; the desktop's differs in how it starts the reader, and may have a keyring. */
export function nodeServices({ host, home, files }: NodeHost): HostServices {
  return {
    host,
    home,
    stateFolder: stateFolderPath(),
    log: logFile(home, systemClock.now),
    clock: systemClock,
    ids: systemIds,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    accountName: accountName(),
    sampleLedger: files.sample,
    fontFolder: files.fonts,
    keyring: null,
    spawnReader: () => spawnNodeReader(files.reader),
  };
}

/** As a profile takes it: no spaces at its ends, 1 to 100 characters. */
function accountName(): string {
  try {
    return userInfo().username.trim().slice(0, 100) || 'Reviewer';
  } catch {
    return 'Reviewer';
  }
}
