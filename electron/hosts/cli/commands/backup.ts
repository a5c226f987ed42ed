import { resolve } from 'node:path';
import { backUpStore } from '../../../desk/maintenance.ts';
import type { Command } from '../command.ts';
import { oneFile } from '../one-file.ts';
import { checkStore, storePath } from '../store-address.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'copies the store to a file, while it may be in use, and checks the copy',
  help: `backup FILE

Example: backup desk-2026-11-15.backup --json`,
  options: {},
  store: 'none',
  async run(invocation) {
    const { terminal, values, home } = invocation;
    const file = oneFile(invocation);
    const path = storePath(values, home);
    checkStore(path);
    const { bytes, sha256 } = await backUpStore(path, resolve(file));
    if (terminal.json) terminal.document(JSON.stringify({ file, sha256, bytes }));
    else terminal.line(`${file}: ${bytes} bytes, checked, SHA-256 ${sha256}`);
    return 0;
  },
};
