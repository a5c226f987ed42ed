import { examine } from '../../../desk/maintenance.ts';
import { systemClock } from '../../../desk/system-clock.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { checkStore, storePath } from '../store-address.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'looks after the store: integrity, disk, clock, keys; never writes',
  help: `doctor

Example: doctor --store desk.db --json`,
  options: {},
  store: 'none',
  async run({ terminal, values, home }) {
    const path = storePath(values, home);
    checkStore(path);
    const checks = await examine(path, home, systemClock.now());
    if (terminal.json) terminal.document(JSON.stringify({ checks }));
    else
      for (const { name, ok, detail } of checks)
        terminal.line(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${detail}`);
    return checks.every(({ ok }) => ok) ? EXIT.done : EXIT.inPart;
  },
};
