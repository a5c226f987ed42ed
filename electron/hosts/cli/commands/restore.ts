import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { restoreStore } from '../../../desk/maintenance.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { oneFile } from '../one-file.ts';
import { storePath } from '../store-address.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'makes a store from a backup, where there is none yet',
  help: `restore FILE
  A store that is there already is never replaced: move it away first, or name another place with --store.

Example: restore desk-2026-11-15.backup --store restored.db`,
  options: {},
  store: 'none',
  run(invocation) {
    const { terminal, values, home } = invocation;
    const file = oneFile(invocation);
    if (!existsSync(file)) throw usageError('There is no such backup. Nothing was restored.', { file });
    const path = storePath(values, home);
    const { bytes, sha256 } = restoreStore(resolve(file), path);
    if (terminal.json) terminal.document(JSON.stringify({ store: path, sha256, bytes }));
    else terminal.line(`${path}: restored, ${bytes} bytes, checked`);
    return Promise.resolve(0);
  },
};
